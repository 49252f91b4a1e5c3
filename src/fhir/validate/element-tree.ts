import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';

/**
 * One element of a snapshot with what lies below it; never changed after it was built. `max` is
 * `Infinity` for `*`. A slice hangs below the element it slices, not beside it.
 *
 * @see https://hl7.org/fhir/R4/elementdefinition.html
 */
export interface ElementNode {
  readonly path: string;
  /** The last segment of the path, `value[x]` for a choice. */
  readonly name: string;
  readonly sliceName: string | undefined;
  readonly min: number;
  readonly max: number;
  /** Whether JSON has it as an array: whether the base definition lets it repeat. */
  readonly isList: boolean;
  readonly types: readonly ElementType[];
  /** The id of the element whose content this one repeats (`Questionnaire.item`). */
  readonly contentReference: string | undefined;
  readonly definition: ElementDefinition;
  readonly children: readonly ElementNode[];
  readonly slices: readonly ElementNode[];
}

/** A type an element may have, with the profiles its value or its target must satisfy. */
export interface ElementType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targetProfiles: readonly string[];
}

/**
 * Returns the tree of a snapshot; undefined when there is none or an element has no parent in it.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#snapshot
 */
export function elementTree(structure: StructureDefinition): ElementNode | undefined {
  const elements = structure.snapshot?.element ?? [];
  const stack: Draft[] = [];
  for (const element of elements) {
    const draft = draftOf(element);
    while (stack.length > 0 && !isBelow(draft, stack.at(-1))) {
      stack.pop();
    }
    const parent = stack.at(-1);
    if (parent !== undefined) {
      (parent.path === draft.path ? parent.slices : parent.children).push(draft);
    } else if (element !== elements[0]) {
      return undefined;
    }
    stack.push(draft);
  }
  return stack[0];
}

/** Returns the JSON names of an element with the type that each means; a choice has one a type. */
export function jsonNames(node: ElementNode): readonly (readonly [name: string, type: string])[] {
  if (!node.name.endsWith('[x]')) {
    return [[node.name, node.types[0]?.code ?? '']];
  }
  const stem = node.name.slice(0, -3);
  return node.types.map(({ code }) => [stem + code.charAt(0).toUpperCase() + code.slice(1), code]);
}

/** Returns the child with that name; `value` finds `value[x]`, `valueQuantity` too. */
export function childNamed(node: ElementNode, name: string): ElementNode | undefined {
  return (
    node.children.find((child) => child.name === name || child.name === `${name}[x]`) ??
    node.children.find(
      (child) => child.name.endsWith('[x]') && jsonNames(child).some(([json]) => json === name),
    )
  );
}

/** Returns the element that a path names, from the root of its definition. */
export function elementAt(root: ElementNode, path: string): ElementNode | undefined {
  return path
    .split('.')
    .slice(1)
    .reduce<ElementNode | undefined>((node, name) => node && childNamed(node, name), root);
}

/** Returns the value of a choice element of a definition (`fixed`, `pattern`) with its JSON name. */
export function choiceValue(
  definition: ElementDefinition,
  stem: 'fixed' | 'pattern' | 'minValue' | 'maxValue',
): { readonly name: string; readonly type: string; readonly value: unknown } | undefined {
  for (const name in definition) {
    if (name.startsWith(stem) && name.length > stem.length) {
      const value = (definition as unknown as Record<string, unknown>)[name];
      return { name, type: name.slice(stem.length), value };
    }
  }
  return undefined;
}

interface Draft extends ElementNode {
  readonly children: Draft[];
  readonly slices: Draft[];
}

function draftOf(element: ElementDefinition): Draft {
  const path = element.path;
  return {
    path,
    name: path.slice(path.lastIndexOf('.') + 1),
    sliceName: element.sliceName,
    min: element.min ?? 0,
    max: limitOf(element.max),
    isList: (element.base?.max ?? element.max) !== '1' && (element.base?.max ?? '1') !== '0',
    types: (element.type ?? []).map(typeOf(element.base?.path ?? path)),
    contentReference: element.contentReference?.slice(element.contentReference.indexOf('#') + 1),
    definition: element,
    children: [],
    slices: [],
  };
}

function limitOf(max: string | undefined): number {
  return max === undefined || max === '*' ? Infinity : Number(max);
}

const systemType = 'http://hl7.org/fhirpath/System.';

/** The snapshot says `System.String` of ids and urls, and what FHIR calls it in an extension. */
const systemTypesAt: ReadonlyMap<string | undefined, string> = new Map([
  ['Element.id', 'string'],
  ['Resource.id', 'id'],
  ['Extension.url', 'uri'],
]);

function typeOf(path: string) {
  return (type: NonNullable<ElementDefinition['type']>[number]): ElementType => {
    const fhirType = type.extension?.find((extension) =>
      extension.url.endsWith('structuredefinition-fhir-type'),
    );
    const declared = type.code;
    const code = declared.startsWith(systemType)
      ? (systemTypesAt.get(path) ?? fhirType?.valueUrl ?? systemName(declared))
      : declared;
    return { code, profiles: type.profile ?? [], targetProfiles: type.targetProfile ?? [] };
  };
}

function systemName(code: string): string {
  const name = code.slice(systemType.length);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A slice is below the element of the same path that it slices, a reslice below its slice. */
function isBelow(draft: Draft, above: Draft | undefined): boolean {
  if (above === undefined || draft.path.startsWith(`${above.path}.`)) {
    return true;
  }
  if (draft.path !== above.path || draft.sliceName === undefined) {
    return false;
  }
  return above.sliceName === undefined || draft.sliceName.startsWith(`${above.sliceName}/`);
}

import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../fhir/definitions/definitions.ts';

/** Members that are kept by name: whole, or with a part of their own. */
export type Kept = ReadonlyMap<string, 'whole' | (() => Kept)>;

/**
 * Returns what `_elements` keeps of a type: the elements that it names, and those that a resource
 * cannot be read without: mandatory ones, modifiers, id and meta.
 *
 * @see https://hl7.org/fhir/R4/search.html#elements
 */
export function elementsKept(
  definitions: Definitions,
  type: string,
  elements: readonly string[],
): Kept {
  const names = new Set(
    elements.map((element) => {
      const [first = '', second] = element.split('.');
      return first === type && second !== undefined ? second : first;
    }),
  );
  return keptOf(childrenOf(definitions, type, type), (element) => {
    const name = nameOf(element);
    return (
      names.has(name) ||
      names.has(name.replace('[x]', '')) ||
      memberNames(element).some((member) => names.has(member)) ||
      isIndispensable(element) ||
      element.isModifier === true
    );
  });
}

/**
 * Returns what `_summary` keeps of a type: `true` the elements that its definition marks, `text` the
 * narrative and what is mandatory, `data` all but the narrative.
 *
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
export function summaryKept(
  definitions: Definitions,
  type: string,
  summary: 'true' | 'text' | 'data',
): Kept {
  const children = childrenOf(definitions, type, type);
  switch (summary) {
    case 'true':
      return summaryOf(definitions, type, children);
    case 'text':
      return keptOf(children, (element) => nameOf(element) === 'text' || isIndispensable(element));
    case 'data':
      return keptOf(children, (element) => nameOf(element) !== 'text');
  }
}

/** Elements that are summary are kept; of those with children in the same definition only these. */
function summaryOf(
  definitions: Definitions,
  type: string,
  children: readonly ElementDefinition[],
): Kept {
  const kept = children.filter((element) => element.isSummary === true || isIndispensable(element));
  return new Map<string, 'whole' | (() => Kept)>([
    ['resourceType', 'whole'],
    ...kept.flatMap((element) => {
      const path = element.contentReference?.slice(1) ?? element.path;
      const within = childrenOf(definitions, type, path);
      const part =
        within.length === 0 ? ('whole' as const) : () => summaryOf(definitions, type, within);
      return memberNames(element).map((name) => [name, part] as const);
    }),
  ]);
}

function keptOf(
  children: readonly ElementDefinition[],
  isKept: (element: ElementDefinition) => boolean,
): Kept {
  return new Map([
    ['resourceType', 'whole'],
    ...children
      .filter(isKept)
      .flatMap((element) => memberNames(element).map((name) => [name, 'whole'] as const)),
  ]);
}

function childrenOf(
  definitions: Definitions,
  type: string,
  path: string,
): readonly ElementDefinition[] {
  const elements = definitions.structureDefinition(type)?.snapshot?.element ?? [];
  const prefix = `${path}.`;
  return elements.filter(
    (element) =>
      element.path.startsWith(prefix) && !element.path.slice(prefix.length).includes('.'),
  );
}

function isIndispensable(element: ElementDefinition): boolean {
  const name = nameOf(element);
  return name === 'id' || name === 'meta' || (element.min ?? 0) > 0;
}

function nameOf(element: ElementDefinition): string {
  return element.path.split('.').at(-1) ?? '';
}

/** The names that an element has in JSON: a choice has one for each type. */
function memberNames(element: ElementDefinition): readonly string[] {
  const name = nameOf(element);
  if (!name.endsWith('[x]')) return [name];
  const stem = name.slice(0, -3);
  return (element.type ?? []).map(({ code }) => {
    return `${stem}${code.charAt(0).toUpperCase()}${code.slice(1)}`;
  });
}

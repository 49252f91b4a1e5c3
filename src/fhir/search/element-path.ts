import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';

/**
 * A simple path of a search parameter: steps from the resource to an element and the type of that
 * element. `valueSet` is the required value set of a code.
 */
export interface ElementPath {
  readonly steps: readonly PathStep[];
  /** Undefined: told by the name of the member (the value of an extension). */
  readonly type?: string;
  readonly valueSet?: string;
}

/** One step of a path; arrays are entered by themselves. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  /** The one value[x] that is there. */
  | { readonly kind: 'value' }
  | { readonly kind: 'extension'; readonly member: string; readonly url: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'where'; readonly name: string; readonly equals: string }
  | { readonly kind: 'resolves'; readonly type: string }
  | { readonly kind: 'has-extension'; readonly url: string };

/**
 * Returns the paths of one alternative of a search parameter's expression (`Observation.value as
 * Quantity`); a choice without a type has one path for each. Undefined when the alternative is more
 * than a path, and then it is evaluated as FHIRPath.
 */
export function elementPaths(
  definitions: Definitions,
  contextType: string,
  alternative: string,
): readonly ElementPath[] | undefined {
  const tokens = tokensOf(alternative);
  if (tokens === undefined) return undefined;
  const [first, ...rest] = tokens;
  const isRooted =
    first?.kind === 'name' && (first.name === contextType || abstractTypes.has(first.name));
  let found: readonly Found[] | undefined = [{ steps: [], type: contextType, path: contextType }];
  for (const token of isRooted ? rest : tokens) {
    found = found && followAll(definitions, found, token);
  }
  return found?.flatMap(pathsOf);
}

function pathsOf({ steps, type, valueSet, choice }: Found): readonly ElementPath[] {
  if (choice !== undefined) {
    return choice.map((one) => ({ steps: [...steps, memberOf(one.name)], type: one.type }));
  }
  return [
    {
      steps,
      ...(type === anyType ? {} : { type }),
      ...(valueSet === undefined ? {} : { valueSet }),
    },
  ];
}

/** The type names that begin the expressions of parameters of all resources. */
const abstractTypes: ReadonlySet<string> = new Set(['Resource', 'DomainResource']);
const anyType = '*';

type Token =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'as'; readonly type: string }
  | Exclude<PathStep, { readonly kind: 'member' | 'value' }>;

/** Where a path has come: `path` in the snapshot of `owner`; `choice` when the last step is a choice. */
interface Found {
  readonly steps: readonly PathStep[];
  readonly type: string;
  readonly owner?: string;
  readonly path: string;
  readonly valueSet?: string;
  readonly choice?: readonly { readonly name: string; readonly type: string }[];
}

function tokensOf(alternative: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = withoutParentheses(alternative.trim());
  const cast = / as ([A-Za-z]+)$/u.exec(rest);
  if (cast !== null) rest = rest.slice(0, cast.index);
  while (rest !== '') {
    const match = tokenForms.exec(rest);
    if (match === null) return undefined;
    tokens.push(tokenOf(match.groups ?? {}));
    rest = rest.slice(match[0].length);
  }
  return cast === null ? tokens : [...tokens, { kind: 'as', type: cast[1] ?? '' }];
}

/** Returns `(a as T).b` as `a.as(T).b` and `(a)` as `a`. */
function withoutParentheses(text: string): string {
  const match = /^\(([^()]*?)(?: as ([A-Za-z]+))?\)(.*)$/u.exec(text);
  if (match === null) return text;
  const [, inner = '', type, rest = ''] = match;
  return `${inner.trim()}${type === undefined ? '' : `.as(${type})`}${rest}`;
}

const tokenForms =
  /^\.?(?:extension\('(?<extension>[^']+)'\)|modifierExtension\.where\(url ?= ?'(?<modifier>[^']+)'\)|(?:as|ofType)\((?<cast>[A-Za-z]+)\)|where\(hasExtension\('(?<marked>[^']+)'\)\)|where\(resolve\(\) is (?<resolves>[A-Za-z]+)\)|where\((?<name>[a-z]\w*) ?= ?'(?<equals>[^']*)'\)|\[(?<index>\d+)\]|(?<member>[A-Za-z]\w*)(?![\w(]))/u;

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { extension, modifier, cast, resolves, marked, name, equals, index, member = '' } = groups;
  if (marked !== undefined) return { kind: 'has-extension', url: marked };
  if (extension !== undefined) return { kind: 'extension', member: 'extension', url: extension };
  if (modifier !== undefined) {
    return { kind: 'extension', member: 'modifierExtension', url: modifier };
  }
  if (cast !== undefined) return { kind: 'as', type: cast };
  if (resolves !== undefined) return { kind: 'resolves', type: resolves };
  if (name !== undefined) return { kind: 'where', name, equals: equals ?? '' };
  if (index !== undefined) return { kind: 'item', index: Number(index) };
  return { kind: 'name', name: member };
}

function followAll(
  definitions: Definitions,
  found: readonly Found[],
  token: Token,
): readonly Found[] | undefined {
  const next = found.map((one) => follow(definitions, one, token));
  return next.every((one) => one !== undefined) ? next.flat() : undefined;
}

function follow(
  definitions: Definitions,
  found: Found,
  token: Token,
): readonly Found[] | undefined {
  switch (token.kind) {
    case 'as':
      return castTo(found, token.type);
    case 'name':
      return settled(found)
        .map((one) => childOf(definitions, one, token.name))
        .reduce(joined, []);
    case 'extension':
      return settled(found).map((one) => ({
        steps: [...one.steps, token],
        type: 'Extension',
        path: 'Extension',
      }));
    case 'item':
    case 'where':
    case 'resolves':
    case 'has-extension':
      return settled(found).map((one) => ({ ...one, steps: [...one.steps, token] }));
  }
}

function joined(
  all: readonly Found[] | undefined,
  some: readonly Found[] | undefined,
): readonly Found[] | undefined {
  return all === undefined || some === undefined ? undefined : [...all, ...some];
}

/** The members that a choice stands for, each as a place of its own. */
function settled(found: Found): readonly Found[] {
  if (found.choice === undefined) return [found];
  return found.choice.map(({ name, type }) => ({
    steps: [...found.steps, memberOf(name)],
    type,
    path: type,
  }));
}

function castTo(found: Found, type: string): readonly Found[] | undefined {
  if (found.type === anyType) {
    const last = found.steps.slice(0, -1);
    return [{ steps: [...last, memberOf(`value${capital(type)}`)], type, path: type }];
  }
  if (found.choice === undefined) return found.type === type ? [found] : [];
  // R4's definitions write DateTime where they mean dateTime.
  const same = found.choice.find((one) => one.type.toLowerCase() === type.toLowerCase());
  if (same === undefined) return [];
  return [{ steps: [...found.steps, memberOf(same.name)], type: same.type, path: same.type }];
}

function childOf(
  definitions: Definitions,
  found: Found,
  name: string,
): readonly Found[] | undefined {
  if (found.type === 'Extension' && name === 'value') {
    return [{ steps: [...found.steps, { kind: 'value' }], type: anyType, path: anyType }];
  }
  const owner = found.owner ?? found.type;
  const elements = definitions.structureDefinition(owner)?.snapshot?.element ?? [];
  const wanted = `${found.path}.${name}`;
  const element = elements.find(({ path }) => path === wanted || path === `${wanted}[x]`);
  return element === undefined ? undefined : [placeOf(element, found, { owner, name })];
}

function placeOf(
  element: ElementDefinition,
  found: Found,
  { owner, name }: { readonly owner: string; readonly name: string },
): Found {
  const types = (element.type ?? []).map(typeName);
  const { path, contentReference } = element;
  if (path.endsWith('[x]')) {
    const choice = types.map((type) => ({ name: `${name}${capital(type)}`, type }));
    return { steps: found.steps, type: '', path, choice };
  }
  const steps = [...found.steps, memberOf(name)];
  if (contentReference !== undefined) {
    const target = contentReference.slice(contentReference.indexOf('#') + 1);
    return { steps, type: 'BackboneElement', owner, path: target };
  }
  const [type = ''] = types;
  if (type === 'BackboneElement' || type === 'Element') return { steps, type, owner, path };
  const valueSet = type === 'code' ? requiredValueSet(element) : undefined;
  return { steps, type, path: type, ...(valueSet === undefined ? {} : { valueSet }) };
}

function requiredValueSet({ binding }: ElementDefinition): string | undefined {
  return binding?.strength === 'required' ? binding.valueSet : undefined;
}

/** The FHIR type of an element; ids and URLs of extensions have one of FHIRPath's own. */
function typeName({ code = '' }: { readonly code?: string }): string {
  return code.startsWith('http://hl7.org/fhirpath/System.') ? 'string' : code;
}

function memberOf(name: string): PathStep {
  return { kind: 'member', name };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

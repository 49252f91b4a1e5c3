import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import { elementPaths, type ElementPath } from './element-path.ts';

/** What the values of a query and of resources are read with. */
export interface SearchSettings {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  /** The public FHIR base without a trailing slash; absolute references below it are local. */
  readonly baseUrl?: string;
  /** Minutes east of UTC of dates without a zone. Default: 0. */
  readonly offsetMinutes?: number;
  /** Milliseconds since the epoch, for `ap` on dates: the approximation is a tenth of the gap to now. */
  readonly now?: number;
}

/** A search parameter of one or several types; `definition` is that of the first. */
export interface Parameter {
  readonly code: string;
  readonly type: SearchParameter['type'];
  readonly definition: SearchParameter;
  /** The searched types that have it. */
  readonly types: readonly string[];
  /** Of a reference: the types it may lead to, without duplicates. `Resource` is any. */
  readonly targets: readonly string[];
}

/**
 * Returns the search parameter that all of `types` have under the code and with one type; undefined
 * when one of them has it not.
 *
 * @see https://hl7.org/fhir/R4/search.html#type
 */
export function findParameter(
  definitions: Definitions,
  types: readonly string[],
  code: string,
): Parameter | undefined {
  const found = types.map((type) => definitions.searchParameters(type).get(code));
  const [first] = found;
  if (first === undefined) return undefined;
  if (found.some((one) => one?.type !== first.type)) return undefined;
  const targets = new Set(found.flatMap((one) => one?.target ?? []));
  return { code, type: first.type, definition: first, types, targets: [...targets] };
}

/** Whether it is a parameter of all resources (`_tag`), the same in each type. */
export function isShared({ definition }: Parameter): boolean {
  return definition.base.some((base) => abstractTypes.has(base));
}

/** One alternative of an expression: its paths, or the expression when it is more than a path. */
export type Alternative =
  | { readonly kind: 'paths'; readonly text: string; readonly paths: readonly ElementPath[] }
  | { readonly kind: 'expression'; readonly expression: string };

/** Returns the alternatives of a search parameter's expression that are about the type. */
export function alternativesOf(
  definitions: Definitions,
  type: string,
  expression: string | undefined,
): readonly Alternative[] {
  return alternativeTexts(definitions, type, expression).map((text) => {
    const paths = elementPaths(definitions, type, text);
    return paths === undefined
      ? { kind: 'expression', expression: text }
      : { kind: 'paths', text, paths };
  });
}

/** Returns the same alternatives as they are written. */
export function alternativeTexts(
  definitions: Definitions,
  type: string,
  expression: string | undefined,
): readonly string[] {
  return splitAlternatives(expression ?? '').filter((text) => isAbout(definitions, type, text));
}

/** Returns the types of the elements that a parameter reads, `*` when they are told by the content. */
export function elementTypes(definitions: Definitions, parameter: Parameter): ReadonlySet<string> {
  // What all resources have is the same in each; loading every type to see it would be slow.
  return new Set(
    (isShared(parameter) ? parameter.types.slice(0, 1) : parameter.types).flatMap((type) =>
      alternativesOf(
        definitions,
        type,
        definitions.searchParameters(type).get(parameter.code)?.expression,
      ).flatMap((alternative) =>
        alternative.kind === 'paths' ? alternative.paths.map((path) => path.type ?? '*') : ['*'],
      ),
    ),
  );
}

const abstractTypes: ReadonlySet<string> = new Set(['Resource', 'DomainResource']);

/** Splits at the bars that are in no parentheses and no string. */
function splitAlternatives(expression: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start, isQuoted] = [0, 0, false];
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at];
    if (character === "'") isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) {
      parts.push(expression.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, expression.slice(start)]
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An alternative that begins with the name of another resource type is not about this one. */
function isAbout(definitions: Definitions, type: string, alternative: string): boolean {
  const name = /^\(*([A-Z][A-Za-z]*)\b/u.exec(alternative)?.[1];
  return name === undefined || name === type || !definitions.isResourceType(name);
}

import type { ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import type { CodeIndex } from './code-index.ts';
import { filterCodes } from './filter.ts';
import { syntaxDecides } from './implicit-system.ts';
import type { Coding, Membership } from './terminology.ts';

/** A value set that was compiled once. */
export interface CompiledValueSet {
  membership(system: string | undefined, code: string): Membership;
  /** Undefined when the codes cannot be enumerated. */
  expansion(): readonly Coding[] | undefined;
}

/** Where a value set finds what it includes. */
export interface Contents {
  readonly indexOf: (system: string) => CodeIndex | undefined;
  readonly valueSetOf: (canonical: string) => CompiledValueSet | undefined;
}

/** One include or exclude: a list of codes, or what can be said without one. */
interface Part {
  readonly membership: (system: string | undefined, code: string) => Membership;
  readonly codes: readonly Coding[] | undefined;
}

/**
 * Compiles a value set's composition, or its expansion when it has no composition.
 *
 * @see https://hl7.org/fhir/R4/valueset.html#compositions
 */
export function compileValueSet(valueSet: ValueSet, contents: Contents): CompiledValueSet {
  const compose = valueSet.compose;
  const includes =
    compose === undefined ? [expansionPart(valueSet)] : compose.include.map(partWith(contents));
  const excludes = (compose?.exclude ?? []).map(partWith(contents));
  return {
    membership: (system, code) => {
      const included = anyOf(includes, system, code);
      if (included === 'out') return 'out';
      const excluded = anyOf(excludes, system, code);
      if (excluded === 'in') return 'out';
      return excluded === 'unknown' ? 'unknown' : included;
    },
    expansion: () => {
      if ([...includes, ...excludes].some((part) => part.codes === undefined)) return undefined;
      const removed = new Set(excludes.flatMap((part) => part.codes ?? []).map(keyOf));
      const all = includes.flatMap((part) => part.codes ?? []);
      const unique = new Map(all.map((coding) => [keyOf(coding), coding]));
      return [...unique].filter(([key]) => !removed.has(key)).map(([, coding]) => coding);
    },
  };
}

function anyOf(parts: readonly Part[], system: string | undefined, code: string): Membership {
  let answer: Membership = 'out';
  for (const part of parts) {
    const membership = part.membership(system, code);
    if (membership === 'in') return 'in';
    if (membership === 'unknown') answer = 'unknown';
  }
  return answer;
}

function keyOf({ system, code }: Coding): string {
  return `${system}|${code}`;
}

function partWith(contents: Contents) {
  return (include: ValueSetComposeInclude): Part => {
    const own = systemPart(include, contents);
    const sets = (include.valueSet ?? []).map((canonical): Part => {
      const compiled = contents.valueSetOf(canonical);
      return {
        membership: (system, code) => compiled?.membership(system, code) ?? 'unknown',
        codes: compiled?.expansion(),
      };
    });
    const parts = own === undefined ? sets : [own, ...sets];
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : intersection(parts);
  };
}

/** A code must be in the system's part and in each value set of one include. */
function intersection(parts: readonly Part[]): Part {
  const membership: Part['membership'] = (system, code) => {
    const answers = parts.map((part) => part.membership(system, code));
    if (answers.includes('out')) return 'out';
    return answers.includes('unknown') ? 'unknown' : 'in';
  };
  const listed = parts.find((part) => part.codes !== undefined)?.codes;
  const decided = listed?.map((coding) => membership(coding.system, coding.code));
  return {
    membership,
    codes:
      decided?.includes('unknown') === true
        ? undefined
        : listed?.filter((_, index) => decided?.[index] === 'in'),
  };
}

function systemPart(include: ValueSetComposeInclude, contents: Contents): Part | undefined {
  const { system } = include;
  if (system === undefined) return undefined;
  if (include.concept !== undefined) {
    return listPart(
      include.concept.map(({ code, display }) => ({
        system,
        code,
        ...(display !== undefined ? { display } : {}),
      })),
    );
  }
  const index = contents.indexOf(system);
  if (index === undefined) {
    return {
      membership: (asked, code) =>
        asked !== undefined && asked !== system ? 'out' : syntaxDecides(system, code),
      codes: undefined,
    };
  }
  const codes = filterCodes(index, include.filter ?? [], contents);
  if (codes === undefined) return undecidedPart(system, index);
  return index.complete ? listPart(codes, index) : openPart(codes, system, index);
}

/** A filter that needs content that is not shipped: only codes of other systems are known to be out. */
function undecidedPart(system: string, index: CodeIndex): Part {
  return {
    membership: (asked, code) =>
      (asked !== undefined && asked !== system) || (index.complete && !index.has(code))
        ? 'out'
        : 'unknown',
    codes: undefined,
  };
}

/** Codes of a fragment: those listed are in, others of the system may be. */
function openPart(codes: readonly Coding[], system: string, index: CodeIndex): Part {
  const listed = listPart(codes, index);
  return {
    membership: (asked, code) => {
      const answer = listed.membership(asked, code);
      const maybe = (asked === undefined || asked === system) && !index.has(code);
      return answer === 'out' && maybe ? 'unknown' : answer;
    },
    codes: undefined,
  };
}

function listPart(codes: readonly Coding[], index?: CodeIndex): Part {
  const pairs = new Set(codes.map(keyOf));
  const alone = new Set(codes.map(({ code }) => code));
  const canonicalCode = (code: string) => index?.concept(code)?.code ?? code;
  return {
    membership: (system, code) => {
      const known = canonicalCode(code);
      const found =
        system === undefined ? alone.has(known) : pairs.has(keyOf({ system, code: known }));
      return found ? 'in' : 'out';
    },
    codes,
  };
}

function expansionPart(valueSet: ValueSet): Part {
  const codes = (valueSet.expansion?.contains ?? []).flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : [{ system, code }],
  );
  return listPart(codes);
}

import type {
  ValueSet,
  ValueSetComposeInclude,
  ValueSetExpansionContains,
} from '@medplum/fhirtypes';
import type { CodeIndex } from './code-index.ts';
import type { CompiledValueSet, Contents } from './compiled-value-set.ts';
import { filterCodes } from './filter.ts';
import { syntaxDecides } from './implicit-system.ts';
import type { Coding, Membership } from './terminology.ts';

/** One include or exclude: what can be said of a code, and the codes when they can be listed. */
interface Part {
  readonly membership: (system: string | undefined, code: string) => Membership;
  readonly codes: readonly Coding[] | undefined;
}

/**
 * Compiles a value set's composition, or its expansion when it has no composition. Of one with neither
 * nothing is known.
 *
 * @see https://hl7.org/fhir/R4/valueset.html#compositions
 */
export function compileValueSet(valueSet: ValueSet, contents: Contents): CompiledValueSet {
  const { compose, expansion } = valueSet;
  if (compose === undefined) {
    return expansion === undefined ? undecided : compiled([expandedPart(expansion.contains)], []);
  }
  const parts = (all: readonly ValueSetComposeInclude[] | undefined) =>
    (all ?? []).map((include) => includePart(include, contents));
  return compiled(parts(compose.include), parts(compose.exclude));
}

const undecided: CompiledValueSet = { membership: () => 'unknown', expansion: () => undefined };

function compiled(includes: readonly Part[], excludes: readonly Part[]): CompiledValueSet {
  const [only] = includes;
  if (only !== undefined && includes.length === 1 && excludes.length === 0) {
    return { membership: only.membership, expansion: () => only.codes };
  }
  let codes: { readonly listed: readonly Coding[] | undefined } | undefined;
  return {
    membership: (system, code) => {
      const included = anyOf(includes, system, code);
      if (included === 'out') return 'out';
      const excluded = anyOf(excludes, system, code);
      if (excluded === 'in') return 'out';
      return excluded === 'unknown' ? 'unknown' : included;
    },
    expansion: () => {
      codes ??= { listed: listed(includes, excludes) };
      return codes.listed;
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

function listed(
  includes: readonly Part[],
  excludes: readonly Part[],
): readonly Coding[] | undefined {
  if ([...includes, ...excludes].some((part) => part.codes === undefined)) return undefined;
  const all = includes.flatMap((part) => part.codes ?? []);
  const unique = new Map(all.map((coding) => [`${coding.system}|${coding.code}`, coding]));
  return [...unique.values()].filter(({ system, code }) => anyOf(excludes, system, code) === 'out');
}

function includePart(include: ValueSetComposeInclude, contents: Contents): Part {
  const ofSystem =
    include.system === undefined ? [] : [systemPart(include, include.system, contents)];
  const ofSets = (include.valueSet ?? []).map((canonical): Part => {
    const set = contents.valueSetOf(canonical) ?? undecided;
    return { membership: set.membership, codes: set.expansion() };
  });
  const parts = [...ofSystem, ...ofSets];
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : intersection(parts);
}

/** A code must be in the system's part and in each value set of one include. */
function intersection(parts: readonly Part[]): Part {
  const membership: Part['membership'] = (system, code) => {
    const answers = parts.map((part) => part.membership(system, code));
    if (answers.includes('out')) return 'out';
    return answers.includes('unknown') ? 'unknown' : 'in';
  };
  const some = parts.find((part) => part.codes !== undefined)?.codes;
  const decided = some?.map((coding) => ({
    coding,
    answer: membership(coding.system, coding.code),
  }));
  const isOpen = decided?.some(({ answer }) => answer === 'unknown') ?? true;
  return {
    membership,
    codes: isOpen
      ? undefined
      : decided?.filter(({ answer }) => answer === 'in').map(({ coding }) => coding),
  };
}

function systemPart(include: ValueSetComposeInclude, system: string, contents: Contents): Part {
  const index = contents.indexOf(system);
  if (include.concept !== undefined) {
    const codes = include.concept.map(({ code, display }) => ({
      system,
      code,
      ...(display !== undefined ? { display } : {}),
    }));
    return listPart(codes, index);
  }
  const codes = index && filterCodes(index, include.filter ?? [], contents);
  if (index === undefined || codes === undefined) return undecidedPart(system, index);
  return index.complete ? listPart(codes, index) : openPart(codes, system, index);
}

/** Content that is not shipped: only codes of other systems, unknown or ill-formed ones are out. */
function undecidedPart(system: string, index: CodeIndex | undefined): Part {
  return {
    membership: (asked, code) => {
      if (asked !== undefined && asked !== system) return 'out';
      if (index === undefined) return syntaxDecides(system, code);
      return index.complete && !index.has(code) ? 'out' : 'unknown';
    },
    codes: undefined,
  };
}

/** Codes of a fragment: those listed are in, others of the system may be. */
function openPart(codes: readonly Coding[], system: string, index: CodeIndex): Part {
  const part = listPart(codes, index);
  return {
    membership: (asked, code) => {
      const answer = part.membership(asked, code);
      const maybe = (asked === undefined || asked === system) && !index.has(code);
      return answer === 'out' && maybe ? 'unknown' : answer;
    },
    codes: undefined,
  };
}

/** All codes are known; `index` tells of those that may be written in any case. */
function listPart(codes: readonly Coding[], index?: CodeIndex): Part {
  const ofSystem = new Map<string, Set<string>>();
  for (const { system, code } of codes) {
    const known = ofSystem.get(system);
    if (known === undefined) ofSystem.set(system, new Set([code]));
    else known.add(code);
  }
  const sets = [...ofSystem.values()];
  const folded = index?.isCaseSensitive === false ? index : undefined;
  return {
    membership: (system, code) => {
      const known = folded?.concept(code)?.code ?? code;
      const found =
        system === undefined
          ? sets.some((set) => set.has(known))
          : ofSystem.get(system)?.has(known) === true;
      return found ? 'in' : 'out';
    },
    codes,
  };
}

function expandedPart(contains: readonly ValueSetExpansionContains[] | undefined): Part {
  return listPart((contains ?? []).flatMap(expandedCodes));
}

/** Abstract entries are there for people to navigate; what lies below them counts. */
function expandedCodes(entry: ValueSetExpansionContains): readonly Coding[] {
  const { system, code, display } = entry;
  const below = (entry.contains ?? []).flatMap(expandedCodes);
  if (system === undefined || code === undefined || entry.abstract === true) return below;
  return [{ system, code, ...(display !== undefined ? { display } : {}) }, ...below];
}

import { withoutVersion } from './canonical.ts';
import { codeIndexOf, type CodeIndex } from './code-index.ts';
import type { CompiledValueSet } from './compiled-value-set.ts';
import type { Definitions } from './definitions.ts';
import { syntaxDecides } from './implicit-system.ts';
import type { Coding, Membership, Terminology } from './terminology.ts';
import { compileValueSet } from './value-set.ts';

/**
 * Returns answers from the value sets and code systems of `definitions`. Each value set is compiled when
 * it is first asked for; a membership is then one look into a map.
 *
 * @see https://hl7.org/fhir/R4/valueset.html
 */
export function createTerminology(definitions: Definitions): Terminology {
  const indexes = new Map<string, CodeIndex | undefined>();
  const compiled = new Map<string, CompiledValueSet | undefined>();

  function indexOf(system: string): CodeIndex | undefined {
    const url = withoutVersion(system);
    if (!indexes.has(url)) indexes.set(url, codeIndexOf(definitions.codeSystem(url)));
    return indexes.get(url);
  }

  function valueSetOf(canonical: string): CompiledValueSet | undefined {
    if (!compiled.has(canonical)) {
      // A value set that includes itself has no members through the cycle.
      compiled.set(canonical, undefined);
      const valueSet = definitions.valueSet(canonical);
      if (valueSet !== undefined) {
        compiled.set(canonical, compileValueSet(valueSet, { indexOf, valueSetOf }));
      }
    }
    return compiled.get(canonical);
  }

  function definesCode(system: string, code: string): Membership {
    const index = indexOf(system);
    if (index === undefined) return syntaxDecides(system, code);
    if (index.has(code)) return 'in';
    return index.complete ? 'out' : 'unknown';
  }

  return {
    membership: (valueSet, system, code) =>
      valueSetOf(valueSet)?.membership(system, code) ?? 'unknown',
    expansion: (valueSet): readonly Coding[] | undefined => valueSetOf(valueSet)?.expansion(),
    definesCode,
    displays: (system, code) => displaysOf(indexOf(system), code),
    subsumed: (system, code) => indexOf(system)?.below(code) ?? [code],
  };
}

function displaysOf(index: CodeIndex | undefined, code: string): readonly string[] {
  const concept = index?.complete === true ? index.concept(code) : undefined;
  if (concept?.display === undefined) return [];
  // That of a stored code system may have an extension in place of its value.
  const designations: readonly { readonly value?: string }[] = concept.designation ?? [];
  return [concept.display, ...designations.flatMap(({ value }) => value ?? [])];
}

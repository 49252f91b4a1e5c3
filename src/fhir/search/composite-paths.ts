import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { conversionOf, sinkOf, type ConversionOptions } from './convert.ts';
import type { IndexEntry, SimpleEntry } from './index-entry.ts';
import { isCanonical } from './param/canonical-quantity.ts';
import { alternativesOf } from './parameter.ts';
import { pathTree, walk, type PathTree, type SunkPath } from './path-tree.ts';

/**
 * Returns the paths to the elements whose values belong together, each with what makes entries of them:
 * one for every combination of the components' values within one element.
 *
 * @see https://hl7.org/fhir/R4/search.html#composite
 */
export function compositePaths(
  definitions: Definitions,
  type: string,
  parameter: SearchParameter,
  options: ConversionOptions,
): readonly SunkPath[] {
  const contexts = alternativesOf(definitions, type, parameter.expression);
  return contexts.flatMap((context) =>
    context.kind === 'paths'
      ? context.paths.map(({ steps }) => ({
          steps,
          sink: combiner(
            parameter.code,
            (parameter.component ?? []).map(({ definition, expression }) =>
              componentTree(definitions, {
                type,
                context: context.text,
                depth: steps.length,
                component: definitions.searchParameter(definition),
                expression,
                options,
              }),
            ),
          ),
        }))
      : [],
  );
}

/**
 * Reads the last component first: it is the value, which most often is of another type. Only its canonical
 * form is kept.
 */
function combiner(param: string, trees: readonly PathTree[]): SunkPath['sink'] {
  const reversed = [...trees].reverse();
  return (element, entries) => {
    let combinations: SimpleEntry[][] = [[]];
    for (const tree of reversed) {
      const found: IndexEntry[] = [];
      walk(tree, element, found);
      const longer: SimpleEntry[][] = [];
      // Components are never composites themselves.
      for (const entry of found as SimpleEntry[]) {
        if (isCanonical(entry)) {
          if (tree === reversed[0]) longer.at(-1)?.push(entry);
          continue;
        }
        for (const tail of combinations) longer.push([entry, ...tail]);
      }
      if (longer.length === 0) return;
      combinations = longer;
    }
    for (const components of combinations) entries.push({ kind: 'composite', param, components });
  };
}

interface ComponentSource {
  readonly type: string;
  /** The expression that leads to the element, of `depth` steps. */
  readonly context: string;
  readonly depth: number;
  readonly component: SearchParameter | undefined;
  readonly expression: string;
  readonly options: ConversionOptions;
}

/** The paths of one component relative to the element that its composite is about. */
function componentTree(definitions: Definitions, source: ComponentSource): PathTree {
  const { component, context, depth, options } = source;
  if (component === undefined) return pathTree([]);
  const paths = source.expression
    .split(' | ')
    .flatMap((part) => alternativesOf(definitions, source.type, `${context}.${part.trim()}`))
    .flatMap((alternative) => (alternative.kind === 'paths' ? alternative.paths : []));
  return pathTree(
    paths.map((path) => ({
      steps: path.steps.slice(depth),
      sink: sinkOf(conversionOf(definitions, component, path, options), path.type),
    })),
  );
}

import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { conversionOf, sinkOf, type ConversionOptions } from './convert.ts';
import type { IndexEntry, SimpleEntry } from './index-entry.ts';
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

function combiner(param: string, components: readonly PathTree[]): SunkPath['sink'] {
  return (element, entries) => {
    let combinations: readonly (readonly SimpleEntry[])[] = [[]];
    for (const component of components) {
      const found: IndexEntry[] = [];
      walk(component, element, found);
      if (found.length === 0) return;
      const values = found as readonly SimpleEntry[];
      combinations = combinations.flatMap((head) => values.map((entry) => [...head, entry]));
    }
    for (const combination of combinations) {
      entries.push({ kind: 'composite', param, components: combination });
    }
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

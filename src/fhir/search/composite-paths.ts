import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { convert, conversionOf, type Conversion, type ConversionOptions } from './convert.ts';
import type { PathStep } from './element-path.ts';
import type { SimpleEntry } from './index-entry.ts';
import { alternativesOf } from './parameter.ts';
import { follow, type SunkPath } from './path-tree.ts';

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
              componentReader(definitions, {
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

type ComponentReader = (element: JsonValue) => readonly SimpleEntry[];

function combiner(param: string, readers: readonly ComponentReader[]): SunkPath['sink'] {
  return (element, entries) => {
    let combinations: readonly (readonly SimpleEntry[])[] = [[]];
    for (const read of readers) {
      const found = read(element);
      if (found.length === 0) return;
      combinations = combinations.flatMap((head) => found.map((entry) => [...head, entry]));
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

/** Reads one component relative to the element that its composite is about. */
function componentReader(definitions: Definitions, source: ComponentSource): ComponentReader {
  const { component, context, depth, options } = source;
  if (component === undefined) return () => [];
  const paths = source.expression
    .split(' | ')
    .flatMap((part) => alternativesOf(definitions, source.type, `${context}.${part.trim()}`))
    .flatMap((alternative) => (alternative.kind === 'paths' ? alternative.paths : []))
    .map((path) => ({
      steps: path.steps.slice(depth),
      type: path.type ?? '',
      conversion: conversionOf(definitions, component, path, options),
    }));
  return (element) => paths.flatMap((path) => readPath(path, element));
}

function readPath(
  path: {
    readonly steps: readonly PathStep[];
    readonly type: string;
    readonly conversion: Conversion;
  },
  element: JsonValue,
): readonly SimpleEntry[] {
  const [step, ...steps] = path.steps;
  if (Array.isArray(element)) {
    return (element as readonly JsonValue[]).flatMap((item) => readPath(path, item));
  }
  if (step === undefined) return convert(path.conversion, element, path.type);
  const found: SimpleEntry[] = [];
  if (isJsonObject(element)) {
    follow(step, element, (next, type) => {
      found.push(...readPath({ ...path, steps, type: type ?? path.type }, next));
    });
  }
  return found;
}

import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { CompileFhirPath, FhirPathEnvironment } from '../fhirpath/fhirpath.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { compositePaths } from './composite-paths.ts';
import { conversionOf, convert, sinkOf, type ConversionOptions } from './convert.ts';
import type { ElementPath } from './element-path.ts';
import { derivationOf } from './derived.ts';
import type { IndexEntry } from './index-entry.ts';
import { isSpecial } from './param/special.ts';
import { alternativesOf } from './parameter.ts';
import { pathTree, walk, type PathTree, type SunkPath } from './path-tree.ts';

/** Returns the entries of a resource for every search parameter of its type. It never fails. */
export type Indexer = (document: JsonDocument) => readonly IndexEntry[];

/**
 * Returns the indexer of the definitions; the parameters of a type are compiled when its first resource
 * comes. `_id` and `_lastUpdated` are no entries, contained resources have none.
 *
 * @see https://hl7.org/fhir/R4/search.html#table
 */
export function createIndexer(
  definitions: Definitions,
  compileFhirPath: CompileFhirPath,
  environment: FhirPathEnvironment,
  options: ConversionOptions = {},
): Indexer {
  const plans = new Map<string, IndexPlan>();
  const sources = { definitions, compileFhirPath, environment, options };
  return (document) => {
    const type = document.value['resourceType'];
    if (typeof type !== 'string' || !definitions.isResourceType(type)) return [];
    let plan = plans.get(type);
    if (plan === undefined) plans.set(type, (plan = indexPlan(type, sources)));
    const entries: IndexEntry[] = [];
    walk(plan.tree, document.value, entries);
    for (const evaluate of plan.expressions) evaluate(document, entries);
    return entries;
  };
}

interface Sources {
  readonly definitions: Definitions;
  readonly compileFhirPath: CompileFhirPath;
  readonly environment: FhirPathEnvironment;
  readonly options: ConversionOptions;
}

interface IndexPlan {
  readonly tree: PathTree;
  /** What is more than a path. */
  readonly expressions: readonly ((document: JsonDocument, entries: IndexEntry[]) => void)[];
}

const columns: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);

function indexPlan(type: string, sources: Sources): IndexPlan {
  const paths: SunkPath[] = [];
  const expressions: IndexPlan['expressions'][number][] = [];
  for (const parameter of sources.definitions.searchParameters(type).values()) {
    if (columns.has(parameter.code) || isSpecial(parameter)) continue;
    if (derivationOf(sources.definitions, type, parameter) !== undefined) continue;
    if (parameter.type === 'composite') {
      paths.push(...compositePaths(sources.definitions, type, parameter, sources.options));
      continue;
    }
    const { definitions } = sources;
    for (const alternative of alternativesOf(definitions, type, parameter.expression)) {
      if (alternative.kind === 'paths') {
        paths.push(...alternative.paths.map((path) => sunk(path, parameter, sources)));
      } else {
        const evaluate = evaluator(type, alternative.expression, parameter, sources);
        if (evaluate !== undefined) expressions.push(evaluate);
      }
    }
  }
  return { tree: pathTree(paths), expressions };
}

function sunk(path: ElementPath, parameter: SearchParameter, sources: Sources): SunkPath {
  const conversion = conversionOf(sources.definitions, parameter, path, sources.options);
  // R4 names some extensions where it means their value.
  return path.type === 'Extension'
    ? { steps: [...path.steps, { kind: 'value' }], sink: sinkOf(conversion, undefined) }
    : { steps: path.steps, sink: sinkOf(conversion, path.type) };
}

function evaluator(
  type: string,
  expression: string,
  parameter: SearchParameter,
  sources: Sources,
): IndexPlan['expressions'][number] | undefined {
  const compiled = sources.compileFhirPath(expression, type, sources.environment);
  if (!compiled.ok) return undefined;
  const conversion = conversionOf(sources.definitions, parameter, {}, sources.options);
  return (document, entries) => {
    const resource = document.value;
    const found = compiled.value.evaluate({
      value: resource,
      resource,
      numberTexts: document.numberTexts,
    });
    if (!found.ok) return;
    for (const typed of found.value) {
      const [one, name] = unwrapped(typed.value, typed.type);
      for (const entry of convert(conversion, one, name)) entries.push(entry);
    }
  };
}

/** The value of an extension stands for it. */
function unwrapped(value: JsonValue, type: string): readonly [JsonValue, string] {
  if (type !== 'Extension' || !isJsonObject(value)) return [value, type.replace(/^System\./u, '')];
  const name = Object.keys(value).find((key) => key.startsWith('value'));
  return name === undefined ? [null, ''] : [value[name] ?? null, name.slice('value'.length)];
}

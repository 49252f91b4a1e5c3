import { randomUUID } from 'node:crypto';
import { createTerminology } from './fhir/definitions/create-terminology.ts';
import { compileFhirPath } from './fhir/fhirpath/compile.ts';
import { instantOf } from './fhir/instant.ts';
import { success } from './fhir/result.ts';
import { createIndexer, type Indexer } from './fhir/search/extract.ts';
import { parseQuery } from './fhir/search/query.ts';
import { createValidator } from './fhir/validate/validate.ts';
import { createReferrers } from './rest/reference-referrers.ts';
import { createVerdicts } from './rest/reference-verdicts.ts';
import type { RestContext } from './rest/rest.ts';

/** Parts of the context that a start decides. */
export type ContextParts = Pick<
  RestContext,
  'store' | 'definitions' | 'limits' | 'linkKey' | 'turns' | 'trialReader' | 'subjects' | 'publish'
>;

/** Returns what all interactions of one server are given: the kernel over its definitions and store. */
export function createRestContext(parts: ContextParts): RestContext {
  const { definitions, limits } = parts;
  const terminology = createTerminology(definitions);
  return {
    ...parts,
    terminology,
    validator: createValidator(definitions, terminology, compileFhirPath),
    index: indexBelow((baseUrl) =>
      createIndexer(definitions, compileFhirPath, { definitions, terminology }, { baseUrl }),
    ),
    parseCriteria: (type, criteria, baseUrl) => {
      const parsed = parseQuery(criteria, [type], { ...limits, definitions, terminology, baseUrl });
      return parsed.ok ? success(parsed.value.plan) : parsed;
    },
    referrers: createReferrers(definitions),
    verdicts: createVerdicts(),
    clock: () => instantOf(Date.now()),
    newId: randomUUID,
  };
}

/** A server has one base, so that one indexer is made; another base would make another. */
function indexBelow(make: (baseUrl: string) => Indexer): RestContext['index'] {
  const indexers = new Map<string, Indexer>();
  return (document, baseUrl) => {
    const indexer = indexers.get(baseUrl) ?? make(baseUrl);
    indexers.set(baseUrl, indexer);
    return indexer(document);
  };
}

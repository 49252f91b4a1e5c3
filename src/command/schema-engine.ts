import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { jsonSchema } from '../fhir/validate/json-schema.ts';

/** Judges a resource by the JSON Schemas of its type and of the profiles. */
export type SchemaEngine = (resource: Resource, profiles: readonly string[]) => readonly Issue[];

/**
 * Returns the second engine: Ajv over the schemas that hospitals download. It knows fewer rules than the
 * server; each schema names those it cannot express. A schema is compiled when it is first needed.
 */
export function createSchemaEngine(
  definitions: Definitions,
  terminology: Terminology,
): SchemaEngine {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const compiled = new Map<string, ValidateFunction | undefined>();
  const schemaOf = (canonical: string): ValidateFunction | undefined => {
    if (!compiled.has(canonical)) {
      const schema = jsonSchema(definitions, terminology, canonical);
      compiled.set(canonical, schema && ajv.compile(schema));
    }
    return compiled.get(canonical);
  };
  return (resource, profiles) => {
    const claimed = resource.meta?.profile ?? [];
    const canonicals = new Set([resource.resourceType, ...claimed, ...profiles]);
    return [...canonicals].flatMap((canonical) => {
      const validate = schemaOf(canonical);
      if (validate === undefined || validate(resource)) return [];
      return (validate.errors ?? []).map((error) => issueOf(error, resource, canonical));
    });
  };
}

function issueOf(error: ErrorObject, resource: Resource, profile: string): Issue {
  const steps = error.instancePath.split('/').slice(1);
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  return {
    severity: 'error',
    code: 'structure',
    text: `The schema of ${profile} says: ${error.message ?? error.keyword}.`,
    expression: [resource.resourceType + path],
    rule: error.keyword,
    profile,
  };
}

import { failure } from '../../fhir/operation-outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { failed, success } from '../../fhir/result.ts';
import { jsonSchema } from '../../fhir/validate/json-schema.ts';
import type { Interaction, RestContext, RestRequest } from '../rest.ts';
import type { OperationRow } from '../operation-row.ts';

/**
 * `GET StructureDefinition/[id]/$json-schema`: the JSON Schema of a profile, or of a type of R4 by its
 * name, self-contained, so that a hospital validates offline in any language. The answer is no FHIR
 * resource.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core
 */
export const jsonSchemaOperation: OperationRow = {
  code: 'json-schema',
  definition: 'https://her2-cart.example.org/fhir/OperationDefinition/h2c-json-schema',
  levels: ['instance'],
  types: ['StructureDefinition'],
  methods: ['GET'],
  run: answerSchema(),
};

function answerSchema(): Interaction {
  return async (context, request) => {
    const canonical = await canonicalOf(context, request);
    const { definitions, terminology } = context;
    const schema = canonical && jsonSchema(definitions, terminology, canonical);
    if (schema === undefined || schema === '') {
      return failed(failure('not-found', 'No StructureDefinition has this id.'));
    }
    return success({
      status: 200,
      headers: { 'Content-Type': 'application/schema+json' },
      body: JSON.stringify(schema),
    });
  };
}

/** A stored profile by its id, else a type of R4 by its name, which is the id of its definition. */
async function canonicalOf(
  { store, definitions }: RestContext,
  { path, access }: RestRequest,
): Promise<string | undefined> {
  const id = path[1] ?? '';
  const stored = await store.read({ type: 'StructureDefinition', id }, access);
  if (stored?.text !== undefined) {
    return (JSON.parse(stored.text) as Resource)['url'] as string | undefined;
  }
  return definitions.structureDefinition(id)?.url;
}

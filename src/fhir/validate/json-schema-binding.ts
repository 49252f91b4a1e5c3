import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Coding } from '../definitions/terminology.ts';
import { maximumValueSet } from './binding.ts';
import { partOf, joined, type Schema, type SchemaScope } from './json-schema-scope.ts';

type Binding = ElementDefinition['binding'];

/** More codes than these are left to the server. */
const codesMax = 1_000;

/**
 * Returns what a required binding, or the maximum value set of another one, demands of a value of
 * `type`: one of its codes, where they can be listed.
 *
 * @see https://hl7.org/fhir/R4/terminologies.html#strength
 */
export function bindingSchema(scope: SchemaScope, binding: Binding, type: string): Schema {
  const required = binding?.strength === 'required' ? binding.valueSet : undefined;
  return joined([
    required === undefined ? true : memberSchema(scope, required, { type, isTextEnough: false }),
    ...[maximumValueSet(binding)].map((valueSet) =>
      valueSet === undefined ? true : memberSchema(scope, valueSet, { type, isTextEnough: true }),
    ),
  ]);
}

/** Returns the schema of a coding, or of a code without system, that is of the value set. */
export function codedSchema(
  scope: SchemaScope,
  valueSet: string,
  kind: 'code' | 'coding',
): Schema | undefined {
  const codes = listedCodes(scope, valueSet);
  if (codes === undefined) {
    scope.unsaid.add(`The codes of ${valueSet} are not listed.`);
    return undefined;
  }
  const id = scope.definitions.valueSet(valueSet)?.id ?? valueSet.replace(/[^\w.-]/g, '-');
  return partOf(scope, `${kind}-of-${id}`, () =>
    kind === 'code' ? { enum: [...new Set(codes.map(({ code }) => code))] } : codings(codes),
  );
}

interface Use {
  readonly type: string;
  /** Whether a concept or quantity without a code passes. */
  readonly isTextEnough: boolean;
}

const textTypes: ReadonlySet<string> = new Set([
  'code',
  'string',
  'uri',
  'url',
  'canonical',
  'markdown',
]);
const quantityTypes: ReadonlySet<string> = new Set(['Quantity', 'Age', 'Duration']);

function memberSchema(scope: SchemaScope, valueSet: string, { type, isTextEnough }: Use): Schema {
  if (textTypes.has(type)) {
    return codedSchema(scope, valueSet, 'code') ?? true;
  }
  const isConcept = type === 'CodeableConcept';
  if (!isConcept && type !== 'Coding' && !quantityTypes.has(type)) {
    return true;
  }
  const coded = codedSchema(scope, valueSet, 'coding') ?? true;
  if (isConcept) {
    const properties = { coding: { contains: coded } };
    return isTextEnough ? { properties } : { required: ['coding'], properties };
  }
  return isTextEnough && quantityTypes.has(type)
    ? { if: { required: ['code'] }, then: coded }
    : coded;
}

/** A system that takes its codes in any case cannot be listed. */
function listedCodes(
  { definitions, terminology }: SchemaScope,
  valueSet: string,
): readonly Coding[] | undefined {
  const codes = terminology.expansion(valueSet);
  if (codes === undefined || codes.length === 0 || codes.length > codesMax) {
    return undefined;
  }
  const systems = new Set(codes.map(({ system }) => system));
  const isExact = [...systems].every((system) => {
    const { caseSensitive, content } = definitions.codeSystem(system) ?? {};
    return caseSensitive !== false || content === 'not-present';
  });
  return isExact ? codes : undefined;
}

function codings(codes: readonly Coding[]): Schema {
  const bySystem = new Map<string, string[]>();
  for (const { system, code } of codes) {
    bySystem.set(system, [...(bySystem.get(system) ?? []), code]);
  }
  const each = [...bySystem].map(([system, ofSystem]) => ({
    properties: { system: { const: system }, code: { enum: ofSystem } },
  }));
  const [only] = each;
  const which = each.length === 1 && only !== undefined ? only : { anyOf: each };
  return { required: ['system', 'code'], ...which };
}

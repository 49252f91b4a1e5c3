import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Validator as CfworkerValidator } from '@cfworker/json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createTerminology } from '../../src/fhir/definitions/create-terminology.ts';
import { compileFhirPath } from '../../src/fhir/fhirpath/compile.ts';
import { applyJsonPatch } from '../../src/fhir/json-patch.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/fhir/json/json-value.ts';
import { isJsonArray } from '../../src/fhir/validate/json-array.ts';
import { jsonSchema } from '../../src/fhir/validate/json-schema.ts';
import { createValidator } from '../../src/fhir/validate/validate.ts';
import { refuses } from '../../src/fhir/validate/validator.ts';
import { testDefinitions } from '../support/definitions.ts';
import mutations from '../cases/validate/mutations.json' with { type: 'json' };

// Goal: hospitals validate with the JSON Schemas offline, in any language. What an engine refuses there
// the server refuses too, and two engines that share no code say the same.
// Method: all resources that the repository has, right and wrong, and systematic mutations of the right
// ones, each judged by Ajv, by @cfworker/json-schema and by the write path.

interface ProfileCases {
  readonly valid: readonly { readonly name: string; readonly resource: JsonObject }[];
  readonly invalid: readonly {
    readonly name: string;
    readonly base: string;
    readonly rule: string;
    readonly severity: string;
    readonly patch: readonly JsonObject[];
  }[];
}

const root = join(import.meta.dirname, '../..');
const definitions = testDefinitions();
const terminology = createTerminology(definitions);
const validator = createValidator(definitions, terminology, compileFhirPath);
const base = 'https://her2-cart.example.org/fhir/StructureDefinition/';

/**
 * The second engine gets each schema alone, as a hospital does. Ajv, which makes code of a schema, gets
 * what the schemas share once; that it compiles them alone is a promise of json-schema.test.ts.
 */
function createEngines() {
  const made = new Map<string, (resource: JsonObject) => readonly [boolean, boolean]>();
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  const shared: Record<string, JsonValue> = {};
  const schemas = [...profiles, ...definitions.resourceTypes].map((canonical) => {
    const schema = jsonSchema(definitions, terminology, canonical);
    if (schema === undefined) throw new Error(`There is no schema of ${canonical}.`);
    Object.assign(shared, schema['$defs']);
    return [canonical, schema] as const;
  });
  ajv.addSchema({ $id: 'https://example.org/shared', $defs: shared });
  for (const [canonical, schema] of schemas) {
    const allOf = JSON.parse(
      JSON.stringify(schema['allOf']).replaceAll(
        '"#/$defs/',
        '"https://example.org/shared#/$defs/',
      ),
    ) as object[];
    const validate = ajv.compile({ allOf });
    const second = new CfworkerValidator(schema, '2020-12');
    made.set(canonical, (resource) => [validate(resource), second.validate(resource).valid]);
  }
  return (canonical: string, resource: JsonObject): readonly [boolean, boolean] =>
    made.get(canonical)?.(resource) ?? [false, false];
}

const profiles = readdirSync(join(root, 'test/cases/profiles'))
  .sort()
  .map((file) => base + file.replace('.json', ''));
const judge = createEngines();

function isRefused(resource: JsonObject, profiles: readonly string[]): boolean {
  return validator.validateTree(resource, profiles).issues.some(refuses);
}

/** What is wrong with the engines' verdicts on a resource: stricter than the server, or not of one mind. */
function disagreements(title: string, canonical: string, resource: JsonObject): readonly string[] {
  const [first, second] = judge(canonical, resource);
  const isStricter = !(first && second) && !isRefused(resource, [canonical]);
  return [
    ...(first === second ? [] : [`${title}: Ajv ${first}, cfworker ${second}`]),
    ...(isStricter ? [`${title}: refused by the schema alone`] : []),
  ];
}

describe.each(profiles)('The schema of %s', (canonical) => {
  const file = `${canonical.slice(base.length)}.json`;
  const cases = JSON.parse(
    readFileSync(join(root, 'test/cases/profiles', file), 'utf8'),
  ) as ProfileCases;

  it('accepts each valid instance in both engines', () => {
    const refused = cases.valid.filter(
      ({ resource }) => !judge(canonical, resource).every(Boolean),
    );
    expect(refused.map(({ name }) => name)).toEqual([]);
  });

  it('refuses what breaks the structure, and nothing that the server accepts', () => {
    const found = cases.invalid.flatMap(({ name, base: of, rule, severity, patch }) => {
      const resource = patched(cases.valid.find((one) => one.name === of)?.resource, patch);
      const isMissed =
        severity === 'error' && structural.has(rule) && judge(canonical, resource)[0];
      return [
        ...disagreements(name, canonical, resource),
        ...(isMissed && !unnamed.test(name) ? [`${name}: not refused`] : []),
      ];
    });
    expect(found).toEqual([]);
  });

  it('is no stricter than the server on mutations, and of one mind in both engines', () => {
    const found = cases.valid.flatMap(({ name, resource }) =>
      sample([...mutated(resource)], 7).flatMap(([change, changed]) =>
        disagreements(`${name}, ${change}`, canonical, changed),
      ),
    );
    expect(found).toEqual([]);
  });
});

/** Rules that a schema can express of every profile here. */
const structural: ReadonlySet<string> = new Set([
  'binding',
  'cardinality',
  'coding-code',
  'ext-1',
  'json-type',
  'maxValue',
  'minValue',
  'patternBoolean',
  'patternCode',
  'patternCodeableConcept',
  'patternQuantity',
  'patternUri',
  'reference-type',
  'type',
]);

/** An extension that the profile does not name is checked by the server alone. */
const unnamed = /study-day/;

describe('The schemas of R4', () => {
  it('exist of each type of resource, and both engines load them', () => {
    const types = definitions.resourceTypes;
    const found = types.flatMap((resourceType) =>
      disagreements(resourceType, resourceType, { resourceType, noSuchElement: 1 }),
    );
    expect(found).toEqual([]);
  });

  it('refuse nothing that the server accepts', () => {
    const found = mutations.flatMap(({ title, resource }) => {
      const tree = JSON.parse(resource) as JsonObject;
      return disagreements(title, tree['resourceType'] as string, tree);
    });
    expect(found).toEqual([]);
  });

  it('accept what the worked example sends', () => {
    const folder = join(root, 'seed/example');
    const refused = readdirSync(folder).flatMap((file) => {
      const { body } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonObject;
      return resourcesOf(body).flatMap((resource) => {
        const { profile = [] } = (resource['meta'] ?? {}) as { readonly profile?: string[] };
        return [resource['resourceType'] as string, ...profile]
          .filter((canonical) => !judge(canonical, resource).every(Boolean))
          .map((canonical) => `${file}: ${canonical}`);
      });
    });
    expect(refused).toEqual([]);
  });
});

function patched(resource: JsonObject | undefined, patch: readonly JsonObject[]): JsonObject {
  const text = applyJsonPatch(JSON.stringify(resource), JSON.stringify(patch));
  if (!text.ok) throw new Error('The patch does not apply.');
  return JSON.parse(text.value) as JsonObject;
}

function resourcesOf(body: JsonValue | undefined): readonly JsonObject[] {
  if (!isJsonObject(body)) return [];
  const entries = (body['entry'] ?? []) as readonly { readonly resource?: JsonObject }[];
  const inside = entries.map(({ resource }) => resource).filter((one) => one !== undefined);
  return body['resourceType'] === undefined ? [] : [body, ...inside];
}

/** Every so many of the mutations, so that each kind and each place has its turn. */
function sample<T>(all: readonly T[], max: number): readonly T[] {
  const step = Math.ceil(all.length / max);
  return all.filter((_, at) => at % step === 0);
}

type Path = readonly (string | number)[];

/** Each value of the resource dropped, doubled, emptied and given another kind. */
function* mutated(resource: JsonObject): Generator<readonly [string, JsonObject]> {
  for (const path of paths(resource, [])) {
    const at = path.join('.');
    const value = path.reduce<JsonValue | undefined>(
      (owner, step) => (owner as Record<string, JsonValue>)[step],
      resource,
    );
    yield [`without ${at}`, edited(resource, path, undefined)];
    for (const [name, other] of replacements(value)) {
      yield [`${at} ${name}`, edited(resource, path, other)];
    }
  }
}

function* paths(value: JsonValue, path: Path): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value) as [string, JsonValue][]) {
    yield* paths(child, [...path, Array.isArray(value) ? Number(name) : name]);
  }
}

function replacements(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  if (isJsonArray(value)) {
    return [
      ['doubled', [...value, ...value]],
      ['empty', []],
    ];
  }
  if (isJsonObject(value)) {
    return [
      ['empty', {}],
      ['with an unknown element', { ...value, noSuchElement: true }],
      ['with a display', { ...value, display: 'x' }],
    ];
  }
  if (typeof value === 'string') {
    return [
      ['a number', 1],
      ['another text', `${value}x`],
      ['with a space', ` ${value}`],
      ['the thirteenth month', '2024-13-01'],
    ];
  }
  return [
    ['a text', 'x'],
    ['negative', -1],
  ];
}

/** A copy in which the value at the path is another one, or gone. */
function edited(value: JsonValue, path: Path, other: JsonValue | undefined): JsonObject {
  const copy = JSON.parse(JSON.stringify(value)) as JsonObject;
  const last = path.at(-1) ?? '';
  const owner = path
    .slice(0, -1)
    .reduce<unknown>((one, step) => (one as Record<string, unknown>)[step], copy);
  if (other !== undefined) (owner as Record<string, JsonValue>)[last] = other;
  else if (Array.isArray(owner)) owner.splice(Number(last), 1);
  else Reflect.deleteProperty(owner as object, last);
  return copy;
}

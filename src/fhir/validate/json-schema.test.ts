import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import mutations from '../../../test/cases/validate/mutations.json' with { type: 'json' };
import rules from '../../../test/cases/validate/rules.json' with { type: 'json' };
import { testDefinitions } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { jsonSchema } from './json-schema.ts';

describe('JSON Schema', () => {
  const definitions = testDefinitions();
  const terminology = createTerminology(definitions);
  const profiles = definitions.added
    .filter((resource) => resource.resourceType === 'StructureDefinition')
    .map(({ url }) => url);
  const types = [...new Set(mutations.map(({ resource }) => typeOf(resource)))];
  const bp = 'http://hl7.org/fhir/StructureDefinition/bp';

  // The types that all schemas share are compiled once; that they are the same is a promise of its own.
  const shared: Record<string, unknown> = {};
  for (const canonical of [bp, ...profiles, ...types]) {
    const schema = jsonSchema(definitions, terminology, canonical) as Schema | undefined;
    Object.assign(shared, schema?.$defs, { [keyOf(canonical)]: { allOf: schema?.allOf } });
  }
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  ajv.addSchema({ $id: 'http://example.org/all', $defs: shared });

  function accepts(canonical: string, resource: JsonObject): boolean {
    const schema = { $ref: `http://example.org/all#/$defs/${keyOf(canonical)}` };
    const isValid: unknown = ajv.validate(schema, resource);
    return isValid === true;
  }

  it('compiles for every profile of the trial and says what it leaves out', () => {
    for (const url of profiles) {
      const schema = jsonSchema(definitions, terminology, url) as Schema | undefined;
      expect(schema?.$comment).toMatch(/^Not expressed here/);
      expect(shared).toMatchObject(schema?.$defs ?? {});
      expect(typeof ajv.compile({ $ref: `http://example.org/all#/$defs/${keyOf(url)}` })).toBe(
        'function',
      );
    }
  });

  it('stands alone', () => {
    const alone = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    const validate = alone.compile(jsonSchema(definitions, terminology, bp) ?? false);
    expect(validate(bloodPressure())).toBe(true);
  });

  it('refuses nothing that the write path accepts', () => {
    const stricter = mutations.filter(
      ({ resource, issues }) =>
        !issues.some(isError) && !accepts(typeOf(resource), JSON.parse(resource) as JsonObject),
    );
    expect(stricter.map(({ title }) => title)).toEqual([]);
  });

  it('accepts every example of the profiles', () => {
    const folder = new URL('../../../test/cases/profiles/', import.meta.url);
    const refused = readdirSync(folder).flatMap((file) => {
      const url = `https://her2-cart.example.org/fhir/StructureDefinition/${file.replace('.json', '')}`;
      const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Cases;
      return cases.valid.filter(({ resource }) => !accepts(url, resource)).map(({ name }) => name);
    });
    expect(refused).toEqual([]);
  });

  it('refuses most of what the write path refuses', () => {
    const refused = mutations.filter(({ issues }) => issues.some(isError));
    const both = refused.filter(
      ({ resource }) => !accepts(typeOf(resource), JSON.parse(resource) as JsonObject),
    );
    expect(both.length / refused.length).toBeGreaterThan(0.7);
  });

  it('expresses fixed values, units and slices of a profile', () => {
    const good = bloodPressure();
    expect(accepts(bp, good)).toBe(true);
    expect(accepts(bp, { ...good, category: [{ text: 'vital signs' }] })).toBe(false);
    expect(accepts(bp, { ...good, valueString: '120/80' })).toBe(false);
  });

  it('is undefined for what is not known', () => {
    expect(jsonSchema(definitions, terminology, 'http://example.org/nobody')).toBeUndefined();
  });
});

interface Cases {
  readonly valid: readonly { readonly name: string; readonly resource: JsonObject }[];
}

interface Schema {
  readonly $comment: string;
  readonly allOf: readonly unknown[];
  readonly $defs: Readonly<Record<string, unknown>>;
}

function typeOf(resource: string): string {
  return (JSON.parse(resource) as { readonly resourceType: string }).resourceType;
}

/** A name for `$defs` that no type has. */
function keyOf(canonical: string): string {
  return `of-${canonical.replace(/[^A-Za-z0-9]/g, '-')}`;
}

function isError(issue: string): boolean {
  return issue.startsWith('error');
}

function bloodPressure(): JsonObject {
  const quantity = { unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' };
  const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
  const vitalSigns = 'http://terminology.hl7.org/CodeSystem/observation-category';
  const rest = JSON.parse(rules.resources.observation) as Record<string, JsonValue>;
  delete rest['valueQuantity'];
  return {
    ...rest,
    category: [{ coding: [{ system: vitalSigns, code: 'vital-signs' }] }],
    code: loinc('85354-9'),
    component: [
      { code: loinc('8480-6'), valueQuantity: { ...quantity, value: 120 } },
      { code: loinc('8462-4'), valueQuantity: { ...quantity, value: 80 } },
    ],
  };
}

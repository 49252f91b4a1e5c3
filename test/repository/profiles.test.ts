import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ConceptMap, StructureDefinition } from '@medplum/fhirtypes';
import { createTerminology } from '../../src/fhir/definitions/create-terminology.ts';
import { compileFhirPath } from '../../src/fhir/fhirpath/compile.ts';
import { applyJsonPatch } from '../../src/fhir/json-patch.ts';
import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { createValidator } from '../../src/fhir/validate/validate.ts';
import { measurementUnits } from '../../src/trial/measurement-unit.ts';
import { testDefinitions } from '../support/definitions.ts';

/** One finding that a case expects. */
interface Expected {
  readonly rule: string;
  readonly expression: string;
  readonly code: string;
  readonly severity: string;
}

/** A valid resource and the JSON Patch that breaks one rule; `also` are findings that follow from it. */
interface InvalidCase extends Expected {
  readonly name: string;
  readonly base: string;
  readonly patch: readonly JsonObject[];
  readonly also?: readonly Expected[];
}

/** A valid resource, and the profiles that its references demand of their targets, by expression. */
interface ValidCase {
  readonly name: string;
  readonly resource: JsonObject;
  readonly demands?: Readonly<Record<string, readonly string[]>>;
}

interface ProfileCases {
  readonly profile: string;
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}

const directory = join(import.meta.dirname, '../cases/profiles');
const resources = join(import.meta.dirname, '../../profiles/fsh-generated/resources');
const suites: readonly ProfileCases[] = readdirSync(directory)
  .sort()
  .map((file) => ({
    profile: file.replace('.json', ''),
    ...(JSON.parse(readFileSync(join(directory, file), 'utf8')) as Omit<ProfileCases, 'profile'>),
  }));

const definitions = testDefinitions();
const validator = createValidator(definitions, createTerminology(definitions), compileFhirPath);

describe.each(suites)('$profile', ({ profile, valid, invalid }) => {
  it('has at least two valid instances that claim it', () => {
    expect(valid.length).toBeGreaterThanOrEqual(2);
    for (const { resource } of valid) {
      expect(resource).toMatchObject({
        meta: { profile: [expect.stringMatching(`/StructureDefinition/${profile}$`)] },
      });
    }
  });

  it.each(valid)('accepts: $name', ({ resource, demands = {} }) => {
    expect(findings(resource)).toEqual([]);
    expect(demandsOf(resource)).toEqual(demands);
  });

  it.each(invalid)('refuses or warns of: $name', (row) => {
    const base = valid.find(({ name }) => name === row.base);
    const text = applyJsonPatch(JSON.stringify(base?.resource), JSON.stringify(row.patch));
    if (!text.ok) throw new Error(`The patch of ${row.name} does not apply.`);
    const { rule, expression, code, severity, also = [] } = row;
    expect(findings(JSON.parse(text.value) as JsonObject)).toEqual(
      inOrder([{ rule, expression, code, severity }, ...also]),
    );
  });
});

describe('The cases of the profiles', () => {
  it('break each invariant of the guide at least once', () => {
    const broken = new Set(
      suites
        .flatMap(({ invalid }) => invalid.flatMap((row) => [row, ...(row.also ?? [])]))
        .map(({ rule }) => rule),
    );
    const keys = structures().flatMap(({ differential }) =>
      (differential?.element ?? []).flatMap(({ constraint = [] }) =>
        constraint.map(({ key }) => key),
      ),
    );
    expect(keys.filter((key) => key.startsWith('h2c-')).length).toBeGreaterThan(60);
    expect(keys.filter((key) => !broken.has(key))).toEqual([]);
  });

  it('cover each profile but the abstract one', () => {
    const profiles = structures().filter(({ type, abstract }) => type !== 'Extension' && !abstract);
    expect(profiles.map(({ id }) => id).sort()).toEqual(
      suites.map(({ profile }) => profile).sort(),
    );
  });
});

describe('The units of h2c-measurement-unit', () => {
  const map = JSON.parse(
    readFileSync(join(resources, 'ConceptMap-h2c-measurement-unit.json'), 'utf8'),
  ) as ConceptMap;
  const rows = (map.group ?? []).flatMap(({ source, element = [] }) =>
    element.map(({ code = '', target = [] }) => ({
      source: source ?? '',
      code,
      units: target.map((one) => one.code ?? '').sort(),
    })),
  );
  const units = [...new Set(rows.flatMap((row) => row.units))];

  it('are those that the rules read', () => {
    const read = [...measurementUnits].map(([code, of]) => [code, [...of].sort()]);
    expect(Object.fromEntries(read)).toEqual(
      Object.fromEntries(rows.map((row) => [row.code, row.units])),
    );
  });

  it('name the codes of h2c-measurement-vs', () => {
    const valueSet = 'https://her2-cart.example.org/fhir/ValueSet/h2c-measurement-vs';
    const codes =
      createTerminology(definitions)
        .expansion(valueSet)
        ?.map(({ code }) => code) ?? [];
    expect(rows.map(({ code }) => code).sort()).toEqual([...codes].sort());
  });

  it.each(rows)(
    'are the only ones that the profile takes for $code',
    ({ source, code, units: allowed }) => {
      const accepted = units.filter(
        (unit) => findings(measurement(source, code, unit)).length === 0,
      );
      expect(accepted.sort()).toEqual(allowed);
    },
  );
});

/** What is found, without the advice of `dom-6` that every resource gets which has no narrative. */
function findings(resource: JsonObject): readonly Expected[] {
  const found = validator.validateTree(resource).issues;
  return inOrder(
    found
      .filter(({ rule, severity }) => rule !== 'dom-6' && severity !== 'information')
      .map(({ rule = '', expression = [], code, severity }) => ({
        rule,
        expression: expression[0] ?? '',
        code,
        severity,
      })),
  );
}

function demandsOf(resource: JsonObject): Readonly<Record<string, readonly string[]>> {
  const demands = validator.validateTree(resource).references;
  return Object.fromEntries(
    demands
      .filter(({ targetProfiles }) => targetProfiles.length > 0)
      .map(({ expression, targetProfiles }) => [
        expression,
        targetProfiles.map((canonical) => canonical.split('/').at(-1) ?? '').sort(),
      ]),
  );
}

/** Each rule at each place once, however many definitions state it. */
function inOrder(issues: readonly Expected[]): readonly Expected[] {
  const byPlace = new Map(
    issues.map((issue) => [
      [issue.expression, issue.rule, issue.code, issue.severity].join(' '),
      issue,
    ]),
  );
  return [...byPlace].sort(([one], [other]) => one.localeCompare(other)).map(([, issue]) => issue);
}

function structures(): readonly StructureDefinition[] {
  return definitions.added.filter((one) => one.resourceType === 'StructureDefinition');
}

function measurement(system: string, code: string, unit: string): JsonObject {
  const base = suites
    .find(({ profile }) => profile === 'h2c-measurement')
    ?.valid.find(({ name }) => name === 'temperature')?.resource;
  const ucum = { system: 'http://unitsofmeasure.org', code: unit };
  return { ...base, code: { coding: [{ system, code }] }, valueQuantity: { value: 1, ...ucum } };
}

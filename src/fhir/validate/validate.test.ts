import { describe, expect, it } from '@jest/globals';
import differential from '../../../test/cases/validate/differential.json' with { type: 'json' };
import mutations from '../../../test/cases/validate/mutations.json' with { type: 'json' };
import rules from '../../../test/cases/validate/rules.json' with { type: 'json' };
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';
import { createValidator } from './validate.ts';
import type { Validator } from './validator.ts';

describe('validation', () => {
  const validator = createValidator(testR4(), createTerminology(testR4()), compileFhirPath);

  it.each(rules.rows as readonly Row[])('$title', (row) => {
    expect(findings(validator, patched(row), row.profile)).toEqual(row.issues);
  });

  it.each([...mutations, ...differential])('$title', ({ resource, issues }) => {
    expect(findings(validator, JSON.parse(resource) as JsonObject)).toEqual(issues);
  });

  it('reports every reference that leaves the resource, with the types it may have', () => {
    const { references } = validator.validateTree(base('observation'));
    expect(references).toEqual([
      {
        expression: 'Observation.subject',
        reference: 'Patient/p1',
        targetTypes: ['Patient', 'Group', 'Device', 'Location'],
        targetProfiles: [],
        profile: 'http://hl7.org/fhir/StructureDefinition/Observation',
      },
    ]);
  });

  it('keeps the value of a patient out of every message', () => {
    const { issues } = validator.validateTree({
      ...base('patient'),
      birthDate: 'secret',
      gender: 'secret',
    });
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  it('finds the same in a Bundle when it lets others go on between entries', async () => {
    const resources = [...mutations, ...differential].map(({ resource }) => resource);
    const entry = resources.map((text, index) => ({
      fullUrl: `https://example.org/Patient/${index}`,
      resource: JSON.parse(text) as JsonObject,
    }));
    const value = { resourceType: 'Bundle', type: 'document', entry };
    const document = { text: '', value, references: [], numberTexts: new Map() };
    let turns = 0;
    const paced = await validator.validatePaced(document, () => {
      turns += 1;
      return Promise.resolve();
    });
    expect(paced).toEqual(validator.validate(document));
    expect(paced.issues.length).toBeGreaterThan(resources.length);
    expect(turns).toBe(resources.length);
  });

  it('tells 1.0 from a whole number by the text', () => {
    const row = { title: '', base: 'observation', issues: [] };
    const value = patched({ ...row, set: { '/valueInteger': '1' }, remove: ['/valueQuantity'] });
    const numberTexts = new Map([[value, new Map([['valueInteger', '1.0']])]]);
    const { issues } = validator.validate({ text: '', value, references: [], numberTexts });
    expect(issues.map(({ rule }) => rule)).toEqual(['primitive']);
  });

  it('answers hostile text within milliseconds', () => {
    const evil = `${'A'.repeat(100_000)}!`;
    const started = performance.now();
    validator.validateTree({
      ...base('patient'),
      photo: [{ contentType: 'image/png', data: evil }],
      birthDate: evil,
      text: {
        status: 'generated',
        div: `<div xmlns="http://www.w3.org/1999/xhtml"${' '.repeat(100_000)}`,
      },
    });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

interface Row {
  readonly title: string;
  readonly base: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly profile?: string;
  readonly issues: readonly string[];
}

function base(name: string): JsonObject {
  return JSON.parse((rules.resources as Record<string, string>)[name] ?? '') as JsonObject;
}

/** Sets and removes members by JSON Pointer; the row's values are JSON texts. */
function patched(row: Row): JsonObject {
  const tree = base(row.base);
  const at = (pointer: string) => {
    const names = pointer.split('/').slice(1);
    const last = names.pop() ?? '';
    const owner = names.reduce<Tree>((value, name) => value[name] as Tree, tree);
    return { owner, last };
  };
  for (const [pointer, value] of Object.entries(row.set ?? {})) {
    const { owner, last } = at(pointer);
    owner[last] = JSON.parse(value);
  }
  for (const pointer of row.remove ?? []) {
    const { owner, last } = at(pointer);
    if (Array.isArray(owner)) {
      owner.splice(Number(last), 1);
    } else {
      Reflect.deleteProperty(owner, last);
    }
  }
  return tree;
}

type Tree = Record<string, unknown>;

/** Severity, code, rule and place of each issue; notes are left out. */
function findings(validator: Validator, tree: JsonObject, profile?: string): readonly string[] {
  const { issues } = validator.validateTree(tree, profile === undefined ? [] : [profile]);
  return [...new Set(issues.filter(({ severity }) => severity !== 'information').map(line))];
}

function line({ severity, code, rule, expression }: Issue): string {
  return [severity, code, rule, expression?.[0]].join(' ');
}

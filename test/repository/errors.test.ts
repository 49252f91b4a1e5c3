import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { StructureDefinition } from '@medplum/fhirtypes';
import deviations from '../../profiles/fsh-generated/resources/CodeSystem-h2c-deviation.json' with { type: 'json' };
import { failureKinds } from '../../src/fhir/operation-outcome.ts';
import { remarkRules } from '../../src/trial/record-remark.ts';
import { tableAfter } from '../support/markdown.ts';
import { reportedRules } from '../support/reported-rules.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

/** Rules whose key the sources compute, as the page names them. */
const computedRules: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['fixed.name', ['fixed[x]']],
  ['pattern.name', ['pattern[x]']],
  ['stem', ['minValue', 'maxValue']],
  ['key', ['invariant']],
  ["rules.join(', ')", ['deviation']],
  ['remark.rule', remarkRules],
]);

/** Severities that the sources compute, by the rule. */
const computedSeverities: ReadonlyMap<string, readonly string[]> = new Map([
  ['binding', ['by strength']],
  ['invariant', ['error', 'warning']],
]);

/** Rows of rule, codes and severities as the page has them, of all sources in the folders. */
function reportedRows(...folders: readonly string[]): readonly (readonly string[])[] {
  const found = new Map<string, [codes: Set<string>, severities: Set<string>]>();
  for (const reported of folders.flatMap((folder) => reportedRules(join(root, folder)))) {
    for (const rule of computedRules.get(reported.rule) ?? [reported.rule]) {
      const [codes, severities] = found.get(rule) ?? [new Set(), new Set()];
      found.set(rule, [codes, severities]);
      reported.codes.forEach((code) => codes.add(code));
      reported.severities
        .flatMap((one) => (one === 'severity' ? (computedSeverities.get(rule) ?? [one]) : [one]))
        .forEach((one) => severities.add(one));
    }
  }
  return [...found].map(([rule, sets]) => [rule, ...sets.map(listed)]).sort();
}

function listed(names: ReadonlySet<string>): string {
  return [...names].sort().join(', ');
}

function documentedRows(heading: string): readonly (readonly string[])[] {
  return tableAfter(page, heading)
    .map((cells) => cells.slice(0, 3))
    .sort();
}

/** Rows of key, profiles and severity of the rules that the profiles add to their bases. */
function profileRules(): readonly (readonly string[])[] {
  const found = new Map<string, [profiles: Set<string>, severities: Set<string>]>();
  const folder = join(root, 'profiles/fsh-generated/resources');
  for (const file of readdirSync(folder).filter((name) => name.startsWith('StructureDefinition'))) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as StructureDefinition;
    const elements = profile.differential?.element ?? [];
    for (const { key = '', severity = 'error' } of elements.flatMap(
      (one) => one.constraint ?? [],
    )) {
      const [profiles, severities] = found.get(key) ?? [new Set(), new Set()];
      found.set(key, [profiles.add(profile.id ?? ''), severities.add(severity)]);
    }
  }
  return [...found].map(([key, sets]) => [key, ...sets.map(listed)]).sort();
}

interface Mistake {
  readonly name: string;
  readonly fix: string;
  readonly status: number;
  readonly expected: readonly {
    readonly severity: string;
    readonly expression?: string;
    readonly rule?: string;
  }[];
}

/** Rows of name, place, rule and fix as the page has them, of the mistakes that tests send. */
function mistakeRows(): readonly (readonly string[])[] {
  const directory = join(root, 'test/cases/mistakes');
  return readdirSync(directory)
    .sort()
    .flatMap(
      (file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as readonly Mistake[],
    )
    .map(({ name, fix, status, expected }) => {
      const first = expected.find(({ severity }) => severity === 'error');
      return [name, first?.expression ?? '', first?.rule ?? String(status), fix];
    });
}

describe('docs/errors.md', () => {
  it('lists every kind of failure with status, code and severity, and no other', () => {
    expect(tableAfter(page, '## Kinds of failure').map((cells) => cells.slice(0, 4))).toEqual(
      expect.arrayContaining(
        Object.entries(failureKinds).map(([kind, { status, code, severity }]) => [
          kind,
          String(status),
          code,
          severity,
        ]),
      ),
    );
    expect(tableAfter(page, '## Kinds of failure').length).toBe(Object.keys(failureKinds).length);
  });

  it('lists every rule that validation reports with its codes and severities, and no other', () => {
    expect(documentedRows('## Rules of R4 and its profiles')).toEqual(
      reportedRows('src/fhir/validate'),
    );
  });

  it("lists every rule of the trial's profiles with profile and severity, and no other", () => {
    const rows = tableAfter(page, "## Rules of the trial's profiles");
    expect(rows.map((cells) => cells.slice(0, 3)).sort()).toEqual(profileRules());
  });

  it('lists every rule about what is stored, and no other', () => {
    expect(documentedRows('## Rules about what is stored')).toEqual(
      reportedRows('src/rest', 'src/rest/operation'),
    );
  });

  it('lists every deviation from the protocol, and no other', () => {
    const codes = tableAfter(page, '## Deviations from the protocol').map(([code]) => code);
    expect(codes.sort()).toEqual(deviations.concept.map(({ code }) => code).sort());
  });

  it('lists the mistakes that are sent in tests', () => {
    expect(tableAfter(page, '## Mistakes and how to mend them')).toEqual(mistakeRows());
  });

  it('says for each of them what it means and what to do', () => {
    const tables = ['## Rules of R4 and its profiles', '## Rules about what is stored'];
    for (const cells of tables.flatMap((heading) => tableAfter(page, heading))) {
      expect(cells).toHaveLength(5);
      expect(cells.filter((cell) => cell === '')).toEqual([]);
    }
  });
});

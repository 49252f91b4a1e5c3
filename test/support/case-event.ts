import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { codeSystem } from '../../src/trial/canonical.ts';
import { ncit } from '../../src/trial/observation-value.ts';
import { casePatient, caseTime, given, textIn, type CaseRecord } from './case-row.ts';
import { concept, extension } from './subject.ts';

const guide = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';
const seriousness = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness';
const gradeCodes = ['', 'C41338', 'C41339', 'C41340', 'C41337', 'C48275'];

/** A reference and the NCIt code of its relatedness, null when not assessed. */
type Suspect = readonly [reference: string, relatedness: string | null];

/**
 * Returns the adverse event of a row. `suspects` are surely related to the first dose unless given, none
 * at all: []; `criteria` make it serious.
 */
export function caseEvent(row: CaseRecord & { readonly id: string }): Resource {
  const { id, at, detected, actuality = 'actual', recorded = caseTime(at) } = row;
  const isSerious = row['criteria'] !== undefined;
  return given({
    resourceType: 'AdverseEvent',
    id,
    actuality,
    modifierExtension: [{ url: `${guide}status`, valueCode: textIn(row, 'status', 'completed') }],
    event: { text: 'term', coding: termCodings(row) },
    subject: casePatient,
    study: [{ reference: 'ResearchStudy/nct01935843' }],
    date: caseTime(at),
    detected,
    recordedDate: recorded,
    seriousness: concept(seriousness, isSerious ? 'serious' : 'non-serious'),
    extension: extensionsOf(row),
  }) as Resource;
}

function termCodings(row: CaseRecord): readonly JsonObject[] {
  const { local, display } = row;
  const coding = given({ system: ncit, code: textIn(row, 'code', 'C143485'), display });
  return local === undefined
    ? [coding]
    : [coding, { system: codeSystem('ae-term'), code: local as string }];
}

function extensionsOf(row: CaseRecord): readonly JsonObject[] {
  const suspects = (row['suspects'] ?? [
    ['MedicationAdministration/dose-0', 'C53260'],
  ]) as Suspect[];
  const resolved = row['resolved'] as string | number | undefined;
  const of = (url: string, element: string, value: unknown) =>
    value === undefined ? [] : [given({ url, [element]: value })];
  const grade = concept(ncit, gradeCodes[Number(row['grade'] ?? 1)] ?? '');
  return [
    ...of(`${guide}ae-grade`, 'valueCodeableConcept', grade),
    extension('grading-scale', { valueCode: textIn(row, 'scale', 'ctcae-5.0') }),
    ...((row['criteria'] ?? []) as string[]).map(criterion),
    ...suspects.map(suspect),
    ...of(
      `${guide}resolve-date`,
      'valueDateTime',
      resolved === undefined ? undefined : caseTime(resolved),
    ),
    ...of(`${guide}expected-in-research-study`, 'valueBoolean', row['expected']),
    ...of(extension('dlt', {})['url'] as string, 'valueBoolean', row['dlt']),
    ...of(extension('sponsor-awareness', {})['url'] as string, 'valueDateTime', row['aware']),
  ];
}

function criterion(code: string): JsonObject {
  return {
    url: `${guide}seriousness-criteria`,
    extension: [
      { url: 'criterionCode', valueCodeableConcept: concept(ncit, code) },
      { url: 'criterionPresent', valueBoolean: true },
    ],
  };
}

function suspect([reference, relatedness]: Suspect): JsonObject {
  const assessed =
    relatedness === null
      ? []
      : [{ url: 'entityRelatedness', valueCodeableConcept: concept(ncit, relatedness) }];
  return {
    url: `${guide}suspect-entity`,
    extension: [
      { url: 'instance', valueReference: { reference } },
      { url: 'causality', extension: assessed },
    ],
  };
}

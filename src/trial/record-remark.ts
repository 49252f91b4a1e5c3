import type { Resource } from '../fhir/resource.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { codesOf, extensionOf, hasCode, objectsOf, textOf } from './element.ts';
import { dayZero, studyDay } from './infusion.ts';
import { readTime, type TimePoint } from './local-time.ts';
import { measuredValue, snomed } from './observation-value.ts';
import { recordTime, timeOf } from './record-time.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';
import { traffickingAnswer } from './trafficking-answer.ts';

/** What a record says otherwise than the other records of its subject do; it is stored as it is. */
export interface Remark {
  readonly rule: RemarkRule;
  /** FHIRPath of the element. */
  readonly expression: string;
  readonly text: string;
}

/** What is compared. */
export type RemarkRule = (typeof remarkRules)[number];

/** Every `RemarkRule`. */
export const remarkRules = [
  'collection-time',
  'death-date',
  'study-day',
  'trafficking-share',
] as const;

/** Returns where a record, which is among the records of its subject, disagrees with them. */
export function remarksOn(record: TrialRecord, question: Question): readonly Remark[] {
  return [
    ...studyDayRemarks(record, question),
    ...collectionRemarks(record, question),
    ...deathRemarks(record, question),
    ...shareRemarks(record, question),
  ];
}

/** The site's own claim of the study day; what is claimed before the first infusion is not judged. */
function studyDayRemarks(record: TrialRecord, { trial, records }: Question): readonly Remark[] {
  const claimed = extensionOf(record.resource, 'study-day')?.['valueInteger'];
  const date = recordTime(record, records, trial.zone)?.date;
  const day0 = dayZero(records, trial.zone);
  if (claimed === undefined || date === undefined || day0 === undefined) return [];
  const day = studyDay(date, day0);
  if (day === claimed) return [];
  const expression = `${record.resource.resourceType}.extension`;
  return [{ rule: 'study-day', expression, text: `The study day is ${day} by the date.` }];
}

/** The rules go by the collection of the specimen. */
function collectionRemarks(record: TrialRecord, { trial, records }: Question): readonly Remark[] {
  const { resource } = record;
  if (resource.resourceType !== 'Observation') return [];
  const specimen = records.referred(resource['specimen']);
  const collected = specimen === undefined ? undefined : timeOf(specimen.resource, trial.zone);
  if (areSameTime(timeOf(resource, trial.zone), collected)) return [];
  return [
    {
      rule: 'collection-time',
      expression: 'Observation.effective',
      text: 'The specimen was collected at another time; the rules go by its collection.',
    },
  ];
}

/** Of two times at different precision the finer one lies in the other; what is not known agrees. */
function areSameTime(one: TimePoint | undefined, other: TimePoint | undefined): boolean {
  return (
    one === undefined || other === undefined || (one.start < other.end && other.start < one.end)
  );
}

/** The Patient and the vital status must agree on the date of a death. */
function deathRemarks(
  { resource, key }: TrialRecord,
  { trial, records }: Question,
): readonly Remark[] {
  const isPatient = key === records.patient?.key;
  const isDeath = ({ resource: status }: TrialRecord) =>
    hasCode(status['valueCodeableConcept'], snomed, deadCode);
  const deaths = records.of('vital-status').filter(isDeath);
  if (!isPatient && !deaths.some((death) => death.key === key)) return [];
  const deceased = readTime(textOf(records.patient?.resource['deceasedDateTime']), trial.zone);
  const told = isPatient
    ? deaths.map((death) => timeOf(death.resource, trial.zone))
    : [timeOf(resource, trial.zone)];
  if (told.every((time) => areSameTime(time, deceased))) return [];
  return [
    {
      rule: 'death-date',
      expression: isPatient ? 'Patient.deceased' : 'Observation.effective',
      text: 'The Patient and the vital status tell different dates of death.',
    },
  ];
}

const deadCode = '419099009';

/** P16: a share that differs more is said. */
const shareDifferenceMax = 1;

/** A share that a site computed, compared with that of `$trafficking` from the same results. */
function shareRemarks({ resource }: TrialRecord, question: Question): readonly Remark[] {
  const code = codesOf(resource['code']).find(
    ({ system, code: named }) => system === codeSystem('code') && shareCodes.has(named),
  )?.code;
  const share = measuredValue(resource)?.value;
  if (code === undefined || share === undefined) return [];
  const rests = restsOn(resource);
  const recomputed = objectsOf(traffickingAnswer(question)['entry'])
    .map((entry) => entry['resource'] as Resource)
    .filter((one) => hasCode(one['code'], codeSystem('code'), code))
    .find((one) => restsOn(one) === rests);
  const value = recomputed === undefined ? undefined : measuredValue(recomputed)?.value;
  if (value === undefined || Math.abs(value - share) <= shareDifferenceMax) return [];
  const text = `The results give ${value.toFixed(1)} %, as $trafficking answers.`;
  return [{ rule: 'trafficking-share', expression: 'Observation.value', text }];
}

const shareCodes: ReadonlySet<string> = new Set(['trafficking-tumour', 'trafficking-blood']);

/** The result that a share is about: of the tumour, in the Cmax form of the blood. */
function restsOn(share: Resource): string | undefined {
  return referenceKey(objectsOf(share['derivedFrom'])[0]);
}

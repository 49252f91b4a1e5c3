import type { Answer } from './answer.ts';
import {
  asOfDate,
  daysBetween,
  dosesOf,
  firstInfusion,
  happened,
  moment,
  type Moment,
} from './calendar.ts';
import { at, codeIn, codeSystem, extension, extensionUrl, hasCode, loinc, ncit } from './dump.ts';
import { objects, observations, ofType, referenceOf, snomed, text } from './dump.ts';
import type { Dossier, Dump, Line } from './dump.ts';
import { median } from './statistics.ts';

/** `$feasibility`: its counts and days by name. */
export function feasibility(dump: Dump, asOf: number): Answer {
  const { dossiers } = dump;
  const count = (holds: (dossier: Dossier) => boolean) => dossiers.filter(holds).length;
  const doses = dossiers
    .flatMap((dossier) => dosesOf(dossier, dump))
    .filter(({ time }) => time === undefined || time.start <= asOf);
  const notDone = doses.filter(({ line }) => line['status'] === 'not-done');
  const toxic = notDone.filter(({ line }) =>
    objects(line['statusReason']).some((one) => hasCode(one, undefined, 'unacceptable-toxicity')),
  );
  const given = (dossier: Dossier) =>
    dosesOf(dossier, dump).filter(({ isStarted, time }) => isStarted && (time?.start ?? 0) <= asOf);
  const days = dossiers.flatMap((dossier) => daysToInfusion(dossier, dump, asOf) ?? []);
  return new Map([
    ['screened', count(({ subject }) => !String(subject['status']).endsWith('candidate'))],
    ['eligible', count((dossier) => isEligible(dossier, dump, asOf))],
    ['enrolled', count((dossier) => isEnrolled(dossier, asOf))],
    ['apheresed', count((dossier) => isApheresed(dossier, asOf))],
    ['released', count((dossier) => isReleased(dossier, dump, asOf))],
    ['infused', count((dossier) => given(dossier).length > 0)],
    [
      'infusedAll',
      count((dossier) => {
        const first = given(dossier).filter(({ cycle }) => cycle === 1);
        return [0, 1, 2].every((day) => first.some(({ plannedDay }) => plannedDay === day));
      }),
    ],
    ['dosesGiven', doses.filter(({ isStarted }) => isStarted).length],
    ['dosesHeldForToxicity', toxic.length],
    ['dosesNotGivenOther', notDone.length - toxic.length],
    ['median', median(days)],
    ['min', days.length === 0 ? undefined : Math.min(...days)],
    ['max', days.length === 0 ? undefined : Math.max(...days)],
  ]);
}

function enrolmentDate({ subject }: Dossier): Moment | undefined {
  return objects(subject['extension'])
    .filter(({ url }) => url === extensionUrl('progress'))
    .filter((one) => extension(one, 'state')?.['valueCode'] === 'on-study')
    .map((one) => moment(extension(one, 'start')?.['valueDateTime']))[0];
}

function isEnrolled(dossier: Dossier, asOf: number): boolean {
  const isNumbered = extension(dossier.subject, extensionUrl('enrolment-order')) !== undefined;
  return isNumbered && (enrolmentDate(dossier)?.start ?? 0) <= asOf;
}

function isApheresed(dossier: Dossier, asOf: number): boolean {
  return ofType(dossier, 'Procedure').some(
    (line) =>
      line['status'] === 'completed' &&
      hasCode(line['code'], codeSystem('code'), 'leukapheresis') &&
      procedureStart(line) <= asOf,
  );
}

function procedureStart(line: Line): number {
  const time = moment(line['performedDateTime']) ?? moment(at(line, 'performedPeriod', 'start'));
  return time?.start ?? -Infinity;
}

function isReleased(dossier: Dossier, dump: Dump, asOf: number): boolean {
  const own = referenceOf(dossier.subject['individual']);
  return observations(dossier, codeSystem('code'), 'product-release')
    .filter((line) => (happened(line, dump)?.start ?? 0) <= asOf)
    .filter((line) =>
      String(codeIn(line['valueCodeableConcept'], codeSystem('release'))).startsWith('released'),
    )
    .some((line) =>
      objects(line['focus']).some((focus) => {
        const lot = dump.current(referenceOf(focus));
        const donor = extension(lot, extensionUrl('autologous-donor'))?.['valueReference'];
        return referenceOf(donor) === own;
      }),
    );
}

/** From the lot's source apheresis to Day 0. */
function daysToInfusion(dossier: Dossier, dump: Dump, asOf: number): number | undefined {
  const start = firstInfusion(dossier, dump, asOf);
  const lot = dump.current(referenceOf(start?.dose.line['medicationReference']));
  const source = extension(lot, extensionUrl('source-apheresis'))?.['valueReference'];
  const line = dump.current(referenceOf(source));
  const date = (moment(line?.['performedDateTime']) ?? moment(at(line, 'performedPeriod', 'start')))
    ?.date;
  return start === undefined || date === undefined ? undefined : daysBetween(date, start.day0);
}

/** R2 as of the enrolment date, before enrolment as of the moment. */
function isEligible(dossier: Dossier, dump: Dump, asOf: number): boolean {
  const enrolled = enrolmentDate(dossier);
  const gate = enrolled === undefined ? asOf : enrolled.hasTime ? enrolled.start : enrolled.end - 1;
  const when = Math.min(gate, asOf);
  return [
    isHer2Positive(dossier, dump, when),
    isAdvanced(dossier, when),
    isRefractory(dossier, when, ['chemotherapy']),
    isAntibodyRefractory(dossier, when),
    isConsented(dossier, dump, when),
  ].every(Boolean);
}

/** Of several the latest at or before the moment decides. */
function latest(lines: readonly (readonly [line: Line, time: Moment | undefined])[], when: number) {
  return lines
    .filter(([, time]) => time === undefined || time.start <= when)
    .toSorted(([a, timeA], [b, timeB]) => {
      const [one, other] = [timeA?.start ?? -Infinity, timeB?.start ?? -Infinity];
      if (one !== other) return one - other;
      return Date.parse(a.meta.lastUpdated) - Date.parse(b.meta.lastUpdated);
    })
    .at(-1)?.[0];
}

function isHer2Positive(dossier: Dossier, dump: Dump, when: number): boolean {
  const results = observations(dossier, loinc, '48676-1').map(
    (line) => [line, happened(line, dump)] as const,
  );
  return hasCode(latest(results, when)?.['valueCodeableConcept'], undefined, 'POS');
}

function diseaseOf(dossier: Dossier, when: number): Line | undefined {
  const diseases = ofType(dossier, 'Condition')
    .filter((line) => extension(line, extensionUrl('extent')) !== undefined)
    .map((line) => [line, moment(line['recordedDate'])] as const);
  return latest(diseases, when);
}

const tumours = [
  '254837009',
  '427685000',
  '363349007',
  '109841003',
  '93870000',
  '188192002',
  '363443007',
  '363418001',
  '363358000',
];

/** E2 and E5. */
function isAdvanced(dossier: Dossier, when: number): boolean {
  const disease = diseaseOf(dossier, when);
  const extent = extension(disease, extensionUrl('extent'))?.['valueCode'];
  return (
    hasCode(disease?.['clinicalStatus'], undefined, 'active') &&
    hasCode(disease?.['verificationStatus'], undefined, 'confirmed') &&
    ['locally-advanced-unresectable', 'metastatic'].includes(String(extent)) &&
    tumours.some((code) => hasCode(disease?.['code'], snomed, code))
  );
}

function isRefractory(dossier: Dossier, when: number, classes: readonly string[]): boolean {
  return ofType(dossier, 'MedicationStatement').some((line) => {
    const therapy = extension(line, extensionUrl('prior-therapy'));
    const start = moment(at(line, 'effectivePeriod', 'start'))?.start ?? -Infinity;
    return (
      start <= when &&
      classes.includes(text(extension(therapy, 'therapyClass')?.['valueCode']) ?? '') &&
      extension(therapy, 'refractory')?.['valueBoolean'] === true
    );
  });
}

/** PP-02: only where the antibody is licensed, for breast and stomach. */
function isAntibodyRefractory(dossier: Dossier, when: number): boolean {
  const disease = diseaseOf(dossier, when);
  const isLicensed = ['254837009', '427685000', '363349007'].some((code) =>
    hasCode(disease?.['code'], snomed, code),
  );
  return !isLicensed || isRefractory(dossier, when, ['her2-antibody', 'her2-adc']);
}

/** E6: a consent that was active then, for the treatment and its follow-up. */
function isConsented(dossier: Dossier, dump: Dump, when: number): boolean {
  return ofType(dossier, 'Consent').some((line) => {
    const signed = moment(line['dateTime']);
    if (signed === undefined || signed.start > when) return false;
    const end = consentEnd(line, dossier, dump);
    return end === undefined || when <= asOfDate(end) ? !isRefused(line) : false;
  });
}

/** The last date on which a consent was active; undefined while it is. */
function consentEnd(line: Line, { subject }: Dossier, dump: Dump): string | undefined {
  if (line['status'] === 'active') return undefined;
  const versions = dump.versions(`Consent/${line.id}`);
  const lastActive = versions.findLastIndex((one) => one['status'] === 'active');
  if (lastActive === -1) return '0001-01-01';
  const left = objects(subject['extension'])
    .filter(({ url }) => url === extensionUrl('disposition'))
    .filter(
      (one) =>
        hasCode(extension(one, 'reason')?.['valueCodeableConcept'], ncit, 'C49634') ||
        subject['status'] === 'withdrawn',
    )
    .map((one) => text(extension(one, 'date')?.['valueDate']))[0];
  return left ?? moment(versions[lastActive + 1]?.meta.lastUpdated)?.date;
}

function isRefused(line: Line): boolean {
  return objects(at(line, 'provision', 'provision'))
    .filter(({ type }) => type === 'deny')
    .flatMap(({ code }) => objects(code))
    .some((one) => hasCode(one, undefined, 'treatment') || hasCode(one, undefined, 'ltfu-15y'));
}

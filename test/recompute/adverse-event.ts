import { firstInfusion, moment, type Moment } from './calendar.ts';
import {
  at,
  codeIn,
  codeSystem,
  extension,
  extensionUrl,
  guideUrl,
  hasCode,
  ncit,
} from './dump.ts';
import { objects, ofType, referenceOf, text, type Dossier, type Dump, type Line } from './dump.ts';

/** What an adverse event (P22) says. */
export interface Event {
  readonly line: Line;
  readonly onset: Moment | undefined;
  readonly resolved: Moment | undefined;
  readonly grade: number;
  readonly isSerious: boolean;
  readonly isDlt: boolean;
  readonly suspects: readonly Suspect[];
  readonly criteria: ReadonlySet<string>;
  readonly isExpected: boolean | undefined;
}

/** A suspect; `relatedness` is the NCIt code, undefined when not assessed. */
export interface Suspect {
  readonly key: string;
  readonly relatedness: string | undefined;
}

const grades = ['C41338', 'C41339', 'C41340', 'C41337', 'C48275'];

/** Reads an adverse event. */
export function eventOf(line: Line): Event {
  const guide = (name: string) => extension(line, guideUrl(name));
  const grade = codeIn(guide('ae-grade')?.['valueCodeableConcept'], ncit) ?? '';
  return {
    line,
    onset: moment(line['date']),
    resolved: moment(guide('resolve-date')?.['valueDateTime']),
    grade: grades.indexOf(grade) + 1,
    isSerious: hasCode(line['seriousness'], undefined, 'serious'),
    isDlt: extension(line, extensionUrl('dlt'))?.['valueBoolean'] === true,
    suspects: guides(line, 'suspect-entity').map(suspectOf),
    criteria: new Set(
      guides(line, 'seriousness-criteria')
        .filter((one) => extension(one, 'criterionPresent')?.['valueBoolean'] === true)
        .map(
          (one) => codeIn(extension(one, 'criterionCode')?.['valueCodeableConcept'], ncit) ?? '',
        ),
    ),
    isExpected: guide('expected-in-research-study')?.['valueBoolean'] as boolean | undefined,
  };
}

function guides(line: Line, name: string) {
  return objects(line['extension']).filter((one) => one['url'] === guideUrl(name));
}

function suspectOf(entity: unknown): Suspect {
  const causality = extension(entity, 'causality');
  const relatedness = extension(causality, 'entityRelatedness')?.['valueCodeableConcept'];
  return {
    key: referenceOf(extension(entity, 'instance')?.['valueReference']) ?? '',
    relatedness: codeIn(relatedness, ncit),
  };
}

/** The trial's adverse events of a subject, not in error. */
export function eventsOf(dossier: Dossier): readonly Event[] {
  return ofType(dossier, 'AdverseEvent')
    .filter((line) =>
      objects(line['study']).some((one) => referenceOf(one) === 'ResearchStudy/nct01935843'),
    )
    .map(eventOf);
}

const relatedCodes = new Set(['C53258', 'C53259', 'C53260']);

/** "Related in every rule", or not assessed. */
export function isRelated({ relatedness }: Suspect): boolean {
  return relatedness === undefined || relatedCodes.has(relatedness);
}

/** What a suspect is: the product (dose or lot), conditioning, a procedure, or something else. */
export function suspectKind(
  { key }: Suspect,
  dump: Dump,
): 'product' | 'conditioning' | 'procedure' | 'other' {
  const [type] = key.split('/');
  if (type === 'Procedure') return 'procedure';
  if (type === 'Medication') return 'product';
  if (type !== 'MedicationAdministration') return 'other';
  const line = dump.current(key);
  const visit = text(extension(line, extensionUrl('visit'))?.['valueCode']);
  const product = dump.current(referenceOf(line?.['medicationReference']));
  const isInfusion = [line?.['medicationCodeableConcept'], product?.['code']].some((code) =>
    hasCode(code, codeSystem('product'), 'cart-her-2'),
  );
  return !isInfusion && visit === 'LD' ? 'conditioning' : 'product';
}

/** The event's local code, else its CTCAE code. */
export function termCode({ line }: Event): string {
  return codeIn(line['event'], codeSystem('ae-term')) ?? codeIn(line['event'], ncit) ?? '';
}

/** When a subject died, by any record of it; undefined when none says so by the moment. */
export function isDead(dossier: Dossier, asOf: number): boolean {
  const { patient, records, subject } = dossier;
  if (patient?.['deceasedBoolean'] === true) return true;
  const dates = [
    moment(patient?.['deceasedDateTime']),
    ...records
      .filter((line) => hasCode(line['code'], codeSystem('code'), 'vital-status'))
      .filter((line) => hasCode(line['valueCodeableConcept'], undefined, '419099009'))
      .map((line) => moment(line['effectiveDateTime'])),
    ...eventsOf(dossier)
      .filter(({ grade }) => grade === 5)
      .map(({ onset, resolved }) => resolved ?? onset),
    ...objects(subject['extension'])
      .filter((one) => one['url'] === extensionUrl('disposition'))
      .filter((one) => hasCode(extension(one, 'reason')?.['valueCodeableConcept'], ncit, 'C28554'))
      .map((one) => moment(at(extension(one, 'date'), 'valueDate'))),
  ];
  return dates.some((date) => date !== undefined && date.start <= asOf);
}

/** Whether a subject had been infused by the moment. */
export function isInfused(dossier: Dossier, dump: Dump, asOf: number): boolean {
  return firstInfusion(dossier, dump, asOf) !== undefined;
}

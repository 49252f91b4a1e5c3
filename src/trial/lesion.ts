import { isBy } from './as-of.ts';
import { codeSystem } from './canonical.ts';
import type { Question } from './criterion.ts';
import { codesOf, extensionOf, hasCode, objectsOf, textOf } from './element.ts';
import type { LocalDate } from './local-time.ts';
import { codedValue, measured, ncit } from './observation-value.ts';
import { recordTime } from './record-time.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';

/** A lesion as it was named at baseline, or as it appeared. */
export interface Lesion {
  /** `BodyStructure/1` */
  readonly key: string;
  readonly role: string;
  readonly isNodal: boolean;
  readonly label: string;
  /** The codes of its organ; the key of the lesion itself when its site has none. */
  readonly organ: string;
}

/** What one image says of one lesion. */
export interface LesionMeasurement {
  readonly record: TrialRecord;
  readonly lesion: Lesion;
  readonly date: LocalDate;
  /** Longest diameter, of a node the short axis; undefined when it was not measured. */
  readonly millimetres: number | undefined;
  /** `absent`, `present`, `unequivocal-progression` of a lesion that is not measured. */
  readonly status: string | undefined;
}

/** Returns the lesions of a subject in the order of their labels. */
export function lesionsOf({ records }: Pick<Question, 'records'>): readonly Lesion[] {
  return records
    .of('lesion')
    .map(lesionOf)
    .toSorted((a, b) => compareTexts(a.label, b.label) || compareTexts(a.key, b.key));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function lesionOf({ key, resource }: TrialRecord): Lesion {
  const detail = extensionOf(resource, 'lesion');
  const part = (url: string) =>
    objectsOf(detail?.['extension']).find((extension) => extension['url'] === url);
  const sites = codesOf(resource['location']).map(({ system, code }) => `${system}|${code}`);
  return {
    key,
    role: textOf(part('role')?.['valueCode']) ?? '',
    isNodal: part('nodal')?.['valueBoolean'] === true,
    label: textOf(part('label')?.['valueString']) ?? '',
    organ: sites.length === 0 ? key : sites.toSorted().join(),
  };
}

const longestDiameter = 'C96684';
const shortAxis = 'C96685';

/** Returns the measurements of known lesions up to the moment, in the order of their dates. */
export function lesionMeasurements(
  question: Question,
  lesions: readonly Lesion[],
): readonly LesionMeasurement[] {
  const byKey = new Map(lesions.map((lesion) => [lesion.key, lesion]));
  return question.records
    .of('lesion-measurement')
    .flatMap((record) => measurementOf(record, question, byKey))
    .toSorted((a, b) => compareTexts(a.date, b.date) || compareTexts(a.record.key, b.record.key));
}

function measurementOf(
  record: TrialRecord,
  { trial, records, asOf }: Question,
  byKey: ReadonlyMap<string, Lesion>,
): readonly LesionMeasurement[] {
  const { resource } = record;
  const lesion = objectsOf(resource['focus'])
    .map((focus) => byKey.get(referenceKey(focus) ?? ''))
    .find((known) => known !== undefined);
  const time = recordTime(record, records, trial.zone);
  if (lesion === undefined || time?.date === undefined || !isBy(time, asOf)) return [];
  // A node counts by its short axis, everything else by its longest diameter.
  const isSize = hasCode(resource['code'], ncit, lesion.isNodal ? shortAxis : longestDiameter);
  const status = codedValue(resource, codeSystem('lesion-status'));
  const millimetres = isSize ? measured(resource['valueQuantity'])?.value : undefined;
  return [{ record, lesion, date: time.date, millimetres, status }];
}

/** Returns the records that a record names as those it was derived from. */
export function derivedFromKeys(record: TrialRecord): ReadonlySet<string> {
  const keys = objectsOf(record.resource['derivedFrom']).map(referenceKey);
  return new Set(keys.filter((key) => key !== undefined));
}

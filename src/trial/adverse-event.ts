import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem, valueSet } from './canonical.ts';
import { codesOf, extensionOf, hasCode, objectsOf, textOf } from './element.ts';
import { readTime, type LocalDate, type TimePoint, type Zone } from './local-time.ts';
import { ncit } from './observation-value.ts';
import { referenceKey, type SubjectRecords, type TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';

/** An adverse event as the rules read it. */
export interface AdverseEvent {
  readonly record: TrialRecord;
  readonly onset: TimePoint | undefined;
  readonly resolved: TimePoint | undefined;
  /** 1 to 5; undefined when the grade is none of them. */
  readonly grade: number | undefined;
  readonly isSerious: boolean;
  readonly isDoseLimiting: boolean;
  readonly suspects: readonly Suspect[];
}

/** What is suspected, and how strongly; `relatedness` is a code of NCIt, undefined when not assessed. */
export interface Suspect {
  readonly key: string;
  readonly relatedness: string | undefined;
}

const guide = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/';

/** The grades of NCIt, whose codes do not sort like them. */
const gradeCodes: ReadonlyMap<string, number> = new Map([
  ['C41338', 1],
  ['C41339', 2],
  ['C41340', 3],
  ['C41337', 4],
  ['C48275', 5],
]);

const notRelated = 'C53256';
const relatedCodes: ReadonlySet<string> = new Set(['C53258', 'C53259', 'C53260']);

/** Returns the actual adverse events of a subject, in the order of creation. */
export function adverseEventsOf(records: SubjectRecords, zone: Zone): readonly AdverseEvent[] {
  return records
    .of('adverse-event')
    .filter(({ resource }) => resource['actuality'] === 'actual')
    .map((record) => adverseEvent(record, zone));
}

/** Returns what an AdverseEvent says. */
export function adverseEvent(record: TrialRecord, zone: Zone): AdverseEvent {
  const { resource } = record;
  const grade = codesOf(guideExtension(resource, 'ae-grade')?.['valueCodeableConcept'])
    .map(({ code }) => gradeCodes.get(code))
    .find((known) => known !== undefined);
  const resolved = guideExtension(resource, 'resolve-date');
  return {
    record,
    onset: readTime(textOf(resource['date']), zone),
    resolved: readTime(
      textOf(resolved?.['valueDateTime']) ?? textOf(resolved?.['valueDate']),
      zone,
    ),
    grade,
    isSerious: hasCode(resource['seriousness'], seriousness, 'serious'),
    isDoseLimiting: extensionOf(resource, 'dlt')?.['valueBoolean'] === true,
    suspects: suspectsOf(resource),
  };
}

const seriousness = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness';

/** Returns the first extension of the adverse event guide with the name. */
export function guideExtension(element: JsonObject, name: string): JsonObject | undefined {
  return objectsOf(element['extension']).find(({ url }) => url === guide + name);
}

function suspectsOf(resource: Resource): readonly Suspect[] {
  return objectsOf(resource['extension'])
    .filter(({ url }) => url === `${guide}suspect-entity`)
    .flatMap((entity) => {
      const parts = objectsOf(entity['extension']);
      const instance = parts.find(({ url }) => url === 'instance');
      const key = referenceKey(instance?.['valueReference']);
      const causality = parts.find(({ url }) => url === 'causality');
      const relatedness = objectsOf(causality?.['extension']).find(
        ({ url }) => url === 'entityRelatedness',
      );
      const code = codesOf(relatedness?.['valueCodeableConcept']).find(
        ({ system }) => system === ncit,
      );
      return key === undefined ? [] : [{ key, relatedness: code?.code }];
    });
}

/** Returns whether a suspect counts as related: possibly or stronger, or not assessed. */
export function isRelated({ relatedness }: Suspect): boolean {
  return relatedness === undefined || relatedCodes.has(relatedness);
}

/** Returns whether an event is related to the treatment: a dose, the product, or conditioning. */
export function isTreatmentRelated({ suspects }: AdverseEvent): boolean {
  if (suspects.length === 0) return true;
  return suspects.some((suspect) => isTreatment(suspect.key) && isRelated(suspect));
}

/** Returns whether an event is judged unrelated to all that is suspected. */
export function isJudgedUnrelated({ suspects }: AdverseEvent): boolean {
  return suspects.length > 0 && suspects.every(({ relatedness }) => relatedness === notRelated);
}

function isTreatment(key: string): boolean {
  return key.startsWith('MedicationAdministration/') || key.startsWith('Medication/');
}

/** Returns when an event began: of one whose month alone is known Day 0, else the first of the month. */
export function onsetDate(onset: TimePoint, day0: LocalDate | undefined): LocalDate {
  if (onset.date !== undefined) return onset.date;
  const isInside = day0?.startsWith(onset.text) === true;
  return isInside ? day0 : `${onset.text}-01-01`.slice(0, 10);
}

/** The groups of terms that rules distinguish. */
export type TermGroup =
  | 'crs'
  | 'icans'
  | 'pulmonary'
  | 'cardiac'
  | 'troponin'
  | 'infusion-reaction'
  | 'anemia-platelets'
  | 'haematological'
  | 'other';

const codesOfGroup: readonly (readonly [group: TermGroup, codes: readonly string[]])[] = [
  ['crs', ['C143394']],
  ['infusion-reaction', ['C143583', 'C143282']],
  ['troponin', ['C143353', 'C143354']],
  ['anemia-platelets', ['C143283', 'C143764']],
];

const groupOfLocal: ReadonlyMap<string, TermGroup> = new Map([
  ['icans', 'icans'],
  ['on-target-pulmonary', 'pulmonary'],
  ['on-target-cardiac', 'cardiac'],
]);

const groupsBySet: readonly (readonly [group: TermGroup, name: string])[] = [
  ['pulmonary', 'ae-pulmonary-vs'],
  ['cardiac', 'ae-cardiac-vs'],
  ['haematological', 'ae-haem-vs'],
];

/** Returns the group of an event's term; the local term decides before the CTCAE term. */
export function termGroup(
  { record }: AdverseEvent,
  { terminology }: Pick<Trial, 'terminology'>,
): TermGroup {
  const codings = codesOf(record.resource['event']);
  const local = codings
    .filter(({ system }) => system === codeSystem('ae-term'))
    .map(({ code }) => groupOfLocal.get(code))
    .find((group) => group !== undefined);
  if (local !== undefined) return local;
  const terms = codings.filter(({ system }) => system === ncit).map(({ code }) => code);
  const named = codesOfGroup.find(([, codes]) => terms.some((code) => codes.includes(code)));
  if (named !== undefined) return named[0];
  const listed = groupsBySet.find(([, name]) =>
    terms.some((code) => terminology.membership(valueSet(name), ncit, code) === 'in'),
  );
  return listed?.[0] ?? 'other';
}

/** Returns whether a criterion of seriousness with the code is present. */
export function hasCriterion(resource: Resource, code: string): boolean {
  return objectsOf(resource['extension'])
    .filter(({ url }) => url === `${guide}seriousness-criteria`)
    .some((criterion) => {
      const parts = objectsOf(criterion['extension']);
      const named = parts.find(({ url }) => url === 'criterionCode');
      const present = parts.find(({ url }) => url === 'criterionPresent');
      const concept = named?.['valueCodeableConcept'];
      return (
        isJsonObject(concept) && hasCode(concept, ncit, code) && present?.['valueBoolean'] !== false
      );
    });
}

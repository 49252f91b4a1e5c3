import {
  adverseEventsOf,
  isRelated,
  onsetDate,
  type AdverseEvent,
  type Suspect,
} from './adverse-event.ts';
import { isBy } from './as-of.ts';
import type { Question } from './criterion.ts';
import { infusedBy, type Infused } from './infused.ts';
import { studyDay } from './infusion.ts';
import type { SubjectRecords } from './subject-records.ts';

/** An adverse event that counts for the primary endpoint, and what it is related to. */
export interface SafetyEvent {
  readonly event: AdverseEvent;
  readonly grade: number;
  readonly isProductRelated: boolean;
  /** Whether the investigator has yet to say what it is related to. */
  readonly isQuery: boolean;
}

/** The adverse events of one infused subject. */
export interface SubjectSafety {
  readonly infused: Infused;
  readonly records: SubjectRecords;
  /** Study-related, with onset from Day 0 to the horizon. */
  readonly events: readonly SafetyEvent[];
  /** Related to a procedure, with onset before Day 0. */
  readonly preInfusion: readonly AdverseEvent[];
}

/** Returns the study-related events of a subject; undefined before the first infusion. */
export function subjectSafety(question: Question): SubjectSafety | undefined {
  const infused = infusedBy(question);
  if (infused === undefined) return undefined;
  const { trial, records, asOf } = question;
  const horizonDays = trial.parameters.number('PP-04');
  const conditioning = new Set(records.of('lymphodepletion').map(({ key }) => key));
  const known = adverseEventsOf(records, trial.zone).flatMap((event) => {
    if (event.onset === undefined || !isBy(event.onset, asOf)) return [];
    return { event, day: studyDay(onsetDate(event.onset, infused.day0), infused.day0) };
  });
  return {
    infused,
    records,
    events: known
      .filter(({ day }) => day >= 0 && day <= horizonDays)
      .flatMap(({ event }) => safetyEvent(event, conditioning)),
    preInfusion: known
      .filter(({ day }) => day < 0)
      .map(({ event }) => event)
      .filter(({ suspects }) => suspects.some((one) => isProcedure(one) && isRelated(one))),
  };
}

function safetyEvent(
  event: AdverseEvent,
  conditioning: ReadonlySet<string>,
): readonly SafetyEvent[] {
  const { suspects, grade } = event;
  const related = suspects.filter((suspect) => isOfStudy(suspect) && isRelated(suspect));
  // With nothing suspected at all the product is.
  const isAssumed = suspects.length === 0;
  if (grade === undefined || (related.length === 0 && !isAssumed)) return [];
  const isProductRelated = related.some(({ key }) => isProduct(key) && !conditioning.has(key));
  const isQuery = isAssumed || suspects.some(({ relatedness }) => relatedness === undefined);
  return [{ event, grade, isProductRelated: isProductRelated || isAssumed, isQuery }];
}

function isProduct(key: string): boolean {
  return key.startsWith('MedicationAdministration/') || key.startsWith('Medication/');
}

function isProcedure({ key }: Suspect): boolean {
  return key.startsWith('Procedure/');
}

function isOfStudy(suspect: Suspect): boolean {
  return isProduct(suspect.key) || isProcedure(suspect);
}

import { replaceValue, setMember, spanOf } from '../fhir/json-text.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { objectsOf } from './element.ts';
import type { Deviation } from './deviation.ts';
import { orderOf } from './enrolment.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';

/** Returns the text of the group of all enrolled with the members of the patients inactive. */
export function withInactive(text: string, patients: ReadonlySet<string>): string {
  const members = objectsOf((JSON.parse(text) as JsonObject)['member']);
  return members.reduce((next, member, index) => {
    const patient = referenceKey(member['entity']);
    if (patient === undefined || !patients.has(patient) || member['inactive'] === true) return next;
    const path = ['member', index, 'inactive'];
    return spanOf(next, path) === undefined
      ? setMember(next, ['member', index], 'inactive', 'true')
      : replaceValue(next, path, 'true');
  }, text);
}

/** Returns whether a subject leaves the group: it is deleted (`next` undefined), or withdraws. */
export function leavesGroup(before: TrialRecord, next: Resource | undefined): boolean {
  return orderOf(before) !== undefined && (next === undefined || next['status'] === 'withdrawn');
}

/** Returns the hole that the deletion of an enrolled subject leaves: its number stays used. */
export function orderGap(deleted: TrialRecord): Deviation {
  return {
    code: 'order-gap',
    rules: ['R1/order'],
    severity: 'low',
    subject: deleted.key,
    patient: referenceKey(deleted.resource['individual']) ?? '',
    implicated: [`${deleted.key}/_history/${deleted.versionId}`],
    about: deleted.key,
    detail: `The subject with order number ${orderOf(deleted) ?? 0} was deleted; the number is not used again.`,
    discovery: 'prospective',
  };
}

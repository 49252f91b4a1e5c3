import { isSameJson } from '../fhir/json-same.ts';
import { insertItem, setMember, spanOf, type JsonPath } from '../fhir/json-text.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../fhir/json/json-value.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile, sid } from '../trial/canonical.ts';
import { objectsOf } from '../trial/element.ts';
import { expressionOf } from './reference-links.ts';
import { isServerId, localTarget } from './reference-local.ts';
import { statusIssues } from './status-transition.ts';

/** A client's write of a record that has elements of the server: the record's profile, before and after. */
export interface OwnedWrite {
  /** The last part of the canonical of the demanded profile, `h2c-subject`. */
  readonly profile: string;
  /** Undefined when nothing is stored under the id. */
  readonly current: Resource | undefined;
  /** Undefined for a deletion. */
  readonly next: Resource | undefined;
  readonly id: string;
  /** The client chose the id (an update that creates). */
  readonly isClientId: boolean;
  readonly baseUrl: string;
}

/**
 * Returns the text of a ResearchSubject with those elements of the server that the client left out
 * taken from the current version as they are.
 */
export function carryOwned(current: string, next: string): string {
  const [before, after] = [JSON.parse(current) as Resource, JSON.parse(next) as Resource];
  return ownedElements.reduce((text, element) => {
    if (element.pathsIn(after).length > 0) return text;
    return element
      .pathsIn(before)
      .reduce((carried, path) => copyElement(current, carried, path), text);
  }, next);
}

/**
 * Returns what a client may not write: elements of a subject that are the server's or immutable, the
 * id of a trial Patient, and anything but the mitigation of a deviation, a schedule or the enrolled group.
 */
export function ownedIssues(write: OwnedWrite): readonly Issue[] {
  return rules[write.profile]?.(write) ?? [];
}

const rules: Readonly<Record<string, (write: OwnedWrite) => readonly Issue[]>> = {
  'h2c-subject': subjectIssues,
  'h2c-patient': patientIssues,
  'h2c-deviation': (write) => readOnlyIssues(write, ['mitigation']),
  'h2c-subject-schedule': (write) => readOnlyIssues(write, []),
  'h2c-enrolled-group': (write) => readOnlyIssues(write, []),
};

/** An element of a subject that the server writes: where a resource has it. */
interface OwnedElement {
  readonly name: string;
  pathsIn(resource: Resource): readonly JsonPath[];
}

const ownedElements: readonly OwnedElement[] = [
  {
    name: 'the subject number',
    pathsIn: itemPaths('identifier', 'system', sid('subject-number')),
  },
  { name: 'the order number', pathsIn: itemPaths('extension', 'url', profile('enrolment-order')) },
  { name: 'the progress', pathsIn: itemPaths('extension', 'url', profile('progress')) },
  {
    name: 'the assigned arm',
    pathsIn: (resource) => (resource['assignedArm'] === undefined ? [] : [['assignedArm']]),
  },
];

function itemPaths(member: string, key: string, value: string): OwnedElement['pathsIn'] {
  return (resource) => {
    const items: JsonValue | undefined = resource[member];
    if (!Array.isArray(items)) return [];
    return (items as JsonArray).flatMap((item, index) =>
      isJsonObject(item) && item[key] === value ? [[member, index]] : [],
    );
  };
}

function copyElement(from: string, to: string, path: JsonPath): string {
  const span = spanOf(from, path);
  const [member, index] = path;
  if (span === undefined || typeof member !== 'string') return to;
  const value = from.slice(span.start, span.end);
  if (index === undefined) return setMember(to, [], member, value);
  if (spanOf(to, [member]) === undefined) return setMember(to, [], member, `[${value}]`);
  return insertItem(to, [member], lengthOf(to, member), value);
}

function lengthOf(text: string, member: string): number {
  return objectsOf((JSON.parse(text) as JsonObject)[member]).length;
}

function subjectIssues({ current, next, baseUrl }: OwnedWrite): readonly Issue[] {
  if (next === undefined) return [];
  const owned = ownedElements.flatMap((element) => {
    const paths = element.pathsIn(next);
    if (paths.length === 0) return [];
    const before =
      current === undefined ? [] : element.pathsIn(current).map((path) => at(current, path));
    const after = paths.map((path) => at(next, path));
    const isSame =
      before.length === after.length && before.every((item, n) => isSameJson(item, after[n]));
    const text =
      current === undefined
        ? `Only the server sets ${element.name}; leave it out.`
        : `Only the server changes ${element.name}; leave it out or send it as it is stored.`;
    return isSame ? [] : [refusal(text, expressionOf('ResearchSubject', paths[0] ?? []))];
  });
  return [
    ...owned,
    ...immutableIssues(current, next, baseUrl),
    ...individualIssues(next, baseUrl),
    ...statusIssues(current, next),
  ];
}

function immutableIssues(
  current: Resource | undefined,
  next: Resource,
  baseUrl: string,
): readonly Issue[] {
  if (current === undefined) return [];
  return ['study', 'individual']
    .filter((name) => targetName(current[name], baseUrl) !== targetName(next[name], baseUrl))
    .map((name) => refusal(`A subject's ${name} never changes.`, `ResearchSubject.${name}`));
}

function individualIssues(next: Resource, baseUrl: string): readonly Issue[] {
  const individual = next['individual'];
  const reference = isJsonObject(individual) ? individual['reference'] : undefined;
  const key = typeof reference === 'string' ? localTarget(reference, baseUrl) : undefined;
  return key?.type === 'Patient' && !isServerId(key.id)
    ? [
        refusal(
          "A subject's Patient has an id that this server assigned; create the Patient with POST.",
          'ResearchSubject.individual',
        ),
      ]
    : [];
}

function patientIssues({ current, next, id, isClientId }: OwnedWrite): readonly Issue[] {
  const isChosen = next !== undefined && ((current === undefined && isClientId) || !isServerId(id));
  return isChosen
    ? [
        refusal(
          'The id of a Patient of the trial is assigned by the server: use POST.',
          'Patient.id',
        ),
      ]
    : [];
}

/** Compares everything but id, meta and what a client may change. */
function readOnlyIssues({ current, next }: OwnedWrite, free: readonly string[]): readonly Issue[] {
  const type = (next ?? current)?.resourceType ?? 'Resource';
  if (current === undefined || next === undefined) {
    const verb = next === undefined ? 'deletes' : 'creates';
    return [refusal(`Only the server ${verb} this ${type}.`, type)];
  }
  const names = new Set([...Object.keys(current), ...Object.keys(next)]);
  return [...names]
    .filter((name) => !['id', 'meta', ...free].includes(name))
    .filter((name) => !isSameJson(current[name], next[name]))
    .map((name) => refusal(`Only the server changes this element.`, `${type}.${name}`));
}

function targetName(reference: JsonValue | undefined, baseUrl: string): string | undefined {
  const text = isJsonObject(reference) ? reference['reference'] : undefined;
  if (typeof text !== 'string') return undefined;
  const key = localTarget(text, baseUrl);
  return key === undefined ? text : `${key.type}/${key.id}`;
}

function at(resource: Resource, path: JsonPath): JsonValue | undefined {
  const [member = '', index] = path;
  const value = resource[member];
  return typeof index === 'number' && Array.isArray(value) ? (value as JsonArray)[index] : value;
}

function refusal(text: string, expression: string): Issue {
  return {
    severity: 'error',
    code: 'business-rule',
    text,
    expression: [expression],
    rule: 'server-owned',
  };
}

import { createHash } from 'node:crypto';
import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codeSystem, profile, sid } from './canonical.ts';
import type { Question } from './criterion.ts';
import { versionedReference, type TrialRecord } from './subject-records.ts';
import { traffickingOf, type BloodShare, type TraffickingPair } from './trafficking.ts';
import { ucum } from './trial-parameters.ts';

/** Returns the answer of `$trafficking`: a collection of P16 Observations, none of which is stored. */
export function traffickingAnswer(question: Question): Resource {
  const { pairs, bloodShares } = traffickingOf(question);
  const observations = [
    ...pairs.flatMap(pairObservations),
    ...bloodShares.flatMap(cmaxObservation),
  ];
  return {
    resourceType: 'Bundle',
    type: 'collection',
    ...(observations.length > 0 ? { entry: observations.map(entryOf) } : {}),
  };
}

type TraffickingCode = 'trafficking-tumour' | 'trafficking-blood';
type Reason = 'not-applicable' | 'unknown';

/** One Observation before it is written as FHIR. */
interface Share {
  readonly code: TraffickingCode;
  /** Of whom, when: the tumour result, in the Cmax form the blood result. */
  readonly focal: TrialRecord;
  readonly effective: string;
  readonly method: string;
  /** %, or why there is none. */
  readonly value: number | Reason;
  readonly components: readonly JsonObject[];
  readonly derivedFrom: readonly TrialRecord[];
}

const concentration = '{copies}/ug';

function pairObservations({ tumour, blood }: TraffickingPair): readonly Resource[] {
  const { record, collected, method, value: inTumour } = tumour;
  const common = { focal: record, effective: collected.text, method };
  const tumourPart = component('tumour-concentration', inTumour, concentration);
  if (blood === undefined) {
    const components = [component('blood-concentration', 'unknown', concentration), tumourPart];
    return [
      observation({
        ...common,
        code: 'trafficking-tumour',
        value: 'unknown',
        components,
        derivedFrom: [record],
      }),
    ];
  }
  const total = inTumour + blood.value;
  const share = (part: number) => (total === 0 ? 'not-applicable' : (100 * part) / total);
  const components = [
    component('blood-concentration', blood.value, concentration),
    tumourPart,
    ...(blood.value === 0
      ? []
      : [component('trafficking-ratio', inTumour / blood.value, '{ratio}')]),
  ];
  const derivedFrom = [record, ...blood.records];
  const both = { ...common, components, derivedFrom };
  return [
    observation({ ...both, code: 'trafficking-tumour', value: share(inTumour) }),
    observation({ ...both, code: 'trafficking-blood', value: share(blood.value) }),
  ];
}

function cmaxObservation({ method, blood, cmax }: BloodShare): readonly Resource[] {
  const [focal] = blood.records;
  if (focal === undefined) return [];
  return [
    observation({
      code: 'trafficking-blood',
      focal,
      effective: blood.collected,
      method,
      value: cmax === undefined ? 'not-applicable' : (100 * blood.value) / cmax,
      components: [
        component('blood-concentration', blood.value, concentration),
        ...(cmax === undefined ? [] : [component('blood-cmax', cmax, concentration)]),
      ],
      derivedFrom: blood.records,
    }),
  ];
}

function observation(share: Share): Resource {
  const { code, focal, value } = share;
  return {
    resourceType: 'Observation',
    meta: { profile: [profile('trafficking')] },
    identifier: [{ system: sid('trafficking'), value: `${focal.resource.id ?? ''}:${code}` }],
    status: 'final',
    category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
    code: concept(codeSystem('code'), code),
    ...(focal.resource['subject'] === undefined ? {} : { subject: focal.resource['subject'] }),
    effectiveDateTime: share.effective,
    ...valueOrReason(value, '%'),
    method: concept(codeSystem('pcr-method'), share.method),
    derivedFrom: share.derivedFrom.map(versionedReference),
    component: share.components,
  };
}

function component(code: string, value: number | Reason, unit: string): JsonObject {
  return { code: concept(codeSystem('code'), code), ...valueOrReason(value, unit) };
}

function valueOrReason(value: number | Reason, unit: string): JsonObject {
  return typeof value === 'number'
    ? { valueQuantity: ucum(value, unit) }
    : {
        dataAbsentReason: concept(
          'http://terminology.hl7.org/CodeSystem/data-absent-reason',
          value,
        ),
      };
}

function concept(system: string, code: string): JsonObject {
  return { coding: [{ system, code }] };
}

/** The same Observation has the same address whenever it is asked for. */
function entryOf(resource: Resource): JsonObject {
  const digest = createHash('sha256').update(JSON.stringify(resource['identifier'])).digest('hex');
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ];
  return { fullUrl: `urn:uuid:${parts.join('-')}`, resource };
}

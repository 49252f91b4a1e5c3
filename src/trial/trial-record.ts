import type { Terminology } from '../fhir/definitions/terminology.ts';
import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { codesOf, extensionOf, hasCode, objectsOf, stringsOf, textOf } from './element.ts';
import { codeSystem, profile, protocolPlan, sid, studyReference, valueSet } from './canonical.ts';

/**
 * Returns the profile that this server demands of a resource because of what it is; undefined for one
 * that is no record of the trial by its content. Reads only the resource's own content.
 *
 * A MedicationAdministration whose medication is a reference is a record when that Medication is the
 * product, which only the planner can see: `isProduct` tells.
 */
export function demandedProfile(resource: Resource, terminology: Terminology): string | undefined {
  const name = rows[resource.resourceType]?.(resource, terminology);
  return name === undefined ? undefined : profile(name);
}

/** Returns whether a resource is a record of the trial: it claims one of its profiles, or is demanded one. */
export function isTrialRecord(resource: Resource, terminology: Terminology): boolean {
  return claimsTrialProfile(resource) || demandedProfile(resource, terminology) !== undefined;
}

/** Returns whether `meta.profile` names a profile of the trial. */
export function claimsTrialProfile(resource: Resource): boolean {
  return stringsOf(resource.meta?.profile).some((canonical) => canonical.startsWith(profile('')));
}

/** Returns whether a Medication is CART-HER-2. */
export function isProduct(medication: JsonObject): boolean {
  return hasCode(medication['code'], codeSystem('product'), 'cart-her-2');
}

type Row = (resource: Resource, terminology: Terminology) => string | undefined;

const rows: Readonly<Record<string, Row>> = {
  ResearchStudy: (it) =>
    objectsOf(it['identifier']).some((one) => one['value'] === 'NCT01935843') ? 'study' : undefined,
  ResearchSubject: (it) => (isOfStudy(it) ? 'subject' : undefined),
  AdverseEvent: (it) => (isOfStudy(it) ? 'adverse-event' : undefined),
  Patient: (it) =>
    objectsOf(it['identifier']).some((one) => textOf(one['system'])?.startsWith(sid('')))
      ? 'patient'
      : undefined,
  Consent: (it) =>
    objectsOf(it['policy']).some((one) => textOf(one['uri'])?.startsWith('urn:h2c:icf:'))
      ? 'consent'
      : undefined,
  Condition: withExtension('extent', 'disease'),
  MedicationStatement: withExtension('prior-therapy', 'prior-therapy'),
  Specimen: withExtension('visit', 'specimen'),
  BodyStructure: withExtension('lesion', 'lesion'),
  Procedure: (it) =>
    hasCode(it['code'], codeSystem('code'), 'leukapheresis') ||
    hasCode(it['code'], codeSystem('code'), 'tumour-biopsy')
      ? 'procedure'
      : undefined,
  Medication: (it) => (isProduct(it) ? 'product' : undefined),
  MedicationAdministration: (it) => {
    if (hasCode(it['medicationCodeableConcept'], codeSystem('product'), 'cart-her-2')) {
      return 'infusion';
    }
    return extensionOf(it, 'visit')?.['valueCode'] === 'LD' ? 'lymphodepletion' : undefined;
  },
  Observation: observation,
  Encounter: (it) =>
    objectsOf(it['type']).some((type) => hasCode(type, codeSystem('visit')))
      ? 'study-visit'
      : undefined,
  DetectedIssue: (it) => (hasCode(it['code'], codeSystem('deviation')) ? 'deviation' : undefined),
  Group: (it) => (it.id === 'enrolled' ? 'enrolled-group' : undefined),
  CarePlan: (it) =>
    stringsOf(it['instantiatesCanonical']).some((plan) => plan.split('|')[0] === protocolPlan)
      ? 'subject-schedule'
      : undefined,
};

const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
const loinc = 'http://loinc.org';

/** Codes of this trial and of NCIt that decide the profile of an Observation. */
const observationCodes: readonly (readonly [system: string, code: string, name: string])[] = [
  [codeSystem('code'), 'product-release', 'product-release'],
  [codeSystem('code'), 'persist-tcrz-cd137', 'persistence'],
  [codeSystem('code'), 'persist-tcrz', 'persistence'],
  [codeSystem('code'), 'trafficking-tumour', 'trafficking'],
  [codeSystem('code'), 'trafficking-blood', 'trafficking'],
  [codeSystem('code'), 'host-ab-anti-murine-her2', 'host-immunity'],
  [codeSystem('code'), 'host-hama', 'host-immunity'],
  [codeSystem('code'), 'host-cell-elispot', 'host-immunity'],
  [codeSystem('code'), 'tcell-subsets', 'tcell-subsets'],
  [codeSystem('code'), 'crs-grade', 'ie-toxicity'],
  [codeSystem('code'), 'icans-grade', 'ie-toxicity'],
  [codeSystem('code'), 'rcl-blood', 'rcl'],
  [codeSystem('code'), 'vital-status', 'vital-status'],
  ...['C96684', 'C96685', 'C96643'].map((code) => [ncit, code, 'lesion-measurement'] as const),
  ...['C96613', 'C94534', 'C94535', 'C103420', 'C94536'].map(
    (code) => [ncit, code, 'response'] as const,
  ),
];

const profileByCode: ReadonlyMap<string, string> = new Map(
  observationCodes.map(([system, code, name]) => [`${system}|${code}`, name]),
);

/** The local codes and those of NCIt decide alone; LOINC's, which everybody uses, only with a visit. */
function observation(resource: Resource, terminology: Terminology): string | undefined {
  const codings = codesOf(resource['code']);
  for (const { system, code } of codings) {
    const name = profileByCode.get(`${system}|${code}`);
    if (name !== undefined) return name;
  }
  if (extensionOf(resource, 'visit') === undefined) return undefined;
  const listed = codings.filter(
    ({ system, code }) =>
      special.has(`${system}|${code}`) ||
      terminology.membership(valueSet('measurement-vs'), system, code) === 'in',
  );
  const first = listed[0];
  return first === undefined
    ? undefined
    : (special.get(`${first.system}|${first.code}`) ?? 'measurement');
}

const special: ReadonlyMap<string, string> = new Map([
  [`${loinc}|48676-1`, 'her2-status'],
  [`${loinc}|89247-1`, 'ecog'],
]);

function withExtension(extension: string, name: string): Row {
  return (resource) => (extensionOf(resource, extension) === undefined ? undefined : name);
}

/** `study` is one reference of a ResearchSubject and a list of an AdverseEvent; it may be absolute or versioned. */
function isOfStudy(resource: Resource): boolean {
  const study = resource['study'];
  const references = Array.isArray(study) ? objectsOf(study) : isJsonObject(study) ? [study] : [];
  return references.some((one) => {
    const reference = textOf(one['reference'])?.split('/_history/')[0];
    return reference === studyReference || reference?.endsWith(`/${studyReference}`) === true;
  });
}

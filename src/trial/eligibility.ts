import { codeSystem, valueSet } from './canonical.ts';
import type { Criterion, CriterionState, Question } from './criterion.ts';
import { consentAt, refusedItems } from './consent.ts';
import { advisoryCriteria } from './eligibility-advisory.ts';
import { codesOf, extensionOf, hasCode, objectsOf, textOf } from './element.ts';
import { latestBy } from './latest.ts';
import {
  codedValue,
  componentOf,
  interpretation,
  loinc,
  measuredValue,
} from './observation-value.ts';
import { timeOf } from './record-time.ts';
import type { TrialRecord } from './subject-records.ts';
import type { Trial } from './trial.ts';

/** What was found about a subject. */
export interface Eligibility {
  readonly overall: 'eligible' | 'ineligible' | 'indeterminate';
  readonly criteria: readonly Criterion[];
}

/** Returns the criteria that decide, in their order. */
export function requiredCriteria(question: Question): readonly Criterion[] {
  return [
    her2Positive,
    advancedTumour,
    chemotherapyRefractory,
    antibodyRefractory,
    tumourType,
    consented,
  ].map((judge) => judge(question));
}

/** Returns the eligibility of a subject: an unmet criterion decides, then an unknown one. */
export function eligibilityOf(question: Question): Eligibility {
  const required = requiredCriteria(question);
  const states = new Set(required.map(({ state }) => state));
  const overall = states.has('unmet')
    ? 'ineligible'
    : states.has('unknown')
      ? 'indeterminate'
      : 'eligible';
  return { overall, criteria: [...required, ...advisoryCriteria(question)] };
}

function criterion(
  id: string,
  state: CriterionState,
  evidence: readonly (TrialRecord | undefined)[],
  detail?: string,
): Criterion {
  return {
    id,
    state,
    isAdvisory: false,
    evidence: evidence.filter((record) => record !== undefined),
    ...(detail !== undefined ? { detail } : {}),
  };
}

function her2Positive({ trial, records, asOf }: Question): Criterion {
  const status = latestBy(records.of('her2-status'), records, { zone: trial.zone, asOf });
  const verdict = status === undefined ? undefined : codedValue(status.resource, interpretation);
  if (status !== undefined && verdict === 'POS') {
    return isShownPositive(status, trial)
      ? criterion('E1', 'met', [status])
      : criterion('E1', 'met', [status], 'The positive status is not shown by PP-03.');
  }
  return criterion('E1', verdict === 'NEG' ? 'unmet' : 'unknown', [status]);
}

/** PP-03: the IHC score that suffices, the one that needs a positive ISH, the ratio that suffices. */
function isShownPositive({ resource }: TrialRecord, { parameters }: Trial): boolean {
  const [sufficient, equivocal] = parameters.texts('PP-03');
  const component = (system: string, code: string) => componentOf(resource, system, code) ?? {};
  const score = codedValue(component(codeSystem('code'), 'her2-ihc-score'), codeSystem('ihc'));
  const ish = codedValue(component(loinc, '31150-6'), interpretation);
  const ratio = measuredValue(component(loinc, '49683-6'))?.value;
  return (
    score === sufficient ||
    (score === equivocal && ish === 'POS') ||
    (ratio !== undefined && ratio >= parameters.number('PP-03'))
  );
}

function diseaseOf({ trial, records, asOf }: Question): TrialRecord | undefined {
  return latestBy(records.of('disease'), records, { zone: trial.zone, asOf });
}

const conditionClinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const conditionVerification = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
/** In R4 a recurrence and a relapse are active. */
const activeStates = ['active', 'recurrence', 'relapse'];
const advancedExtents: readonly unknown[] = ['locally-advanced-unresectable', 'metastatic'];

function advancedTumour(question: Question): Criterion {
  const disease = diseaseOf(question);
  if (disease === undefined) return criterion('E2', 'unknown', []);
  const { resource } = disease;
  const isActive = activeStates.some((state) =>
    hasCode(resource['clinicalStatus'], conditionClinical, state),
  );
  const isConfirmed = hasCode(resource['verificationStatus'], conditionVerification, 'confirmed');
  const isAdvanced = advancedExtents.includes(extensionOf(resource, 'extent')?.['valueCode']);
  return criterion('E2', isActive && isConfirmed && isAdvanced ? 'met' : 'unmet', [disease]);
}

function tumourType(question: Question): Criterion {
  const disease = diseaseOf(question);
  const isListed =
    disease !== undefined &&
    codesOf(disease.resource['code']).some(
      ({ system, code }) =>
        question.trial.terminology.membership(valueSet('solid-tumour-vs'), system, code) === 'in',
    );
  return criterion('E5', isListed ? 'met' : 'unknown', [disease]);
}

function therapiesOf({ trial, records, asOf }: Question): readonly TrialRecord[] {
  return records.of('prior-therapy').filter(({ resource }) => {
    const start = timeOf(resource, trial.zone)?.start;
    return start === undefined || start <= asOf.at;
  });
}

function isRefractory({ resource }: TrialRecord, classes: readonly string[]): boolean {
  const parts = objectsOf(extensionOf(resource, 'prior-therapy')?.['extension']);
  const part = (name: string) => parts.find(({ url }) => url === name);
  return (
    classes.includes(textOf(part('therapyClass')?.['valueCode']) ?? '') &&
    part('refractory')?.['valueBoolean'] === true
  );
}

function refractoryTo(id: string, classes: readonly string[], question: Question): Criterion {
  const therapies = therapiesOf(question);
  const refractory = therapies.filter((therapy) => isRefractory(therapy, classes));
  if (refractory.length > 0) return criterion(id, 'met', refractory);
  return criterion(id, therapies.length === 0 ? 'unknown' : 'unmet', therapies);
}

function chemotherapyRefractory(question: Question): Criterion {
  return refractoryTo('E3', ['chemotherapy'], question);
}

/** PP-02: `always`, `never`, or `when-licensed` for one of the tumour types that follow. */
function antibodyRefractory(question: Question): Criterion {
  const [mode, ...licensed] = question.trial.parameters.texts('PP-02');
  if (mode === 'never') return criterion('E4', 'not-applicable', []);
  const found = refractoryTo('E4', ['her2-antibody', 'her2-adc'], question);
  if (mode === 'always') return found;
  const disease = diseaseOf(question);
  // Of what no tumour is known it cannot be said whether it is demanded.
  if (disease === undefined) return found.state === 'met' ? found : { ...found, state: 'unknown' };
  const isLicensed = codesOf(disease.resource['code']).some(({ code }) => licensed.includes(code));
  return isLicensed ? found : criterion('E4', 'not-applicable', [disease]);
}

function consented({ trial, records, asOf }: Question): Criterion {
  const consent = consentAt(records, trial.zone, asOf.at);
  if (consent === undefined) return criterion('E6', 'unmet', records.of('consent'));
  const refused = refusedItems(consent.resource);
  const isGiven = !refused.has('treatment') && !refused.has('ltfu-15y');
  return criterion('E6', isGiven ? 'met' : 'unmet', [consent]);
}

import { bestResponseAnswer } from '../../trial/best-response-answer.ts';
import { codeSystem } from '../../trial/canonical.ts';
import type { RecordNeed } from '../../trial/load-records.ts';
import { immunityAnswer } from '../../trial/immunity-answer.ts';
import { immunityCorrelation } from '../../trial/immunity-correlation.ts';
import { antibodyAssays, cellularAssay } from '../../trial/immunity-sample.ts';
import { ncit } from '../../trial/observation-value.ts';
import { persistenceAnswer } from '../../trial/persistence-answer.ts';
import { persistenceEndpoint } from '../../trial/persistence-endpoint.ts';
import { persistenceTargets } from '../../trial/persistence-series.ts';
import { responseEndpoint } from '../../trial/response-endpoint.ts';
import { safetyEndpoint } from '../../trial/safety-endpoint.ts';
import { subsetTrendAnswer } from '../../trial/subset-trend.ts';
import { traffickingAnswer } from '../../trial/trafficking-answer.ts';
import type { OperationRow } from '../operation-row.ts';
import { studyOperation, subjectOperation } from './trial-operation.ts';

/** What the kinetics read: doses, specimens, PCR. */
const persistenceNeed: RecordNeed = {
  types: ['MedicationAdministration', 'Specimen'],
  observations: persistenceTargets.map((code) => ({ system: codeSystem('code'), code })),
};

/** What immunity reads: the kinetics, and the assays of the host. */
const immunityNeed: RecordNeed = {
  types: persistenceNeed.types,
  observations: [...persistenceTargets, ...antibodyAssays, cellularAssay].map((code) => ({
    system: codeSystem('code'),
    code,
  })),
};

/** What the response reads: doses, other therapies, lesions, their measurements and responses. */
const responseNeed: RecordNeed = {
  types: ['BodyStructure', 'MedicationAdministration', 'MedicationStatement'],
  observations: ['C96613', 'C94535', 'C103420', 'C96684', 'C96685', 'C96643'].map((code) => ({
    system: ncit,
    code,
  })),
};

/** What safety reads: doses, conditioning, adverse events, and who died. */
const safetyNeed: RecordNeed = {
  types: ['AdverseEvent', 'MedicationAdministration'],
  observations: [{ system: codeSystem('code'), code: 'vital-status' }],
};

/** The endpoints of the trial as operations on one subject or on the study. */
export const trialEndpointOperations: readonly OperationRow[] = Object.freeze([
  subjectOperation({
    code: 'persistence',
    inputs: [{ name: 'target', type: 'code', values: persistenceTargets }],
    answer: persistenceAnswer,
  }),
  studyOperation({
    code: 'persistence-endpoint',
    need: persistenceNeed,
    answer: persistenceEndpoint,
  }),
  subjectOperation({ code: 'best-response', answer: bestResponseAnswer }),
  studyOperation({ code: 'response-endpoint', need: responseNeed, answer: responseEndpoint }),
  studyOperation({ code: 'safety-endpoint', need: safetyNeed, answer: safetyEndpoint }),
  subjectOperation({ code: 'immunity', answer: immunityAnswer }),
  subjectOperation({ code: 'trafficking', answer: traffickingAnswer }),
  subjectOperation({ code: 'subset-trend', answer: subsetTrendAnswer }),
  studyOperation({
    code: 'immunity-correlation',
    need: immunityNeed,
    answer: immunityCorrelation,
  }),
]);

import { codeSystem } from '../../trial/canonical.ts';
import type { RecordNeed } from '../../trial/load-records.ts';
import { persistenceAnswer } from '../../trial/persistence-answer.ts';
import { persistenceTargets } from '../../trial/persistence-series.ts';
import type { OperationRow } from '../operation-row.ts';
import { subjectOperation } from './trial-operation.ts';

/** What the kinetics read: doses, specimens, PCR. */
const persistenceNeed: RecordNeed = {
  types: ['MedicationAdministration', 'Specimen'],
  observations: persistenceTargets.map((code) => ({ system: codeSystem('code'), code })),
};

/** The endpoints of the trial as operations on one subject or on the study. */
export const trialEndpointOperations: readonly OperationRow[] = Object.freeze([
  subjectOperation({
    code: 'persistence',
    inputs: [{ name: 'target', type: 'code', values: persistenceTargets }],
    need: persistenceNeed,
    answer: persistenceAnswer,
  }),
]);

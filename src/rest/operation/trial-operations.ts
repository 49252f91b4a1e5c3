import { parametersAnswer } from '../../trial/protocol-parameters-answer.ts';
import type { OperationRow } from '../operation-row.ts';
import { studyOperation } from './trial-operation.ts';

/**
 * The operations of the trial. A rule that is a pure function of the records plugs in with one row:
 * `subjectOperation` or `studyOperation`.
 */
export const trialOperations: readonly OperationRow[] = Object.freeze([
  studyOperation({
    code: 'protocol-parameters',
    answer: parametersAnswer,
  }),
]);

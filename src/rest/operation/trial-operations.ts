import { eligibilityAnswer } from '../../trial/eligibility-answer.ts';
import { parametersAnswer } from '../../trial/protocol-parameters-answer.ts';
import { enrolOperation } from './enrol.ts';
import type { OperationRow } from '../operation-row.ts';
import { studyOperation, subjectOperation } from './trial-operation.ts';

/**
 * The operations of the trial. A rule that is a pure function of the records plugs in with one row:
 * `subjectOperation` or `studyOperation`.
 */
export const trialOperations: readonly OperationRow[] = Object.freeze([
  enrolOperation,
  studyOperation({
    code: 'protocol-parameters',
    answer: parametersAnswer,
  }),
  subjectOperation({ code: 'eligibility', answer: eligibilityAnswer }),
]);

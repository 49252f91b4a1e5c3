import { failure } from '../../fhir/operation-outcome.ts';
import { plannedDays } from '../../trial/dosing-gate.ts';
import { dosingGateAnswer } from '../../trial/dosing-gate-answer.ts';
import { eligibilityAnswer } from '../../trial/eligibility-answer.ts';
import { codeSystem } from '../../trial/canonical.ts';
import { feasibilityAnswer } from '../../trial/feasibility-answer.ts';
import { loinc } from '../../trial/observation-value.ts';
import { parametersAnswer } from '../../trial/protocol-parameters-answer.ts';
import { safetyClockAnswer } from '../../trial/safety-clock-answer.ts';
import { safetySignalAnswer } from '../../trial/safety-signal-answer.ts';
import { enrolOperation } from './enrol.ts';
import { overdueOperation, scheduleOperation } from './schedule.ts';
import type { OperationRow } from '../operation-row.ts';
import { studyOperation, subjectOperation } from './trial-operation.ts';

/**
 * The operations of the trial. A rule that is a pure function of the records plugs in with one row:
 * `subjectOperation` or `studyOperation`.
 */
export const trialOperations: readonly OperationRow[] = Object.freeze([
  enrolOperation,
  scheduleOperation,
  overdueOperation,
  studyOperation({
    code: 'protocol-parameters',
    answer: parametersAnswer,
  }),
  studyOperation({
    code: 'safety-clock',
    need: { types: ['AdverseEvent', 'Communication'] },
    answer: safetyClockAnswer,
  }),
  studyOperation({
    code: 'safety-signal',
    need: {
      types: ['AdverseEvent', 'MedicationAdministration'],
      observations: [{ system: codeSystem('code'), code: 'rcl-blood' }],
    },
    answer: safetySignalAnswer,
  }),
  studyOperation({
    code: 'feasibility',
    need: {
      types: [
        'Condition',
        'Consent',
        'MedicationAdministration',
        'MedicationStatement',
        'Procedure',
      ],
      observations: [
        { system: loinc, code: '48676-1' },
        { system: codeSystem('code'), code: 'product-release' },
      ],
    },
    answer: feasibilityAnswer,
  }),
  subjectOperation({ code: 'eligibility', answer: eligibilityAnswer }),
  subjectOperation({
    code: 'dosing-gate',
    inputs: [
      { name: 'day', type: 'integer', isRequired: true },
      { name: 'cycle', type: 'positiveInt' },
    ],
    refuse: ({ trial, inputs }) => {
      const days = plannedDays(trial.plan);
      return days.includes(Number(inputs.get('day')))
        ? undefined
        : failure('invalid-parameter', `The day is one of ${days.join(', ')}.`, 'day');
    },
    answer: (question) =>
      dosingGateAnswer({
        ...question,
        day: Number(question.inputs.get('day')),
        cycle: Number(question.inputs.get('cycle') ?? 1),
      }),
  }),
]);

import type { Question } from './criterion.ts';
import { infusedBy } from './infused.ts';
import { studyDay } from './infusion.ts';
import { daysBetween, type LocalDate } from './local-time.ts';
import { firstNewTherapy } from './new-therapy.ts';
import { assessmentsOf, baselineOf, type Assessment } from './response-recomputed.ts';
import type { ProtocolParameters } from './protocol-parameters.ts';
import type { TrialRecord } from './subject-records.ts';
import type { TumourResponse } from './tumour-response.ts';

/** The best overall response of one subject by the cut-off. */
export interface BestResponse {
  readonly day0: LocalDate;
  /** Whether the subject had a lesion before Day 0, and so belongs to the population. */
  readonly hasBaseline: boolean;
  readonly best: TumourResponse;
  readonly isConfirmed: boolean;
  /** The best that one assessment alone says. */
  readonly unconfirmedBest: TumourResponse;
  /** The largest fall, or smallest growth, over the assessments that count. */
  readonly bestPercentChange: number | undefined;
  /** All after Day 0, counting or not. */
  readonly assessments: readonly Assessment[];
  /** The first infusion, the assessments, what was measured, and the therapy that ended them. */
  readonly records: readonly TrialRecord[];
}

/** Returns the best response; undefined before the first infusion. */
export function bestResponseOf(question: Question): BestResponse | undefined {
  const infused = infusedBy(question);
  if (infused === undefined) return undefined;
  const { day0, dose } = infused;
  const baseline = baselineOf(question, day0);
  const assessments = assessmentsOf(question, day0, baseline);
  const therapy = firstNewTherapy(question, day0);
  const eligible = beforeTherapy(assessments, therapy?.start);
  const { parameters } = question.trial;
  const counting = eligible.filter(
    ({ date }) => studyDay(date, day0) <= parameters.number('PP-05'),
  );
  const rules = rulesOf(parameters, day0);
  const confirmed = confirmedResponse(counting, eligible, rules);
  const fallback = unconfirmable(counting, rules);
  const changes = counting.flatMap(({ percentChangeFromBaseline }) =>
    percentChangeFromBaseline === undefined ? [] : [percentChangeFromBaseline],
  );
  return {
    day0,
    hasBaseline: baseline.hasLesion,
    best: confirmed ?? fallback,
    isConfirmed: confirmed !== undefined,
    unconfirmedBest:
      responders.find((response) => counting.some((one) => one.response === response)) ?? fallback,
    bestPercentChange: changes.length === 0 ? undefined : Math.min(...changes),
    assessments,
    records: [
      dose.record,
      ...baseline.records,
      ...assessments.flatMap(({ record, measurements }) => [record, ...measurements]),
      ...(therapy === undefined ? [] : [therapy.record]),
    ],
  };
}

/** Responses that need to be confirmed, the better first. */
const responders = ['CR', 'PR'] as const;

interface Rules {
  readonly day0: LocalDate;
  readonly stableFromDay: number;
  readonly confirmingDays: number;
}

function rulesOf(parameters: ProtocolParameters, day0: LocalDate): Rules {
  return {
    day0,
    stableFromDay: parameters.number('PP-12', 0),
    confirmingDays: parameters.number('PP-12', 1),
  };
}

/** Those before another therapy began, up to and including the first progression. */
function beforeTherapy(
  assessments: readonly Assessment[],
  therapy: LocalDate | undefined,
): readonly Assessment[] {
  const before = assessments.filter(({ date }) => therapy === undefined || date < therapy);
  const progression = before.findIndex(({ response }) => response === 'PD');
  return progression === -1 ? before : before.slice(0, progression + 1);
}

function confirmedResponse(
  counting: readonly Assessment[],
  eligible: readonly Assessment[],
  { confirmingDays }: Rules,
): TumourResponse | undefined {
  return responders.find((_, rank) => {
    const asGood = new Set<TumourResponse>(responders.slice(0, rank + 1));
    return counting.some(
      (first) =>
        asGood.has(first.response) &&
        eligible.some(
          (later) =>
            asGood.has(later.response) && daysBetween(first.date, later.date) >= confirmingDays,
        ),
    );
  });
}

function unconfirmable(
  counting: readonly Assessment[],
  { day0, stableFromDay }: Rules,
): TumourResponse {
  const stable = counting.filter(
    ({ date, response }) => stableOrBetter.has(response) && studyDay(date, day0) >= stableFromDay,
  );
  if (stable.length > 0) {
    return stable.every(({ response }) => response === 'NON-CR/NON-PD') ? 'NON-CR/NON-PD' : 'SD';
  }
  return counting.some(({ response }) => response === 'PD') ? 'PD' : 'NE';
}

const stableOrBetter: ReadonlySet<TumourResponse> = new Set(['CR', 'PR', 'SD', 'NON-CR/NON-PD']);

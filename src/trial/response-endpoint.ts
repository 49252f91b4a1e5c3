import type { Resource } from '../fhir/resource.ts';
import { bestResponseOf, type BestResponse } from './best-response.ts';
import { measureReport, proportionGroups, scoreGroup } from './measure-report.ts';
import { foundOf, type StudyQuestion } from './study-question.ts';
import type { TumourResponse } from './tumour-response.ts';

const responses: readonly TumourResponse[] = ['CR', 'PR', 'SD', 'PD', 'NE', 'NON-CR/NON-PD'];
const objective: ReadonlySet<TumourResponse> = new Set(['CR', 'PR']);
const controlled: ReadonlySet<TumourResponse> = new Set(['CR', 'PR', 'SD', 'NON-CR/NON-PD']);

/** Returns the answer of `$response-endpoint`: of the infused subjects who had a lesion at baseline. */
export function responseEndpoint(question: StudyQuestion): Resource {
  const subjects = foundOf(question, bestResponseOf).filter(({ hasBaseline }) => hasBaseline);
  const share = (text: string, set: ReadonlySet<TumourResponse>) =>
    proportionGroups({ text }, { count: countOf(subjects, set), total: subjects.length });
  return measureReport({
    measure: 'om2',
    asOf: question.asOf,
    dayZeros: subjects.map(({ day0 }) => day0),
    groups: [
      ...share('ORR', objective),
      ...share('DCR', controlled),
      ...responses.map((response) =>
        scoreGroup(`BOR ${response}`, countOf(subjects, new Set([response]))),
      ),
    ],
    records: subjects.flatMap(({ records }) => records),
  });
}

function countOf(
  subjects: readonly BestResponse[],
  responsesWanted: ReadonlySet<TumourResponse>,
): number {
  return subjects.filter(({ best }) => responsesWanted.has(best)).length;
}

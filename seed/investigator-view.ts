import type { Resource } from '../src/fhir/resource.ts';
import type { FhirClient } from './fhir-client.ts';
import { parametersOf, valueOf, type Parameter } from './parameters.ts';

/**
 * Returns what the investigator reads of a subject by the trial's operations: the gate of the last dose
 * with its reasons, the schedule, the endpoints, deviations. What the server does not offer is left out.
 */
export async function investigatorView(
  client: FhirClient,
  subject: string,
): Promise<readonly string[]> {
  const ask = async (operation: string): Promise<Resource | undefined> => {
    const answer = await client.request('GET', `ResearchSubject/${subject}/${operation}`);
    return answer.status === 200 ? answer.resource : undefined;
  };
  return [
    ...gateLines(await ask('$dosing-gate?day=2&asOf=2024-03-06T09:00:00%2B08:00')),
    ...scheduleLines(await ask('$schedule?asOf=2025-01-10')),
    ...endpointLines(
      'Cells in blood',
      parametersOf(await ask('$persistence?asOf=2025-01-10')),
      persistence,
    ),
    ...endpointLines(
      'Response',
      parametersOf(await ask('$best-response?asOf=2025-01-10')),
      response,
    ),
    ...endpointLines('Immunity', immunityOf(await ask('$immunity?asOf=2025-01-10')), immunity),
    ...deviationLines(await deviationsOf(client)),
  ];
}

type Labels = readonly (readonly [name: string, label: string])[];

const persistence: Labels = [
  ['cmax', 'most, Cmax'],
  ['tmax', 'when, Tmax'],
  ['auc', 'AUC, day 0 to 28'],
  ['tlast', 'last detected'],
  ['engrafted', 'engrafted'],
  ['outcome', 'outcome'],
  ['lossDate', 'date of loss'],
  ['lossDay', 'day of loss'],
];
const response: Labels = [
  ['bestOverallResponse', 'best overall'],
  ['confirmed', 'confirmed'],
  ['bestPercentChange', 'best change, %'],
];
const immunity: Labels = [
  ['state', 'against the murine part'],
  ['onset', 'since'],
  ['sequence', 'sequence'],
  ['foldRise', 'rise of the titre, fold'],
];

/** What `$immunity` says of antibodies. */
function immunityOf(answer: Resource | undefined): readonly Parameter[] {
  return parametersOf(answer).find(({ name }) => name === 'humoral')?.part ?? [];
}

function gateLines(gate: Resource | undefined): readonly string[] {
  const parameters = parametersOf(gate);
  if (parameters.length === 0) return [];
  const reasons = parameters.filter(({ name }) => name === 'reason');
  return [
    `Dose of day 2: ${valueOf(parameters, 'decision') ?? ''}`,
    ...reasons.map(({ part = [] }) => {
      const [rule, effect, detail] = ['rule', 'effect', 'detail'].map((name) =>
        valueOf(part, name),
      );
      return `  ${rule ?? ''}: ${effect ?? ''}, ${detail ?? ''}`;
    }),
  ];
}

/** The visits in their order: when each took place, or in which window it is to be. */
function scheduleLines(plan: Resource | undefined): readonly string[] {
  const activities = (plan?.['activity'] ?? []) as unknown as readonly PlannedVisit[];
  if (activities.length === 0) return [];
  const planned = activities.filter((activity) => stateOf(activity) === 'planned');
  const [, ...later] = planned;
  const said = activities.filter((activity) => !later.includes(activity));
  return [
    'Schedule on 2025-01-10:',
    ...said.map((activity) => {
      const { code, scheduledPeriod } = activity.detail;
      const actual = activity.progress?.find(({ time }) => time !== undefined)?.time;
      const window = `window ${scheduledPeriod?.start ?? '?'} to ${scheduledPeriod?.end ?? '?'}`;
      const visit = `  ${(code.coding[0]?.code ?? '').padEnd(4)} ${actual ?? ''.padEnd(10)}`;
      return `${visit}  ${stateOf(activity).padEnd(19)} ${window}`;
    }),
    ...(later.length > 0 ? [`  and ${later.length} later visits`] : []),
  ];
}

interface PlannedVisit {
  readonly progress?: readonly { readonly time?: string }[];
  readonly detail: {
    readonly code: { readonly coding: readonly { readonly code: string }[] };
    readonly statusReason: { readonly text: string };
    readonly scheduledPeriod?: { readonly start: string; readonly end: string };
  };
}

function stateOf({ detail }: PlannedVisit): string {
  return detail.statusReason.text;
}

function endpointLines(
  title: string,
  parameters: readonly Parameter[],
  labels: Labels,
): readonly string[] {
  const lines = labels.flatMap(([name, label]) => {
    const value = valueOf(parameters, name);
    return value === undefined ? [] : [`  ${label.padEnd(24)} ${value}`];
  });
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}

async function deviationsOf(client: FhirClient): Promise<readonly Resource[]> {
  const { resource } = await client.request('GET', 'DetectedIssue?status=final&_count=100');
  const entries = (resource?.['entry'] ?? []) as readonly { readonly resource: Resource }[];
  return entries.map((entry) => entry.resource);
}

function deviationLines(deviations: readonly Resource[]): readonly string[] {
  if (deviations.length === 0) return [];
  const lines = deviations.map((issue) => {
    const { coding } = issue['code'] as { readonly coding: readonly { readonly code: string }[] };
    return `  ${coding[0]?.code ?? ''}, ${issue['severity'] as string}: ${issue['detail'] as string}`;
  });
  return ['Deviations from the protocol:', ...lines];
}

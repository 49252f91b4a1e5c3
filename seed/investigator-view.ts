import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { FhirClient } from './fhir-client.ts';
import { parametersOf, valueOf } from './parameters.ts';

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
    ...endpointLines('Persistence', await ask('$persistence?asOf=2025-01-10'), persistence),
    ...endpointLines('Response', await ask('$best-response?asOf=2025-01-10'), response),
    ...deviationLines(await deviationsOf(client)),
  ];
}

const persistence = ['cmax', 'tmax', 'auc', 'tlast', 'engrafted', 'outcome', 'lossDate', 'lossDay'];
const response = ['bestOverallResponse', 'confirmed', 'bestPercentChange'];

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

/** How many visits are in each state, and those that are due or overdue by name. */
function scheduleLines(plan: Resource | undefined): readonly string[] {
  const activities = (plan?.['activity'] ?? []) as readonly { readonly detail: JsonObject }[];
  if (activities.length === 0) return [];
  const visits = activities.map(({ detail }) => ({
    state: (detail['statusReason'] as { readonly text: string }).text,
    code: (detail['code'] as { readonly coding: readonly { readonly code: string }[] }).coding[0]
      ?.code,
  }));
  const states = new Map<string, string[]>();
  for (const { state, code } of visits) {
    states.set(state, [...(states.get(state) ?? []), code ?? '']);
  }
  const lines = [...states].map(([state, codes]) => `  ${state}: ${codes.join(' ')}`);
  return ['Schedule on 2025-01-10:', ...lines];
}

function endpointLines(
  title: string,
  answer: Resource | undefined,
  names: readonly string[],
): readonly string[] {
  const parameters = parametersOf(answer);
  const lines = names.flatMap((name) => {
    const value = valueOf(parameters, name);
    return value === undefined ? [] : [`  ${name} ${value}`];
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

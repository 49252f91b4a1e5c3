import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { operationOf, readExample, type ExampleRequest } from './example-requests.ts';
import { enrolledCount, predecessorRequests } from './example-predecessors.ts';
import type { FhirAnswer, FhirClient } from './fhir-client.ts';
import { investigatorView } from './investigator-view.ts';
import { parametersOf, valueOf } from './parameters.ts';
import { sponsorView } from './sponsor-view.ts';

const exampleSubject =
  'ResearchSubject?identifier=https://her2-cart.example.org/fhir/sid/screening-number|SCR-0011';

/**
 * Sends the worked example, one line of progress for each row, and prints what the sponsor and the investigator then see.
 * Returns the number of rows that the server refused.
 */
export async function runExample(
  client: FhirClient,
  print: (line: string) => void,
): Promise<number> {
  const operations = await operationsOf(client);
  let refused = await sendPredecessors(client, print);
  for (const request of readExample()) {
    const operation = operationOf(request);
    const prefix = `${String(request.row).padStart(2)}  ${request.title.padEnd(58)}`;
    if (operation !== undefined && !operations.has(operation.slice(1))) {
      print(`${prefix}not yet: ${operation} is not built`);
      continue;
    }
    const answer = await send(client, request);
    if (answer.status >= 400) refused += 1;
    print(`${prefix}${answer.status}  ${outcomeOf(answer)}`);
  }
  print('');
  print('What the sponsor sees');
  for (const line of await sponsorView(client)) print(line);
  const subject = await idOf(client, exampleSubject);
  print('');
  print('What the investigator sees');
  for (const line of await investigatorView(client, subject)) print(line);
  return refused;
}

/** On a fresh server two subjects are enrolled first: the one of the example is the third. */
async function sendPredecessors(
  client: FhirClient,
  print: (line: string) => void,
): Promise<number> {
  let refused = 0;
  const requests = predecessorRequests(await enrolledCount(client));
  for (const request of requests) {
    const { status } = await send(client, request);
    if (status >= 400) refused += 1;
  }
  if (requests.length > 0) {
    const enrolled = requests.filter((request) => operationOf(request) === '$enrol').length;
    print(`    ${enrolled} made-up subjects are enrolled before, as H2C-001 and on`);
  }
  return refused;
}

/** Sends one row; `{id}` in its URL is looked up first. */
export async function send(client: FhirClient, request: ExampleRequest): Promise<FhirAnswer> {
  const url =
    request.id === undefined
      ? request.url
      : request.url.replace('{id}', await idOf(client, request.id));
  return client.request(request.method, url, request.body);
}

async function idOf(client: FhirClient, search: string): Promise<string> {
  const { resource } = await client.request('GET', search);
  const entries = (resource?.['entry'] ?? []) as readonly { readonly resource: Resource }[];
  return entries[0]?.resource.id ?? 'unknown';
}

async function operationsOf(client: FhirClient): Promise<ReadonlySet<string>> {
  const { resource } = await client.request('GET', 'metadata');
  const rest = (resource?.['rest'] ?? []) as readonly {
    readonly operation?: readonly { readonly name: string }[];
    readonly resource?: readonly { readonly operation?: readonly { readonly name: string }[] }[];
  }[];
  const names = rest.flatMap((part) => [
    ...(part.operation ?? []),
    ...(part.resource ?? []).flatMap((type) => type.operation ?? []),
  ]);
  return new Set(names.map((operation) => operation.name));
}

/** What an answer says, in a word: by the type of its resource. */
const outcomes: Readonly<Record<string, (resource: Resource) => string>> = {
  OperationOutcome: (resource) => issuesOf(resource).join(' | '),
  ResearchSubject: enrolmentOf,
  Parameters: (resource) => valueOf(parametersOf(resource), 'decision') ?? 'Parameters',
  Bundle: countsOf,
};

function outcomeOf({ resource }: FhirAnswer): string {
  if (resource === undefined) return '';
  return outcomes[resource.resourceType]?.(resource) ?? resource.resourceType;
}

function enrolmentOf(subject: Resource): string {
  const { status, identifier, assignedArm } = subject as unknown as {
    readonly status: string;
    readonly identifier?: readonly { readonly system: string; readonly value: string }[];
    readonly assignedArm?: string;
  };
  const number = identifier?.find(({ system }) => system.endsWith('/subject-number'))?.value;
  return [status, number, assignedArm].filter((part) => part !== undefined).join(', ');
}

function countsOf(bundle: Resource): string {
  const entries = (bundle['entry'] ?? []) as readonly { readonly response: JsonObject }[];
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const status = entry.response['status'] as string;
    const word = status.startsWith('201') ? 'created' : 'already there or updated';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function issuesOf(outcome: Resource): readonly string[] {
  const issues = outcome['issue'] as readonly {
    readonly severity: string;
    readonly details?: { readonly text?: string };
    readonly expression?: readonly string[];
  }[];
  const errors = issues.filter(({ severity }) => severity !== 'warning');
  return errors.map((issue) => `${issue.expression?.[0] ?? ''}: ${issue.details?.text ?? ''}`);
}

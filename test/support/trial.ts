import { readExample, type ExampleRequest } from '../../seed/example-requests.ts';
import { at, textAt } from './json-at.ts';
import type { TestServer } from './server.ts';

/** Sends the worked example up to a row, this one included, its operations left out unless wanted. */
export async function sendExample(
  server: TestServer,
  until: number,
  wanted: (request: ExampleRequest) => boolean = () => true,
): Promise<void> {
  for (const request of readExample().filter(({ row }) => row <= until)) {
    if (!wanted(request)) continue;
    const answer = await sendRow(server, request);
    if (answer.status >= 300) {
      throw new Error(`Row ${request.row}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
}

/** Sends one row of the worked example. */
export async function sendRow(server: TestServer, request: ExampleRequest) {
  const found = request.id === undefined ? '' : await idOf(server, request.id);
  const url = request.url.replace('{id}', found);
  const [path = '', query] = url.split('?');
  const full = query === undefined ? path : `${path}?${query}`;
  return request.method === 'GET' ? server.get(full) : server.post(full, request.body ?? {});
}

/** Returns the id of the one resource that a search finds. */
export async function idOf(server: TestServer, search: string): Promise<string> {
  const [path = '', query = ''] = search.split('?');
  const pairs = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return `${name}=${encodeURIComponent(value.join('='))}`;
  });
  const answer = await server.get(`${path}?${pairs.join('&')}`);
  return textAt(answer.body, 'entry.0.resource.id');
}

/** Returns the values of the parameters of a name, whatever their type; parts as arrays of the same. */
export function parametersOf(body: unknown, name: string): readonly unknown[] {
  const parameters = (at(body, 'parameter') ?? []) as readonly Record<string, unknown>[];
  return parameters.filter((one) => one['name'] === name).map(valueOf);
}

function valueOf(parameter: Record<string, unknown>): unknown {
  const value = Object.entries(parameter).find(([name]) => name.startsWith('value'));
  if (value !== undefined) return value[1];
  const parts = (parameter['part'] ?? []) as readonly Record<string, unknown>[];
  const named = new Map<string, unknown>();
  for (const part of parts) {
    const name = part['name'] as string;
    const known = named.get(name);
    const one = valueOf(part);
    named.set(name, known === undefined ? one : [known, one].flat());
  }
  return Object.fromEntries(named);
}

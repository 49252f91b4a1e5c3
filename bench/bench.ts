import { parseArgs } from 'node:util';
import { fhirClient } from '../seed/fhir-client.ts';
import { sendCohort } from '../seed/send-cohort.ts';
import { measure, send, type BenchRequest } from './measure.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { stallOf } from './stall.ts';
import { compileLine, parseLine, validationLines } from './validation.ts';

/** Each scenario with the most CPU a request may cost the server, in milliseconds. */
const budgets = {
  read: 0.25,
  create: 0.9,
  'search page of 50': 0.9,
  'transaction of 50': 14,
  $validate: 0.15,
} as const;

const { values } = parseArgs({
  options: {
    subjects: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '8' },
  },
});

console.log(compileLine());
console.log(parseLine(Number(values.seconds) * 500));
for (const line of validationLines(Number(values.seconds) * 500)) console.log(line);

const server = await startServerProcess();
try {
  console.log(`idle       ${server.residentMb().toFixed(0)} MiB resident`);
  await load(server, Number(values.subjects));
  const scenarios = await scenariosOf(server);
  for (const [name, next] of Object.entries(scenarios)) {
    const result = await measure(server, next, {
      clients: Number(values.clients),
      milliseconds: Number(values.seconds) * 1000,
    });
    const budget = budgets[name as keyof Scenarios];
    console.log(
      `${name.padEnd(18)} ${result.requestsPerSecond.toFixed(0).padStart(7)}/s  ` +
        `p50 ${result.p50Ms.toFixed(2)} ms  p99 ${result.p99Ms.toFixed(2)} ms  ` +
        `server CPU ${result.cpuMsPerRequest.toFixed(3)} ms (budget ${budget} ms)`,
    );
  }
  for (const [name, large] of Object.entries(largeRequests(scenarios))) {
    const stall = await stallOf(server, scenarios.read, large);
    console.log(
      `reads during ${name.padEnd(24)} p50 ${stall.p50Ms.toFixed(2)} ms  p99 ${stall.p99Ms.toFixed(2)} ms  ` +
        `longest ${stall.maxMs.toFixed(0)} ms; it took ${stall.milliseconds.toFixed(0)} ms`,
    );
  }
  console.log(`loaded     ${server.residentMb().toFixed(0)} MiB resident`);
} finally {
  await server.stop();
}

async function load(target: ServerProcess, subjects: number): Promise<void> {
  const start = performance.now();
  const options = { subjects, seed: 1, start: '2009-01-05', until: '2026-06-30' };
  const report = await sendCohort(fhirClient(target.url), options, () => undefined);
  const seconds = (performance.now() - start) / 1000;
  console.log(`cohort     ${report.resources} resources in ${seconds.toFixed(1)} s`);
  for (const refusal of report.refusals) console.log(refusal);
}

type Scenarios = Readonly<Record<keyof typeof budgets, () => BenchRequest>>;

/** Requests of 5,000 entries; small ones must not wait for them. */
function largeRequests(scenarios: Scenarios): Readonly<Record<string, BenchRequest>> {
  const of = (type: 'batch' | 'transaction') => {
    const entries = Array.from({ length: 100 }, () => {
      const { body } = scenarios['transaction of 50']();
      return (JSON.parse(body ?? '') as { readonly entry: readonly unknown[] }).entry;
    });
    return JSON.stringify({ resourceType: 'Bundle', type, entry: entries.flat() });
  };
  return {
    '$validate of 5,000': { method: 'POST', path: 'Bundle/$validate', body: of('batch') },
    'batch of 5,000': { method: 'POST', path: '', body: of('batch') },
    'transaction of 5,000': { method: 'POST', path: '', body: of('transaction') },
  };
}

async function scenariosOf(target: ServerProcess): Promise<Scenarios> {
  const found = JSON.parse(
    await send(target, { method: 'GET', path: 'Observation?_count=200&code=8867-4' }),
  ) as { readonly entry: readonly { readonly resource: Record<string, unknown> }[] };
  const observations = found.entry.map((entry) => entry.resource);
  const ids = observations.map((observation) => observation['id'] as string);
  const [sample] = observations;
  const patient = (sample?.['subject'] as { readonly reference: string }).reference;
  let turn = 0;
  // Subject after subject, as hospitals send; thousands of records of one visit would be nobody's.
  const fresh = () => ({
    ...observations[turn % observations.length],
    identifier: [{ system: 'https://plagh.example.org/bench', value: String(turn++) }],
  });
  const entry = () => ({
    resource: fresh(),
    request: { method: 'POST', url: 'Observation' },
  });
  return {
    read: () => ({ method: 'GET', path: `Observation/${ids[turn++ % ids.length] ?? ''}` }),
    create: () => ({ method: 'POST', path: 'Observation', body: JSON.stringify(fresh()) }),
    'search page of 50': () => ({
      method: 'GET',
      path: `Observation?patient=${patient}&_sort=-date&_count=50`,
    }),
    'transaction of 50': () => ({
      method: 'POST',
      path: '',
      body: JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: Array.from({ length: 50 }, entry),
      }),
    }),
    $validate: () => ({
      method: 'POST',
      path: 'Observation/$validate',
      body: JSON.stringify(fresh()),
    }),
  };
}

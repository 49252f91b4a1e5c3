import { readExample } from '../seed/example-requests.ts';
import { readDefinitions } from '../src/definition-files.ts';
import { createTerminology } from '../src/fhir/definitions/create-terminology.ts';
import { compileFhirPath } from '../src/fhir/fhirpath/compile.ts';
import type { JsonDocument } from '../src/fhir/json/json-document.ts';
import { parseDocument } from '../src/fhir/json/parse.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { createCompiler, createValidator } from '../src/fhir/validate/validate.ts';

/** Resources of the worked example with the least rate that one core is to reach, in resources a second. */
const rows = [
  { name: 'P15 persistence', row: 20, entry: 1, isPlain: false, goal: 30_000 },
  { name: 'P22 adverse event', row: 16, entry: 0, isPlain: false, goal: 20_000 },
  { name: 'base Observation', row: 5, entry: 0, isPlain: true, goal: 60_000 },
] as const;

/** Most CPU that compiling every profile of the guide may cost once, in milliseconds. */
const compileGoalMs = 100;

/** Returns a line that says what it costs to compile every profile of the guide, cold. */
export function compileLine(): string {
  const definitions = readDefinitions();
  const compiler = createCompiler(definitions, createTerminology(definitions), compileFhirPath);
  const profiles = definitions.added.filter(
    ({ resourceType }) => resourceType === 'StructureDefinition',
  );
  const start = process.cpuUsage();
  for (const { url } of profiles) compiler.profileCheck(url ?? '');
  const { user, system } = process.cpuUsage(start);
  const spent = ((user + system) / 1000).toFixed(0);
  return `compile ${profiles.length} profiles ${spent} ms CPU (goal ${compileGoalMs} ms)`;
}

/** Entries of the body whose parsing is measured; about as much as a hospital sends in a night. */
const bodyEntries = 2000;

/** Returns a line that says what parsing costs for each megabyte of a body. */
export function parseLine(milliseconds: number): string {
  const resource = documentOf(5, 0, false).value;
  const entry = Array.from({ length: bodyEntries }, () => ({ resource }));
  const text = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
  const megabytes = text.length / 1e6;
  const msPerMb = (work: () => unknown) => 1000 / rateOf(work, milliseconds, 1) / megabytes;
  const parse = msPerMb(() => parseDocument(text, { depthMax: 64 }));
  const json = msPerMb(() => JSON.parse(text) as unknown);
  return `parse a body ${parse.toFixed(1)} ms CPU/MB (JSON.parse ${json.toFixed(1)} ms/MB)`;
}

/** Returns a line for each kind of resource: how many a second one core validates in full, warm. */
export function validationLines(milliseconds: number): readonly string[] {
  const definitions = readDefinitions();
  const terminology = createTerminology(definitions);
  const validator = createValidator(definitions, terminology, compileFhirPath);
  return rows.map(({ name, row, entry, isPlain, goal }) => {
    const document = documentOf(row, entry, isPlain);
    const rate = rateOf(() => validator.validate(document), milliseconds);
    const parse = rateOf(() => JSON.parse(document.text) as unknown, milliseconds / 4);
    return (
      `validate ${name.padEnd(18)} ${rate.toFixed(0).padStart(7)}/s (goal ${goal}/s), ` +
      `${(parse / rate).toFixed(1)} times the cost of JSON.parse`
    );
  });
}

function documentOf(row: number, entry: number, isPlain: boolean): JsonDocument {
  const request = readExample().find((one) => one.row === row);
  const entries = request?.body?.['entry'] as readonly { readonly resource: Resource }[];
  const resource = entries[entry]?.resource;
  const text = JSON.stringify(isPlain ? { ...resource, meta: undefined } : resource);
  const document = parseDocument(text, { depthMax: 64 });
  if (!document.ok) throw new Error(`Row ${row} is no JSON document.`);
  return document.value;
}

/** Times a second by the CPU of this process, after warming up. */
function rateOf(work: () => unknown, milliseconds: number, turns = 100): number {
  run(work, milliseconds / 2, turns);
  const start = process.cpuUsage();
  const times = run(work, milliseconds, turns);
  const { user, system } = process.cpuUsage(start);
  return (times / (user + system)) * 1e6;
}

/** Works `turns` times between two looks at the clock. */
function run(work: () => unknown, milliseconds: number, turns: number): number {
  const end = performance.now() + milliseconds;
  let times = 0;
  while (performance.now() < end) {
    for (let turn = 0; turn < turns; turn++) work();
    times += turns;
  }
  return times;
}

import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { FhirClient } from './fhir-client.ts';
import { parametersOf, rounded, valueOf, type Parameter } from './parameters.ts';

const her2Cart = 'https://her2-cart.example.org/fhir';
const persistence = `${her2Cart}/CodeSystem/h2c-code|persist-tcrz-cd137`;
const overallResponse = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl|C96613';
const subject = `${her2Cart}/sid/screening-number|SCR-0011`;

/**
 * Returns what the sponsor reads: of the worked example's subject, by searches alone, the PCR series in
 * blood, dose-limiting toxicities and responses; of the study, by operations, its endpoints.
 */
export async function sponsorView(client: FhirClient): Promise<readonly string[]> {
  const [participation] = await find(client, `ResearchSubject?identifier=${encode(subject)}`);
  if (participation === undefined) return ['The subject SCR-0011 is not on this server.'];
  const patient = (participation['individual'] as JsonObject)['reference'] as string;
  const of = (type: string, query: string) =>
    find(client, `${type}?patient=${encode(patient)}&${query}&_count=100`);
  const series = await of(
    'Observation',
    `code=${encode(persistence)}&specimen.type=BLD&_sort=date`,
  );
  const toxicities = await of('AdverseEvent', 'dlt=true');
  const responses = await of('Observation', `code=${encode(overallResponse)}&_sort=date`);
  return [
    `Subject SCR-0011 (${patient})`,
    'CART-HER-2 in blood, copies per microgram of RNA:',
    ...series.map((result) => `  ${dateOf(result)}  ${quantityOf(result)}`),
    'Dose-limiting toxicities:',
    ...toxicities.map((event) => `  ${event['date'] as string}  ${textOf(event['event'])}`),
    'RECIST 1.1 overall response:',
    ...responses.map((result) => `  ${dateOf(result)}  ${responseOf(result)}`),
    ...(await studyLines(client)),
  ];
}

async function studyLines(client: FhirClient): Promise<readonly string[]> {
  const ask = async (operation: string): Promise<Resource | undefined> => {
    const url = `ResearchStudy/nct01935843/$${operation}?asOf=2025-01-10`;
    const { status, resource } = await client.request('GET', url);
    return status === 200 ? resource : undefined;
  };
  const counts = parametersOf(await ask('feasibility'));
  const signal = parametersOf(await ask('safety-signal'));
  const clocks = parametersOf(await ask('safety-clock')).filter(({ name }) => name === 'case');
  const said = (parameters: readonly Parameter[], ...names: readonly string[]) =>
    names.map((name) => `${name} ${valueOf(parameters, name) ?? 'none'}`).join(', ');
  return [
    'The study on 2025-01-10:',
    `  subjects: ${said(counts, 'screened', 'enrolled', 'infused')}`,
    `  study-related adverse events: ${shareOf(await ask('safety-endpoint'), 'any study-related')}`,
    `  safety signal: ${said(signal, 'advice', 'n', 'dlt')}`,
    ...clocks.map(({ part = [] }) => `  SAE clock: ${said(part, 'days', 'due', 'state')}`),
    `  objective response: ${shareOf(await ask('response-endpoint'), 'ORR')}`,
    `  cells still there after a year: ${shareOf(await ask('persistence-endpoint'), 'S(365)')}`,
  ];
}

/** A share of a MeasureReport in percent, with its 95 % limits where there are any. */
function shareOf(report: Resource | undefined, name: string): string {
  const groups = (report?.['group'] ?? []) as readonly {
    readonly code: { readonly text: string };
    readonly measureScore?: { readonly value: number };
  }[];
  const percentOf = (wanted: string) => {
    const score = groups.find(({ code }) => code.text === wanted)?.measureScore?.value;
    return score === undefined ? undefined : rounded(100 * score);
  };
  const [share, lower, upper] = [name, `${name} lower95`, `${name} upper95`].map(percentOf);
  if (share === undefined) return 'not known';
  return lower === undefined || upper === undefined
    ? `${share} %`
    : `${share} % (95 % interval ${lower} to ${upper} %)`;
}

async function find(client: FhirClient, search: string): Promise<readonly Resource[]> {
  const { resource } = await client.request('GET', search);
  const entries = (resource?.['entry'] ?? []) as readonly { readonly resource: Resource }[];
  return entries.map((entry) => entry.resource);
}

const encode = encodeURIComponent;

function dateOf(observation: Resource): string {
  return (observation['effectiveDateTime'] as string).slice(0, 10);
}

function quantityOf(observation: Resource): string {
  const quantity = observation['valueQuantity'] as JsonObject;
  const comparator = typeof quantity['comparator'] === 'string' ? quantity['comparator'] : '';
  const [verdict] = (observation['interpretation'] ?? []) as readonly JsonObject[];
  const detected = verdicts.get(codeOf(verdict)) ?? '';
  return `${comparator}${rounded(quantity['value'] as number)}`.padStart(7) + `  ${detected}`;
}

const verdicts = new Map([
  ['DET', 'detected'],
  ['ND', 'not detected'],
]);

const responseNames = new Map([
  ['C4870', 'CR'],
  ['C18058', 'PR'],
  ['C18213', 'SD'],
  ['C35571', 'PD'],
  ['C62222', 'NE'],
]);

function responseOf(observation: Resource): string {
  const code = codeOf(observation['valueCodeableConcept']);
  return responseNames.get(code) ?? code;
}

function codeOf(concept: unknown): string {
  const [coding] = ((concept as JsonObject | undefined)?.['coding'] ?? []) as readonly JsonObject[];
  return typeof coding?.['code'] === 'string' ? coding['code'] : '';
}

function textOf(concept: unknown): string {
  const text = (concept as JsonObject | undefined)?.['text'];
  return typeof text === 'string' ? text : codeOf(concept);
}

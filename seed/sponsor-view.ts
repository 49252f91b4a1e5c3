import type { JsonObject } from '../src/fhir/json/json-value.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { FhirClient } from './fhir-client.ts';

const her2Cart = 'https://her2-cart.example.org/fhir';
const persistence = `${her2Cart}/CodeSystem/h2c-code|persist-tcrz-cd137`;
const overallResponse = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl|C96613';
const subject = `${her2Cart}/sid/screening-number|SCR-0011`;

/**
 * Returns what the sponsor reads of the worked example's subject, by searches alone: the PCR series in
 * blood, dose-limiting toxicities, responses.
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
  ];
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
  return `${comparator}${quantity['value'] as number} ${codeOf(verdict)}`;
}

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

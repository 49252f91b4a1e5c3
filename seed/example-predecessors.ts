import type { JsonObject } from '../src/fhir/json/json-value.ts';
import { readExample, type ExampleRequest } from './example-requests.ts';
import type { FhirClient } from './fhir-client.ts';

/** The last row of a screening: with it a subject is enrolled. */
const enrolmentRow = 7;

/** What differs of the two made-up subjects who were enrolled before the one of the example. */
const predecessors: readonly (readonly (readonly [from: string, to: string])[])[] = [
  differences({ number: '0007', mrn: '0300007', born: '1958-03-02', enrolled: '2024-01-31' }),
  differences({ number: '0009', mrn: '0300009', born: '1966-11-21', enrolled: '2024-02-01' }),
];

function differences(own: {
  readonly number: string;
  readonly mrn: string;
  readonly born: string;
  readonly enrolled: string;
}): readonly (readonly [string, string])[] {
  return [
    ['0011', own.number],
    ['0300042', own.mrn],
    ['1961-05-17', own.born],
    ['2024-02-05', own.enrolled],
  ];
}

/**
 * Returns the requests by which those are screened and enrolled who come before the subject of the
 * example on a server with `enrolled` members of the group, so that the subject is the third.
 */
export function predecessorRequests(enrolled: number): readonly ExampleRequest[] {
  const screening = readExample().filter(({ row }) => row <= enrolmentRow);
  return predecessors.slice(enrolled).flatMap((pairs) =>
    screening.map((request) => {
      const text = pairs.reduce(
        (all, [from, to]) => all.replaceAll(from, to),
        JSON.stringify(request),
      );
      return JSON.parse(text) as ExampleRequest;
    }),
  );
}

/** Returns how many were ever enrolled on a server. */
export async function enrolledCount(client: FhirClient): Promise<number> {
  const { resource } = await client.request('GET', 'Group/enrolled');
  const members = resource?.['member'] as readonly JsonObject[] | undefined;
  return members?.length ?? 0;
}

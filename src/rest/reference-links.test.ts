import { describe, expect, it } from '@jest/globals';
import type { Located } from './plan-located.ts';
import { createLinks } from './reference-links.ts';
import { localTarget } from './reference-local.ts';

const base = 'http://localhost/fhir';

function located(fullUrl: string, type: string, id: string): Located {
  const intent = { interaction: 'create', type, fullUrl } as Located['intent'];
  return { intent, key: { type, id }, effect: 'created', preconditions: [] };
}

describe('links between the entries of a Bundle', () => {
  const links = createLinks(
    [
      located('urn:uuid:1', 'Patient', 'p'),
      located('https://ehr.example.org/fhir/Encounter/7', 'Encounter', 'e'),
      located(`${base}/Organization/9`, 'Organization', 'o'),
    ],
    base,
  );

  it.each([
    ['urn:uuid:1', undefined, 'Patient/p'],
    ['urn:uuid:1#med', undefined, 'Patient/p#med'],
    ['urn:uuid:2', undefined, undefined],
    ['https://ehr.example.org/fhir/Encounter/7', undefined, 'Encounter/e'],
    ['Encounter/7', 'https://ehr.example.org/fhir/Observation/1', 'Encounter/e'],
    ['Encounter/7', 'urn:uuid:3', undefined],
    ['Organization/9', 'urn:uuid:3', 'Organization/o'],
    ['#contained', undefined, undefined],
  ])('lead from %s in %s to %s', (link, fullUrl, place) => {
    expect(links.resolve(link, fullUrl)).toBe(place);
  });
});

describe('the resource of this server that a reference names', () => {
  it.each([
    ['Patient/1', 'Patient/1'],
    ['Patient/1/_history/2', 'Patient/1'],
    [`${base}/Patient/1`, 'Patient/1'],
    ['Patient/1#name', 'Patient/1'],
    ['https://other.example.org/fhir/Patient/1', undefined],
    ['urn:uuid:1', undefined],
    ['Patient?identifier=1', undefined],
    ['#p', undefined],
  ])('is for %s %s', (reference, name) => {
    const key = localTarget(reference, base);
    expect(key === undefined ? undefined : `${key.type}/${key.id}`).toBe(name);
  });
});

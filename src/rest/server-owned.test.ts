import { describe, expect, it } from '@jest/globals';
import type { Resource } from '../fhir/resource.ts';
import { carryOwned, ownedIssues, type OwnedWrite } from './server-owned.ts';

const guide = 'https://her2-cart.example.org/fhir';
const baseUrl = 'http://localhost/fhir';
const patientId = '3f0c2f1e-0d4f-4b7e-9c7a-1f7f1f0f9a11';

const screened: Resource = {
  resourceType: 'ResearchSubject',
  id: 's1',
  identifier: [{ system: `${guide}/sid/screening-number`, value: 'SCR-1' }],
  status: 'screening',
  study: { reference: 'ResearchStudy/nct01935843' },
  individual: { reference: `Patient/${patientId}` },
};
const enrolled: Resource = {
  ...screened,
  identifier: [
    { system: `${guide}/sid/screening-number`, value: 'SCR-1' },
    { system: `${guide}/sid/subject-number`, value: 'H2C-001' },
  ],
  extension: [
    { url: `${guide}/StructureDefinition/h2c-enrolment-order`, valuePositiveInt: 1 },
    { url: `${guide}/StructureDefinition/h2c-progress`, extension: [{ url: 'state' }] },
  ],
  assignedArm: 'CART-HER-2',
  status: 'on-study',
};

function elements(write: Partial<OwnedWrite>): readonly (readonly string[])[] {
  return ownedIssues({
    profile: 'h2c-subject',
    current: undefined,
    next: undefined,
    id: 's1',
    isClientId: false,
    baseUrl,
    ...write,
  }).map(({ expression }) => expression ?? []);
}

describe("the elements of a subject that are the server's", () => {
  it('are refused when a client creates with them, each by name', () => {
    expect(elements({ next: enrolled })).toEqual([
      ['ResearchSubject.identifier[1]'],
      ['ResearchSubject.extension[0]'],
      ['ResearchSubject.extension[1]'],
      ['ResearchSubject.assignedArm'],
      ['ResearchSubject.status'],
    ]);
    expect(elements({ next: screened })).toEqual([]);
  });

  it('are accepted as they are stored, with members in any order', () => {
    const reordered = {
      ...enrolled,
      extension: [
        { valuePositiveInt: 1, url: `${guide}/StructureDefinition/h2c-enrolment-order` },
        { extension: [{ url: 'state' }], url: `${guide}/StructureDefinition/h2c-progress` },
      ],
    };
    expect(elements({ current: enrolled, next: reordered })).toEqual([]);
  });

  it('are refused when they differ from what is stored', () => {
    expect(elements({ current: enrolled, next: { ...enrolled, assignedArm: 'B' } })).toEqual([
      ['ResearchSubject.assignedArm'],
    ]);
  });

  it('are carried over with their bytes when the client leaves them out', () => {
    const current =
      '{"identifier":[{"system":"https://her2-cart.example.org/fhir/sid/subject-number", "value":"H2C-001"}],"assignedArm" : "A"}';
    expect(carryOwned(current, '{ "status":"x" }')).toBe(
      '{ "status":"x","identifier":[{"system":"https://her2-cart.example.org/fhir/sid/subject-number", "value":"H2C-001"}],"assignedArm":"A" }',
    );
    expect(carryOwned(current, '{"identifier":[ {"value":"1"} ],"assignedArm":"A"}')).toBe(
      '{"identifier":[ {"value":"1"},{"system":"https://her2-cart.example.org/fhir/sid/subject-number", "value":"H2C-001"} ],"assignedArm":"A"}',
    );
  });

  it('never let study and individual change, however they are written', () => {
    const other = {
      ...screened,
      individual: { reference: 'Patient/00000000-0000-4000-8000-000000000000' },
    };
    expect(elements({ current: screened, next: other })).toEqual([['ResearchSubject.individual']]);
    const absolute = { ...screened, individual: { reference: `${baseUrl}/Patient/${patientId}` } };
    expect(elements({ current: screened, next: absolute })).toEqual([]);
  });

  it('need a Patient whose id the server assigned', () => {
    const chosen = { ...screened, individual: { reference: 'Patient/MRN-1' } };
    expect(elements({ next: chosen })).toEqual([['ResearchSubject.individual']]);
  });
});

describe("records that are the server's", () => {
  it('are the id of a trial Patient', () => {
    const next = { resourceType: 'Patient', id: 'MRN-1' };
    const write = { profile: 'h2c-patient', next };
    expect(elements({ ...write, id: 'MRN-1', isClientId: true })).toEqual([['Patient.id']]);
    expect(elements({ ...write, id: patientId, isClientId: true })).toEqual([['Patient.id']]);
    expect(elements({ ...write, id: patientId, isClientId: false })).toEqual([]);
    expect(elements({ ...write, current: next, id: 'MRN-1' })).toEqual([['Patient.id']]);
  });

  it('let a client change the mitigation of a deviation and nothing else', () => {
    const current = {
      resourceType: 'DetectedIssue',
      id: 'd',
      status: 'final',
      meta: { versionId: '1' },
    };
    const profile = 'h2c-deviation';
    const mitigated = { ...current, meta: {}, mitigation: [{ action: { text: 'retrained' } }] };
    expect(elements({ profile, current, next: mitigated })).toEqual([]);
    expect(elements({ profile, current, next: { ...current, status: 'cancelled' } })).toEqual([
      ['DetectedIssue.status'],
    ]);
    expect(elements({ profile, current })).toEqual([['DetectedIssue']]);
    expect(elements({ profile, next: current })).toEqual([['DetectedIssue']]);
  });

  it('let a client change nothing of the schedule and the enrolled group', () => {
    const current = { resourceType: 'Group', id: 'enrolled', actual: true };
    const profile = 'h2c-enrolled-group';
    expect(elements({ profile, current, next: { ...current, quantity: 1 } })).toEqual([
      ['Group.quantity'],
    ]);
    expect(elements({ profile, current, next: current })).toEqual([]);
  });
});

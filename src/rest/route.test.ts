import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../test/support/definitions.ts';
import { route } from './route.ts';

const routed = (method: string, path: string) =>
  route(testR4(), { method, path: path === '' ? [] : path.split('/') });

describe('route', () => {
  it.each([
    ['GET', '', 'search-system'],
    ['POST', '', 'transaction'],
    ['GET', 'metadata', 'capabilities'],
    ['POST', '_search', 'search-system'],
    ['GET', '_history', 'history-system'],
    ['GET', 'Patient', 'search-type'],
    ['HEAD', 'Patient/1', 'read'],
    ['POST', 'Patient', 'create'],
    ['PUT', 'Patient', 'update'],
    ['PATCH', 'Patient', 'patch'],
    ['DELETE', 'Patient', 'delete'],
    ['POST', 'Patient/_search', 'search-type'],
    ['GET', 'Patient/_history', 'history-type'],
    ['GET', 'Patient/1', 'read'],
    ['PUT', 'Patient/1', 'update'],
    ['PATCH', 'Patient/1', 'patch'],
    ['DELETE', 'Patient/1', 'delete'],
    ['GET', 'Patient/1/_history', 'history-instance'],
    ['GET', 'Patient/1/_history/2', 'vread'],
    ['GET', 'Patient/1/Observation', 'search-compartment'],
    ['GET', 'Patient/1/*', 'search-compartment'],
    ['POST', 'Patient/1/Observation/_search', 'search-compartment'],
    ['POST', '$validate', 'operation'],
    ['POST', 'Patient/$validate', 'operation'],
    ['GET', 'Patient/1/$everything', 'operation'],
  ])('leads %s %s to %s', (method, path, interaction) => {
    const found = routed(method, path);
    expect(found.ok && found.value.interaction).toBe(interaction);
  });

  it.each([
    ['DELETE', '', ['GET', 'POST']],
    ['POST', 'metadata', ['GET']],
    ['POST', 'Patient/1', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['DELETE', 'Patient/1/_history', ['GET']],
    ['TRACE', 'Patient/1/_history/1', ['GET']],
    ['constructor', 'Patient', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  ])('has nothing for %s %s but says what is allowed', (method, path, allowed) => {
    expect(routed(method, path)).toMatchObject({
      ok: true,
      value: { interaction: undefined, allowed },
    });
  });

  it.each([
    ['Nonsense', 'unknown-type'],
    ['patient', 'unknown-type'],
    ['Resource', 'unknown-type'],
    ['Patient/1/Nonsense', 'unknown-type'],
    ['Patient/1/_history/1/2', 'not-found'],
    ['Patient/_nonsense', 'not-found'],
    ['Patient/1/Observation/2', 'not-found'],
    ['metadata/x', 'not-found'],
    ['Patient//1', 'unknown-type'],
    ['constructor', 'unknown-type'],
  ])('refuses %s as %s', (path, kind) => {
    const found = routed('GET', path);
    expect(found.ok ? undefined : found.failure.kind).toBe(kind);
  });
});

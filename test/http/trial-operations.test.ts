import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../support/json-at.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
});
afterAll(async () => server.close());

const study = 'ResearchStudy/nct01935843';

describe('the protocol parameters', () => {
  it('are answered as the study has them', async () => {
    const answer = await server.get(`${study}/$protocol-parameters?asOf=2024-03-06`);
    expect(answer.status).toBe(200);
    const names = (at(answer.body, 'parameter') as { name: string }[]).map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['study', 'asOf', 'PP-01']);
    expect(names).toHaveLength(21);
    expect(at(answer.body, 'parameter.2.part.0')).toEqual({
      name: 'value',
      valueString: 'Asia/Shanghai',
    });
    expect(at(answer.body, 'parameter.1.valueDateTime')).toBe('2024-03-06');
  });

  it('answer a POST like a GET', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'asOf', valueDateTime: '2024-03-06T09:00:00+08:00' }],
    };
    const answer = await server.post(`${study}/$protocol-parameters`, body);
    expect(at(answer.body, 'parameter.1.valueDateTime')).toBe('2024-03-06T09:00:00+08:00');
  });
});

describe('a call of a trial operation', () => {
  it.each([
    ['asOf=2024-03', 400, 'asOf'],
    ['asOf=2024-02-30', 400, 'asOf'],
    ['asOf=2024-03-06&asOf=2024-03-07', 400, 'asOf'],
    ['when=2024-03-06', 400, 'when'],
  ])('with %s is answered %i and names %s', async (query, status, name) => {
    const answer = await server.get(`${study}/$protocol-parameters?${query}`);
    expect([answer.status, at(answer.body, 'issue.0.expression.0')]).toEqual([status, name]);
  });

  it('of another study is answered 404', async () => {
    const answer = await server.get('ResearchStudy/other/$protocol-parameters');
    expect(answer.status).toBe(404);
  });

  it('is listed in the CapabilityStatement', async () => {
    const { body } = await server.get('metadata');
    const types = at(body, 'rest.0.resource') as { type: string; operation?: { name: string }[] }[];
    const listed = types.find(({ type }) => type === 'ResearchStudy')?.operation ?? [];
    expect(listed.map(({ name }) => name)).toContain('protocol-parameters');
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationOf, readExample } from '../../seed/example-requests.ts';
import { at } from '../support/json-at.ts';
import { jsonPatched, type PatchOperation } from '../support/json-patched.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** A mistake in a row of the worked example, what is answered, and what its sender has to do. */
interface Mistake {
  readonly name: string;
  /** File of the row in `seed/example`. */
  readonly base: string;
  /** The row itself was stored before. */
  readonly isBaseStored?: boolean;
  readonly patch: readonly PatchOperation[];
  readonly fix: string;
  readonly status: number;
  readonly expected: readonly Finding[];
}

interface Finding {
  readonly severity: string;
  readonly code: string;
  readonly expression?: string;
  readonly rule?: string;
  readonly text: string;
}

const directory = join(import.meta.dirname, '../cases/mistakes');
const mistakes = readdirSync(directory).flatMap(
  (file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as readonly Mistake[],
);
const requests = readExample().filter((request) => operationOf(request) === undefined);

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ study: true });
});
afterAll(async () => server.close());

interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly details: { readonly text: string };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

/** The findings of an OperationOutcome, without the advice that a record without narrative gets. */
function findingsOf(body: unknown): readonly Finding[] {
  return ((at(body, 'issue') ?? []) as readonly Issue[])
    .map(({ severity, code, details, diagnostics, expression }) => {
      const rule = diagnostics?.split(' of ')[0];
      return {
        severity,
        code,
        ...(expression?.[0] === undefined ? {} : { expression: expression[0] }),
        ...(rule === undefined ? {} : { rule }),
        text: details.text,
      };
    })
    .filter(({ rule }) => rule !== 'dom-6');
}

/** Sends a mistake; returns its findings after it was seen that nothing of its Bundle was stored. */
async function refusal(mistake: Mistake, body: object): Promise<object> {
  const written = async () => at((await server.get('_history?_count=1')).body, 'total');
  const before = await written();
  const answer = await server.post('', jsonPatched(body, mistake.patch));
  expect([mistake.name, await written()]).toEqual([mistake.name, before]);
  return { name: mistake.name, status: answer.status, expected: findingsOf(answer.body) };
}

describe('a mistake of a hospital', () => {
  it.each(requests.map((request) => [request.row, request.title, request] as const))(
    'in row %s (%s) is refused with place, rule and sentence, and nothing is stored',
    async (row, _title, { body = {} }) => {
      const own = mistakes.filter(({ base }) => Number(base.slice(0, 2)) === row);
      for (const isStored of [false, true]) {
        for (const mistake of own.filter(({ isBaseStored = false }) => isBaseStored === isStored)) {
          const { name, status, expected } = mistake;
          expect(await refusal(mistake, body)).toEqual({ name, status, expected });
        }
        if (!isStored) expect((await server.post('', body)).status).toBe(200);
      }
    },
  );
});

describe('the sentences of refusals', () => {
  const texts = mistakes.flatMap(({ expected }) => expected.map(({ text }) => text));

  it('are at least fifty mistakes, each refused for a reason', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(50);
    for (const { name, expected } of mistakes) {
      expect([name, expected.some(({ severity }) => severity === 'error')]).toEqual([name, true]);
    }
  });

  it('are short and end as sentences or with their rule', () => {
    for (const text of texts) {
      expect(text.length).toBeLessThan(500);
      expect(text).toMatch(/(?:\.|\(rule \S+ of \S+\))$/u);
    }
  });

  it('show nothing that was sent of the patient', () => {
    const sent = ['0300042', '0300099', '1961', '17.05', 'SCR-00', '2024-02', 'Serious"', 'absent'];
    for (const value of sent) {
      expect(texts.filter((text) => text.includes(value))).toEqual([]);
    }
  });
});

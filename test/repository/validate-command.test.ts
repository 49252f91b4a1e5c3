import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

/** Runs the command as a user would, in a process of its own. */
async function validate(input: string, ...options: readonly string[]) {
  return run(input, '-', ...options);
}

async function run(input: string, path: string, ...options: readonly string[]) {
  return new Promise<{ status: number; output: string; errors: string }>((resolve) => {
    const command = [join(root, 'src/cli.ts'), 'validate', path, ...options];
    const child = execFile(process.execPath, command, (error, output, errors) => {
      resolve({ status: error === null ? 0 : Number(error.code), output, errors });
    });
    child.stdin?.end(input);
  });
}

const good = '{"resourceType":"Patient","gender":"male"}';
const bad = '{"resourceType":"Patient","gender":"man"}';

describe('cart-her2 validate', () => {
  it('ends with 0 when nothing would be refused', async () => {
    expect(await validate(good)).toMatchObject({ status: 0 });
  });

  it('names line, element and rule of each finding in NDJSON', async () => {
    const { status, output } = await validate(`${good}\n${bad}\n`);
    expect(status).toBe(1);
    expect(output).toMatch(/^-:2: error Patient\.gender: /m);
    expect(output).not.toMatch(/^-:1: error/m);
  });

  it('prints an OperationOutcome a line on demand', async () => {
    const { output } = await validate(bad, '--format', 'json');
    const { name, outcome } = JSON.parse(output) as {
      readonly name: string;
      readonly outcome: { readonly issue: readonly { readonly expression: readonly string[] }[] };
    };
    expect(name).toBe('-');
    expect(outcome.issue[0]?.expression).toEqual(['Patient.gender']);
  });

  it('prints JUnit on demand', async () => {
    const { output } = await validate(bad, '--format', 'junit');
    expect(output).toContain('<testsuite name="cart-her2 validate" tests="1" failures="1">');
  });

  it('judges by the JSON Schemas on demand', async () => {
    expect(await validate(good, '--engine', 'schema')).toMatchObject({ status: 0 });
    const { status, output } = await validate(bad, '--engine', 'schema');
    expect(status).toBe(1);
    expect(output).toMatch(/error Patient\.gender: The schema of Patient says: /);
  });

  it('holds answers to a Questionnaire that is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cart-her2-validate-'));
    const url = 'http://example.org/q';
    const item = [{ linkId: 'a', type: 'boolean' }];
    const questionnaire = { resourceType: 'Questionnaire', url, status: 'active', item };
    writeFileSync(join(folder, 'q.json'), JSON.stringify(questionnaire));
    const answer = (linkId: string) =>
      JSON.stringify({
        resourceType: 'QuestionnaireResponse',
        questionnaire: url,
        status: 'completed',
        item: [{ linkId }],
      });
    expect(await validate(answer('a'), '--questionnaire', folder)).toMatchObject({ status: 0 });
    const { status, output } = await validate(answer('b'), '--questionnaire', folder);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(output).toContain('error QuestionnaireResponse.item[0]: The Questionnaire has no item');
    expect(await validate(answer('b'))).toMatchObject({ status: 0 });
  });

  it('ends with 2 when the profile is unknown', async () => {
    expect(await validate(good, '--profile', 'urn:nothing')).toMatchObject({ status: 2 });
  });

  it('ends with 2 and one line when the path cannot be read', async () => {
    const { status, output, errors } = await run('', join(root, 'absent.json'));
    expect([status, output]).toEqual([2, '']);
    expect(errors.trim().split('\n')).toEqual([expect.stringContaining('cannot be read')]);
  });

  it('ends with 2 when there is nothing to validate', async () => {
    expect(await validate('\n')).toMatchObject({
      status: 2,
      errors: 'There is nothing to validate.\n',
    });
  });

  it('reads a document of several lines, and a line with any character of JSON', async () => {
    expect(await validate('{"resourceType":"Patient",\n"gender":"male"}\n')).toMatchObject({
      status: 0,
      errors: '1 resource, 0 refused\n',
    });
    const line = '{"resourceType":"Patient","name":[{"text":"a\u2028b"}]}';
    expect(await validate(`${line}\n${line}\n`)).toMatchObject({
      status: 0,
      errors: '2 resources, 0 refused\n',
    });
  });

  it('prints no character in JUnit that XML forbids', async () => {
    const profile = '"meta":{"profile":["urn:\\u0001\\ufffe"]}';
    const input = `{"resourceType":"Patient","gender":"man","\\u0002":1,${profile}}`;
    const { output } = await validate(input, '--format', 'junit');
    expect(output).toMatch(/<failure /);
    expect(output).not.toMatch(/[^\t\n\u0020-\uFFFD]/u);
  });
});

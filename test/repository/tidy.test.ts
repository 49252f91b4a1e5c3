import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryFiles, repositoryRoot } from '../support/repository-files.ts';

// What no compiler and no linter sees, held by reading every file that git tracks.

const made = /^(?:package-lock\.json|profiles\/fsh-generated\/|src\/fhir\/definitions\/r4\/)/u;
const files = repositoryFiles();
const written = files
  .filter((path) => !made.test(path))
  .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));
// This file names what it forbids.
const sources = written.filter(
  ({ path }) => path.endsWith('.ts') && !path.endsWith('/tidy.test.ts'),
);

/** Places (`file:line`) in the texts that a pattern finds. */
function places(texts: typeof written, pattern: RegExp): readonly string[] {
  return texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('the files of the repository', () => {
  it('leave nothing to be done later', () => {
    expect(
      places(written, new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`, 'u')),
    ).toEqual([]);
  });

  it('skip no test but one whose name says the reason', () => {
    const skips =
      /\b(?:it|test|describe)\.(?:skip|todo|only|failing)\b|(?<![.\w])(?:xit|xdescribe|fit|fdescribe)\(/u;
    const reasoned = /\.skip\(`\$\{name\} \(\$\{skip\.reason\}\)`/u;
    const found = sources.map(({ path, text }) => ({
      path,
      text: text.replaceAll(new RegExp(reasoned, 'gu'), ''),
    }));
    expect(places(found, skips)).toEqual([]);
  });

  it('silence no rule of a tool without saying why', () => {
    const silenced =
      /(?:eslint-disable|@ts-ignore|@ts-expect-error|@ts-nocheck|istanbul ignore)(?!.*-- \S)/u;
    expect(places(sources, silenced)).toEqual([]);
  });

  it('are named in lower case with hyphens, after what they know', () => {
    const named = sources.map(({ path }) => path);
    expect(named.filter((path) => !/^[a-z0-9./-]+$/u.test(path))).toEqual([]);
    const vague = /^(?:index|utils?|helpers?|common|managers?|services?|misc)(?:\.|$)/u;
    expect(named.filter((path) => path.split('/').some((part) => vague.test(part)))).toEqual([]);
  });

  it('are small: sources by lines of code, what is made by bytes', () => {
    const long = sources.filter(({ path, text }) => codeLines(text) > linesMax(path));
    expect(long.map(({ path }) => path)).toEqual([]);
    const big = files.filter((path) => statSync(join(repositoryRoot, path)).size > bytesMax(path));
    expect(big).toEqual([]);
  });

  it('have no carriage returns and no spaces at the end of a line', () => {
    expect(places(written, /\r|[ \t]$/u)).toEqual([]);
  });
});

describe('a suite', () => {
  it('expects something, or calls a contract that does', () => {
    const suites = sources.filter(({ path }) => path.endsWith('.test.ts'));
    const idle = suites.filter(({ text }) => !/\bexpect\(|[cC]ontract\(/u.test(text));
    expect(idle.map(({ path }) => path)).toEqual([]);
  });
});

function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:$|\/\/|\/\*|\*)/u.test(line)).length;
}

function linesMax(path: string): number {
  return path.startsWith('test/') || path.endsWith('.test.ts') ? 500 : 300;
}

const kilobyte = 1024;

/** The definitions of R4 are one file, made for a fast start. */
function bytesMax(path: string): number {
  return (path.endsWith('/r4/definitions.bin') ? 4096 : 512) * kilobyte;
}

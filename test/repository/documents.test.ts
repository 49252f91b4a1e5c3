import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { failureKinds } from '../../src/fhir/operation-outcome.ts';
import { operationTable } from '../../src/rest/operation-table.ts';
import { routeTable } from '../../src/rest/route.ts';
import { tableAfter } from '../support/markdown.ts';
import { repositoryFiles, repositoryRoot } from '../support/repository-files.ts';

const documents = repositoryFiles().filter((path) => path.endsWith('.md'));
const pages = documents.filter((path) => path.startsWith('docs/interaction/'));

function textOf(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

/** The interactions that exist; a batch is routed as a transaction. */
const interactions = new Set<string>([
  ...Object.values(routeTable).flatMap((row) => Object.values(row)),
  'batch',
]);

/** The interactions that a page says it is about. */
function namedBy(path: string): readonly string[] {
  const [, line = ''] = /^Interactions: (.*?)\. R4:/mu.exec(textOf(path)) ?? [];
  return [...line.matchAll(/`([a-z-]+)`/gu)].map(([, code = '']) => code);
}

/** The routes that a page shows, as `GET [type]/[id]`. */
function routesIn(path: string): readonly string[] {
  const requests = textOf(path).matchAll(/`(GET|POST|PUT|PATCH|DELETE) ([^`]+)`/gu);
  return [...requests].map(([, method = '', url = '']) => {
    const shape = url
      .replace('[base]', '')
      .replace('?[criteria]', '')
      .replace(/\$(?:\[name\]|[a-z-]+)/u, '$');
    return `${method} ${shape}`;
  });
}

describe('docs/interaction', () => {
  it('has a page for each interaction, and names no other', () => {
    for (const path of pages) {
      const unknown = namedBy(path).filter((code) => !interactions.has(code));
      expect([path, unknown, namedBy(path).length > 0]).toEqual([path, [], true]);
    }
    expect(new Set(pages.flatMap(namedBy))).toEqual(interactions);
  });

  it('shows each route of the server, and no other', () => {
    const routes = Object.entries(routeTable).flatMap(([shape, row]) =>
      Object.keys(row).map((method) => `${method} ${shape}`),
    );
    expect(new Set(pages.flatMap(routesIn))).toEqual(new Set(routes));
  });

  it('names only statuses that the server answers', () => {
    const answered = new Set<number>([
      ...[200, 201, 204, 304],
      ...Object.values(failureKinds).map(({ status }) => status),
    ]);
    for (const path of pages) {
      const named = [...textOf(path).matchAll(/^\| ((?:\d{3}(?:, )?)+) +\|/gmu)]
        .flatMap(([, cell = '']) => cell.split(', '))
        .map(Number);
      expect([path, named.length > 0 || path.endsWith('/conditional.md')]).toEqual([path, true]);
      expect([path, named.filter((status) => !answered.has(status))]).toEqual([path, []]);
    }
  });

  it('lists each operation with its place and methods, and no other', () => {
    const rows = tableAfter(textOf('docs/interaction/operation.md'), '# Operations');
    const listed = rows.map(([operation, places, methods]) => [operation, places, methods]);
    const places = { system: '[base]', type: '[type]', instance: '[type]/[id]' };
    expect(listed.sort()).toEqual(
      operationTable
        .map(({ code, levels, types = ['[type]'], methods }) => [
          `$${code}`,
          types
            .flatMap((type) => levels.map((level) => places[level].replace('[type]', type)))
            .join(', '),
          methods.join(', '),
        ])
        .sort(),
    );
  });
});

describe('the definition of an operation', () => {
  const own = operationTable.filter(({ definition }) => !definition.startsWith('http://hl7.org/'));
  const folder = 'profiles/fsh-generated/resources';

  it.each(own)('of $code says where it is called', ({ code, definition, levels, types }) => {
    const name = definition.split('/').at(-1) ?? '';
    const path = `${folder}/OperationDefinition-${name}.json`;
    expect(JSON.parse(textOf(path))).toMatchObject({
      url: definition,
      code,
      resource: types,
      system: levels.includes('system'),
      type: levels.includes('type'),
      instance: levels.includes('instance'),
    });
  });

  it('is there for each operation that the guide defines, and for no other', () => {
    const defined = repositoryFiles().filter((path) => path.startsWith(`${folder}/OperationDef`));
    expect(defined.length).toBe(own.length);
  });
});

describe('a link between documents', () => {
  it.each(documents)('of %s leads to what exists', (path) => {
    const links = [...textOf(path).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link = '']) => link);
    const lost = links.filter((link) => !/^[a-z]+:/u.test(link) && !leadsSomewhere(path, link));
    expect(lost).toEqual([]);
  });
});

describe('a comment of a source', () => {
  it('names only documents and headings that exist', () => {
    const sources = repositoryFiles().filter((path) =>
      /^(?:src|seed|scripts)\/.*\.ts$/u.test(path),
    );
    const lost = sources.flatMap((path) =>
      [...textOf(path).matchAll(/@see (docs\/\S+)/gu)]
        .map(([, link = '']) => link)
        .filter((link) => !leadsSomewhere('README.md', link))
        .map((link) => `${path}: ${link}`),
    );
    expect(lost).toEqual([]);
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? from : join(dirname(from), target);
  if (!existsSync(join(repositoryRoot, path))) return false;
  return anchor === undefined || !path.endsWith('.md') || anchorsOf(textOf(path)).has(anchor);
}

/** The anchors that renderers give headings: lower case, hyphens for spaces, no other signs. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.matchAll(/^#+ (.*)$/gmu);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe('docs/decisions', () => {
  const decisions = documents.filter((path) => path.startsWith('docs/decisions/')).sort();

  it('are numbered without gaps, and their titles have the number', () => {
    const numbers = decisions.map((path) => /\/(\d{4})-[a-z0-9-]+\.md$/u.exec(path)?.[1]);
    expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, '0')));
    for (const [index, path] of decisions.entries()) {
      expect(textOf(path)).toMatch(new RegExp(`^# ${index + 1}\\. `, 'u'));
    }
  });

  it('have context, decision and consequences, in this order', () => {
    for (const path of decisions) {
      const titles = textOf(path).matchAll(/^(?:\*\*|## )([A-Z][a-z]+)/gmu);
      const parts = [...titles].map(([, title = '']) => title);
      const wanted = ['Context', 'Decision', 'Consequences'];
      expect([path, parts.filter((part) => wanted.includes(part))]).toEqual([path, wanted]);
    }
  });

  it('are all listed by the page on the architecture', () => {
    const architecture = textOf('docs/architecture.md');
    const names = decisions.map((path) => path.replace('docs/', ''));
    expect(names.filter((name) => !architecture.includes(`](${name})`))).toEqual([]);
  });
});

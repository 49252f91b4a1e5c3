import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unpackR4 } from './r4-package.ts';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache');
const committed = join(root, 'profiles/fsh-generated/resources');

/**
 * Compiles `profiles/input/fsh` with SUSHI. It runs with a home of its own that holds the official R4
 * package and nothing else, so that its output does not drift with what a registry offers.
 */
function compile(): string {
  const home = join(cache, 'sushi-home');
  const work = join(cache, 'sushi');
  const packages = join(home, '.fhir/packages');
  const r4 = join(packages, 'hl7.fhir.r4.core#4.0.1');
  mkdirSync(packages, { recursive: true });
  if (!existsSync(r4)) symlinkSync(join(unpackR4(cache), '..'), r4, 'dir');
  rmSync(work, { recursive: true, force: true });
  cpSync(join(root, 'profiles/input'), join(work, 'input'), { recursive: true });
  cpSync(join(root, 'profiles/sushi-config.yaml'), join(work, 'sushi-config.yaml'));
  const sushi = join(root, 'node_modules/fsh-sushi/dist/app.js');
  execFileSync(process.execPath, [sushi, 'build', work, '--snapshot'], {
    stdio: 'inherit',
    env: { ...process.env, HOME: home, ...offline },
  });
  return join(work, 'fsh-generated/resources');
}

/** A registry that does not answer: SUSHI then uses what its cache holds. */
const offline = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  FPL_REGISTRY: 'http://127.0.0.1:9',
};

function contents(directory: string): ReadonlyMap<string, string> {
  const names = existsSync(directory) ? readdirSync(directory).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

const compiled = compile();
if (process.argv.includes('--check')) {
  const names = differing(contents(compiled), contents(committed));
  if (names.length > 0) {
    console.error(`The compiled profiles differ; run npm run profiles. ${names.join(', ')}`);
    process.exitCode = 1;
  }
} else {
  rmSync(committed, { recursive: true, force: true });
  cpSync(compiled, committed, { recursive: true });
}

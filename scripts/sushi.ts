import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fhirdefs, sushiExport, utils } from 'fsh-sushi';
import { fillPackageCache } from './package-cache.ts';

/** What a run of SUSHI complained of. */
export interface SushiCounts {
  readonly errors: number;
  readonly warnings: number;
}

/**
 * Compiles the FSH sources of `project` into FHIR JSON with snapshots under `target/fsh-generated/resources`.
 * SUSHI is called as a library, with the official R4 package alone: its command would look on the network
 * for its own latest version and for the latest terminology and extension packages, and the output would drift.
 */
export async function compileFsh(
  project: string,
  target: string,
  cache: string,
): Promise<SushiCounts> {
  useHome(join(cache, 'sushi-home'));
  utils.logger.level = 'warn';
  const source = join(project, 'input/fsh');
  const config = utils.readConfig(project);
  const tank = utils.fillTank(utils.getRawFSHes(source), config);
  const definitions = await fhirdefs.createFHIRDefinitions();
  await definitions.loadPackage('hl7.fhir.r4.core', '4.0.1');
  definitions.optimize();
  mkdirSync(target, { recursive: true });
  utils.writeFHIRResources(target, sushiExport.exportFHIR(tank, definitions), definitions, true);
  return { errors: utils.stats.numError, warnings: utils.stats.numWarn };
}

/** SUSHI looks for packages under the home directory; this one holds R4 and nothing else. */
function useHome(home: string): void {
  fillPackageCache(home);
  process.env['HOME'] = home;
  process.env['USERPROFILE'] = home;
}

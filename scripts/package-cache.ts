import { join } from 'node:path';
import { unpackR4 } from './r4-package.ts';

/**
 * Fills the package cache that SUSHI reads when it runs with `home` as its HOME, so that it finds
 * hl7.fhir.r4.core#4.0.1 without a network.
 *
 * @see https://fshschool.org/docs/sushi/running/
 */
export function fillPackageCache(home: string): void {
  unpackR4(join(home, '.fhir', 'packages'));
}

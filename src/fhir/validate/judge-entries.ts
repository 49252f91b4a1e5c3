import type { JsonDocument } from '../json/json-document.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { bundlePlace } from './bundle-place.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { passOver } from './pass.ts';
import type { Pace, Validation } from './validator.ts';

/**
 * Returns what is found in the resource of each entry of a Bundle, by that resource, as a pass over the
 * whole Bundle would find it there. Awaits `pace` between entries.
 */
export async function judgeEntries(
  compiler: Compiler,
  { value: bundle, numberTexts }: JsonDocument,
  pace: Pace,
): Promise<ReadonlyMap<JsonObject, Validation>> {
  const judged = new Map<JsonObject, Validation>();
  const check = compiler.typeCheck('Resource');
  const pass = passOver(bundle, 'Bundle', numberTexts);
  pass.bundles.push(bundlePlace(bundle));
  pass.definitionAt[1] = 'Bundle';
  pass.definitionAt[3] = 'Bundle.entry';
  for (const [index, entry] of itemsOf(bundle['entry']).entries()) {
    const resource = isJsonObject(entry) ? entry['resource'] : undefined;
    if (isJsonObject(resource)) {
      pass.path.splice(1, Infinity, 'entry', index, 'resource');
      pass.depth = 4;
      pass.issues = [];
      pass.references = [];
      check?.(resource, pass);
      judged.set(resource, { issues: pass.issues, references: pass.references });
      await pace();
    }
  }
  return judged;
}

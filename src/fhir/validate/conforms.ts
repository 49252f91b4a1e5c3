import type { ConformsTo } from '../fhirpath/fhirpath.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Compiler, ProfileCheck } from './compiler.ts';
import { passOver, type Pass } from './pass.ts';
import { satisfies } from './satisfy.ts';

/**
 * Returns the judge of `conformsTo()` in invariants: whether a resource or element satisfies what a
 * profile demands beyond its type; undefined when the profile is unknown. A profile whose invariant
 * asks for itself on the same value is taken as satisfied, so that it ends.
 *
 * @see https://hl7.org/fhir/R4/fhirpath.html#functions
 */
export function conformsWith(compiler: Compiler): ConformsTo {
  // What is being judged right now; empty between evaluations, which never wait.
  const trials: Pass['trials'] = new Map<JsonObject, Set<string>>();
  return (value, canonical, focus) => {
    const profile = compiler.profileCheck(canonical);
    if (profile === undefined) return undefined;
    const { resource, rootResource = resource, numberTexts = new Map() } = focus;
    const isResource = isJsonObject(value) && typeof value['resourceType'] === 'string';
    const pass: Pass = { ...passOver(resource, profile.type, numberTexts), rootResource, trials };
    if (isResource) satisfies(compiler, value, canonical, pass);
    else checkElement(profile, value, pass);
    return !pass.issues.some(({ severity }) => severity === 'error' || severity === 'fatal');
  };
}

function checkElement(profile: ProfileCheck, value: JsonValue, pass: Pass): void {
  const { type, url } = profile;
  if (!isJsonObject(value)) {
    profile.check({ value, sibling: undefined, type }, pass);
    return;
  }
  const running = pass.trials.get(value) ?? new Set<string>();
  if (running.has(url)) return;
  pass.trials.set(value, running.add(url));
  profile.check({ value, sibling: undefined, type }, pass);
  running.delete(url);
}

import type { JsonObject } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { report, type Pass } from './pass.ts';

/**
 * Reports what keeps a resource from a profile. Types are compared first; a profile that is already
 * being tried on the same resource counts as satisfied, so that a circle of references ends.
 */
export function satisfies(
  compiler: Compiler,
  resource: JsonObject,
  canonical: string,
  pass: Pass,
): void {
  const profile = compiler.profileCheck(canonical);
  if (profile === undefined) {
    return;
  }
  const running = pass.trials.get(resource) ?? new Set<string>();
  if (running.has(profile.url)) {
    return;
  }
  const isAny = profile.type === 'Resource' || profile.type === 'DomainResource';
  if (!isAny && resource['resourceType'] !== profile.type) {
    report(pass, {
      code: 'structure',
      rule: 'profile-type',
      text: `The resource is no ${profile.type}, which the profile ${canonical} is for.`,
    });
    return;
  }
  const saved = { resource: pass.resource, rootResource: pass.rootResource };
  pass.trials.set(resource, running.add(profile.url));
  pass.resource = resource;
  pass.rootResource = isContained(saved.rootResource, resource) ? saved.rootResource : resource;
  profile.check({ value: resource, sibling: undefined, type: profile.type }, pass);
  pass.resource = saved.resource;
  pass.rootResource = saved.rootResource;
  running.delete(profile.url);
}

function isContained(root: JsonObject, resource: JsonObject): boolean {
  const contained = root['contained'];
  return Array.isArray(contained) && contained.includes(resource);
}

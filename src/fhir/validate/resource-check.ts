import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { bundleContent } from './bundle-content.ts';
import { bundlePlace } from './bundle-place.ts';
import { bundleRules } from './bundle-rules.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { domainRules } from './contained.ts';
import { kindOf, report, type ObjectCheck, type Pass } from './pass.ts';
import { profileProblems } from './profile-problems.ts';
import { satisfies } from './satisfy.ts';

const base = 'http://hl7.org/fhir/StructureDefinition/';
const notDomainResources: ReadonlySet<string> = new Set(['Bundle', 'Binary', 'Parameters']);

/**
 * Returns the check of a resource inside another: contained, in a Bundle's entry, in Parameters. It
 * has the rules of its own type and the profiles that it claims.
 *
 * @see https://hl7.org/fhir/R4/references.html#contained
 */
export function nestedResource(compiler: Compiler): ObjectCheck {
  return (value, pass) => {
    const judged = pass.judged?.get(value);
    if (judged !== undefined) {
      pass.issues.push(...judged.issues);
      pass.references.push(...judged.references);
      return;
    }
    const saved = {
      resource: pass.resource,
      rootResource: pass.rootResource,
      profile: pass.profile,
      elementIds: pass.elementIds,
    };
    const isContained = pass.path[pass.depth - 2] === 'contained';
    const place = pass.bundles.at(-1);
    const fullUrl = place?.fullUrl;
    pass.resource = value;
    pass.elementIds = new Set();
    if (!isContained) {
      pass.rootResource = value;
      enterEntry(pass);
    }
    checkResource(compiler, value, pass);
    if (place !== undefined) {
      place.fullUrl = fullUrl;
    }
    pass.resource = saved.resource;
    pass.rootResource = saved.rootResource;
    pass.profile = saved.profile;
    pass.elementIds = saved.elementIds;
  };
}

/** Checks a resource where the pass stands: base R4, then the profiles it claims, then `demanded`. */
export function checkResource(
  compiler: Compiler,
  resource: JsonObject,
  pass: Pass,
  demanded: readonly string[] = [],
): void {
  const type = resource['resourceType'];
  const check =
    typeof type === 'string' && compiler.definitions.isResourceType(type)
      ? compiler.typeCheck(type)
      : undefined;
  if (typeof type !== 'string' || check === undefined) {
    report(pass, {
      code: 'structure',
      rule: 'resource-type',
      text: `The resourceType is ${typeof type === 'string' ? 'not a resource type of R4' : kindOf(type)}; one of R4's resource types is expected.`,
      child: 'resourceType',
    });
    return;
  }
  pass.profile = base + type;
  if (type === 'Bundle') {
    checkBundle({ compiler, check }, resource, pass);
  } else {
    check(resource, pass);
  }
  if (!notDomainResources.has(type)) {
    domainRules(resource, pass);
  }
  checkProfiles({ compiler, resource, demanded }, pass);
}

function checkBundle(
  { compiler, check }: { readonly compiler: Compiler; readonly check: ObjectCheck },
  bundle: JsonObject,
  pass: Pass,
): void {
  const from = pass.references.length;
  const place = bundlePlace(bundle);
  pass.bundles.push(place);
  check(bundle, pass);
  pass.bundles.pop();
  bundleRules(compiler, bundle, pass);
  bundleContent(place, from, pass);
}

/** Tells the Bundle around which entry the pass is in, so that relative references have a base. */
function enterEntry(pass: Pass): void {
  const place = pass.bundles.at(-1);
  const index = pass.path[pass.depth - 2];
  if (place === undefined || typeof index !== 'number' || pass.path[pass.depth - 3] !== 'entry') {
    return;
  }
  const entry = itemsOf(place.bundle['entry'])[index];
  const fullUrl = isJsonObject(entry) ? entry['fullUrl'] : undefined;
  place.fullUrl = typeof fullUrl === 'string' ? fullUrl : undefined;
}

interface Profiled {
  readonly compiler: Compiler;
  readonly resource: JsonObject;
  readonly demanded: readonly string[];
}

function checkProfiles({ compiler, resource, demanded }: Profiled, pass: Pass): void {
  const { meta } = resource;
  const claims = itemsOf(isJsonObject(meta) ? meta['profile'] : undefined);
  const done = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    if (typeof claim === 'string' && !done.has(claim)) {
      done.add(claim);
      checkProfile({ compiler, resource, canonical: claim }, `meta.profile[${index}]`, pass);
    }
  }
  for (const canonical of demanded) {
    if (!done.has(canonical)) {
      done.add(canonical);
      checkProfile({ compiler, resource, canonical }, undefined, pass);
    }
  }
}

interface OneProfile {
  readonly compiler: Compiler;
  readonly resource: JsonObject;
  readonly canonical: string;
}

function checkProfile(
  { compiler, resource, canonical }: OneProfile,
  claimedAt: string | undefined,
  pass: Pass,
): void {
  if (compiler.profileCheck(canonical) === undefined) {
    reportUnchecked({ compiler, canonical }, claimedAt, pass);
    return;
  }
  pass.profile = canonical;
  satisfies(compiler, resource, canonical, pass);
}

function reportUnchecked(
  { compiler, canonical }: Omit<OneProfile, 'resource'>,
  claimedAt: string | undefined,
  pass: Pass,
): void {
  const place = claimedAt === undefined ? {} : { child: claimedAt };
  if (compiler.definitions.structureDefinition(canonical) === undefined) {
    report(pass, {
      code: 'not-found',
      severity: claimedAt === undefined ? 'error' : 'warning',
      rule: 'profile-unknown',
      text: `The profile ${canonical} is not known to this server, so it was not checked.`,
      ...place,
    });
    return;
  }
  const why = profileProblems(compiler, canonical).join(' ');
  report(pass, {
    code: 'business-rule',
    severity: claimedAt === undefined ? 'error' : 'warning',
    rule: 'profile-compiles',
    text: `The profile ${canonical} cannot be compiled, so it was not checked: ${why}`,
    ...place,
  });
}

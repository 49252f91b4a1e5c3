import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * The rules of every DomainResource, in code because each walks the whole resource: `dom-2` to `dom-6`
 * and that the ids of contained resources differ. The pass stands at the resource.
 *
 * @see https://hl7.org/fhir/R4/domainresource.html#invs
 * @see https://hl7.org/fhir/R4/references.html#contained
 */
export const domainRules: ObjectCheck = (resource, pass) => {
  checkNarrative(resource, pass);
  const contained = resource['contained'];
  if (!Array.isArray(contained)) {
    return;
  }
  const resources = contained.filter(isJsonObject);
  if (pass.resource !== pass.rootResource && resources.length > 0) {
    report(pass, {
      code: 'invariant',
      rule: 'dom-2',
      text: 'The contained resource contains resources itself; only the outermost one may.',
      child: 'contained',
    });
  }
  const fragments = fragmentsIn(resource);
  const ids = new Set<JsonValue>();
  for (const [index, candidate] of contained.entries()) {
    if (isJsonObject(candidate)) {
      checkContained(candidate, { child: `contained[${index}]`, fragments, ids }, pass);
    }
  }
};

function checkNarrative(resource: JsonObject, pass: Pass): void {
  if (resource['text'] === undefined && pass.resource === pass.rootResource) {
    report(pass, {
      code: 'invariant',
      severity: 'warning',
      rule: 'dom-6',
      text: 'A resource should have narrative for robust management.',
    });
  }
}

interface Place {
  readonly child: string;
  readonly fragments: ReadonlySet<string>;
  readonly ids: Set<JsonValue>;
}

function checkContained(contained: JsonObject, place: Place, pass: Pass): void {
  const { id, meta } = contained;
  const { child } = place;
  const fault = (rule: string, text: string) => {
    report(pass, { code: 'invariant', rule, text, child });
  };
  if (typeof id !== 'string') {
    fault(
      'dom-3',
      'The contained resource has no id; it needs one, so that the resource can refer to it.',
    );
    return;
  }
  if (place.ids.has(id)) {
    fault('contained-id', 'Two contained resources have the same id; each needs its own.');
  }
  place.ids.add(id);
  if (!place.fragments.has(`#${id}`) && !fragmentsIn(contained).has('#')) {
    fault(
      'dom-3',
      'Nothing refers to the contained resource; one that is contained must be referred to.',
    );
  }
  if (isJsonObject(meta)) {
    if (meta['versionId'] !== undefined || meta['lastUpdated'] !== undefined) {
      fault(
        'dom-4',
        'The contained resource has meta.versionId or meta.lastUpdated; only the outermost one may.',
      );
    }
    if (meta['security'] !== undefined) {
      fault('dom-5', 'The contained resource has security labels; only the outermost one may.');
    }
  }
}

/** Returns every text below `value` that is a fragment: references, canonicals, uris and urls. */
function fragmentsIn(value: JsonValue): Set<string> {
  const found = new Set<string>();
  const rest: JsonValue[] = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') {
      if (next.startsWith('#')) {
        found.add(next);
      }
    } else if (typeof next === 'object' && next !== null) {
      for (const below of Object.values(next)) {
        if (below !== undefined) {
          rest.push(below);
        }
      }
    }
  }
  return found;
}

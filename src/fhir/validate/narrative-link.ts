import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { Pass } from './pass.ts';

/**
 * Returns whether an internal link or image (`#x`) of a narrative names no id or anchor that exists: in the
 * narratives and ids of the resource, or of the Bundle around it.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#id
 */
export function hasLostLink(xhtml: string, pass: Pass): boolean {
  const links = [...xhtml.matchAll(/\s(?:href|src)\s*=\s*["']#([^"']{1,200})["']/g)];
  if (links.length === 0) {
    return false;
  }
  const anchors = anchorsIn(pass.bundles[0]?.bundle ?? pass.rootResource);
  return links.some(([, name = '']) => !anchors.has(name));
}

function anchorsIn(root: JsonValue): ReadonlySet<string> {
  const anchors = new Set<string>();
  const rest: JsonValue[] = [root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (Array.isArray(next)) {
      rest.push(...(next as readonly JsonValue[]));
    } else if (isJsonObject(next)) {
      for (const [name, value] of Object.entries(next)) {
        addAnchors(anchors, name, value);
        if (typeof value === 'object') {
          rest.push(value);
        }
      }
    }
  }
  return anchors;
}

function addAnchors(anchors: Set<string>, name: string, value: JsonValue | undefined): void {
  if (typeof value !== 'string') {
    return;
  }
  if (name === 'id') {
    anchors.add(value);
  } else if (name === 'div') {
    for (const [, anchor = ''] of value.matchAll(/\s(?:id|name)\s*=\s*["']([^"']{1,200})["']/g)) {
      anchors.add(anchor);
    }
  }
}

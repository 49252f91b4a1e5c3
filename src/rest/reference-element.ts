import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { JsonPath } from '../fhir/json-text.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../fhir/json/json-value.ts';

/**
 * Returns the name of the FHIR type of the element at `path` (`uri`, `canonical`, `string`), undefined
 * when R4 has no such element.
 */
export function typeAt(
  definitions: Definitions,
  resource: JsonObject,
  path: JsonPath,
): string | undefined {
  let value: JsonValue | undefined = resource;
  let at = rootOf(resource);
  for (const step of path) {
    if (typeof step === 'number') {
      value = Array.isArray(value) ? (value as JsonArray)[step] : undefined;
    } else {
      value = isJsonObject(value) ? value[step] : undefined;
      at = childOf(definitions, at, step);
    }
    if (isJsonObject(value) && typeof value['resourceType'] === 'string') at = rootOf(value);
    if (at === undefined) return undefined;
  }
  return at?.path === undefined ? at?.type : undefined;
}

/** A place in the definition of `type`: below `path`, or at the type itself. */
interface Place {
  readonly type: string;
  readonly path?: string;
}

function rootOf(resource: JsonObject): Place | undefined {
  const type = resource['resourceType'];
  return typeof type === 'string' ? { type } : undefined;
}

function childOf(
  definitions: Definitions,
  place: Place | undefined,
  name: string,
): Place | undefined {
  if (place === undefined) return undefined;
  const elements = definitions.structureDefinition(place.type)?.snapshot?.element ?? [];
  const parent = place.path ?? place.type;
  const element = elements.find(({ path }) => path === `${parent}.${name}`);
  if (element !== undefined) return placeOf(element, place.type);
  const choice = elements
    .filter(({ path }) => path.startsWith(`${parent}.`) && path.endsWith('[x]'))
    .flatMap(({ path, type }) =>
      (type ?? []).map(({ code }) => [path.slice(parent.length + 1, -3), code] as const),
    )
    .find(([stem, code]) => name === stem + capital(code));
  return choice === undefined ? undefined : { type: choice[1] };
}

function placeOf(element: ElementDefinition, type: string): Place | undefined {
  if (element.contentReference !== undefined) {
    return {
      type,
      path: element.contentReference.slice(element.contentReference.indexOf('#') + 1),
    };
  }
  const code = element.type?.[0]?.code;
  if (code === 'BackboneElement' || code === 'Element') return { type, path: element.path };
  return code === undefined ? undefined : { type: code };
}

function capital(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1);
}

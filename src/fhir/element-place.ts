import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from './definitions/definitions.ts';
import type { JsonPath } from './json-text.ts';
import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from './json/json-value.ts';

/** Where a value of a resource stands in the definitions: at a type, or at an element inside one. */
export interface ElementPlace {
  readonly type: string;
  /** The path of the element whose children are meant (`Patient.contact`); undefined at a type's root. */
  readonly path?: string;
}

/** A child element as JSON has it. */
export interface ChildElement {
  /** The member's name: that of the element, with its type for a choice (`deceasedBoolean`). */
  readonly name: string;
  readonly isList: boolean;
  /** The element's name, when it is a choice of types (`deceased`). */
  readonly choice?: string;
  readonly place: ElementPlace;
}

/**
 * Returns the name of the FHIR type of the element at `path` (`uri`, `canonical`, `string`), undefined
 * when R4 has no such element and for one that is defined in place.
 */
export function typeAt(
  definitions: Definitions,
  resource: JsonObject,
  path: JsonPath,
): string | undefined {
  const place = placeAt(definitions, resource, path);
  return place?.path === undefined ? place?.type : undefined;
}

/** Returns the place of the value at `path`, undefined when R4 has no such element. */
export function placeAt(
  definitions: Definitions,
  resource: JsonObject,
  path: JsonPath,
): ElementPlace | undefined {
  let value: JsonValue | undefined = resource;
  let place = rootOf(resource);
  for (const step of path) {
    if (place === undefined) return undefined;
    if (typeof step === 'number') {
      value = Array.isArray(value) ? (value as JsonArray)[step] : undefined;
    } else {
      value = isJsonObject(value) ? value[step] : undefined;
      place = childAt(definitions, place, step)?.place;
    }
    if (isJsonObject(value)) place = rootOf(value) ?? place;
  }
  return place;
}

/**
 * Returns the child that is called `name`: by its element's name, by the name of a choice in JSON
 * (`deceasedBoolean`), or by the element's name of a choice when `type` says which.
 */
export function childAt(
  definitions: Definitions,
  place: ElementPlace,
  name: string,
  type?: string,
): ChildElement | undefined {
  const elements = definitions.structureDefinition(place.type)?.snapshot?.element ?? [];
  const parent = place.path ?? place.type;
  const element = elements.find(({ path }) => path === `${parent}.${name}`);
  if (element !== undefined) return childOf(element, name, place.type);
  const choice = elements
    .filter(({ path }) => path.startsWith(`${parent}.`) && path.endsWith('[x]'))
    .flatMap((one) => {
      const stem = one.path.slice(parent.length + 1, -3);
      return (one.type ?? []).map(({ code }) => ({ code, stem, json: stem + capital(code) }));
    })
    .find(({ json, stem, code }) => json === name || (stem === name && code === type));
  return choice === undefined
    ? undefined
    : { name: choice.json, choice: choice.stem, isList: false, place: { type: choice.code } };
}

function rootOf(resource: JsonObject): ElementPlace | undefined {
  const type = resource['resourceType'];
  return typeof type === 'string' ? { type } : undefined;
}

function childOf(element: ElementDefinition, name: string, type: string): ChildElement | undefined {
  const place = placeOf(element, type);
  return place === undefined ? undefined : { name, isList: element.max !== '1', place };
}

function placeOf(element: ElementDefinition, type: string): ElementPlace | undefined {
  const { contentReference } = element;
  if (contentReference !== undefined) {
    return { type, path: contentReference.slice(contentReference.indexOf('#') + 1) };
  }
  const code = element.type?.[0]?.code;
  if (code === 'BackboneElement' || code === 'Element') return { type, path: element.path };
  return code === undefined ? undefined : { type: code };
}

function capital(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1);
}

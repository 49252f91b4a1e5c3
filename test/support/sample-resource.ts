import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../../src/fhir/definitions/definitions.ts';
import type { JsonObject, JsonValue } from '../../src/fhir/json/json-value.ts';

/** How full a sample is: how many items an array has, and which type each choice takes. */
export interface SampleShape {
  readonly items: number;
  readonly choice: number;
}

/** Elements below this are left out. */
const depthMax = 5;

const primitives: Readonly<Record<string, JsonValue>> = {
  boolean: true,
  integer: 1,
  unsignedInt: 1,
  positiveInt: 1,
  decimal: 1.5,
  date: '2024-03-04',
  dateTime: '2024-03-04T10:00:00Z',
  instant: '2024-03-04T10:00:00.000Z',
  time: '10:00:00',
  xhtml: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>',
};

/**
 * Returns a resource or value of `type` with every element of its definition down to a depth. It follows the
 * definition, not the rules: codes are any, references lead nowhere.
 */
export function sampleOf(definitions: Definitions, type: string, shape: SampleShape): JsonObject {
  const sample = objectAt(definitions, { root: type, path: type, depth: 0 }, shape);
  return definitions.isResourceType(type) ? { resourceType: type, ...sample } : sample;
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly depth: number;
}

function objectAt(definitions: Definitions, place: Place, shape: SampleShape): JsonObject {
  const prefix = `${place.path}.`;
  const elements = definitions.structureDefinition(place.root)?.snapshot?.element ?? [];
  const members = elements
    .filter(({ path }) => path.startsWith(prefix) && !path.includes('.', prefix.length))
    .flatMap((element): readonly (readonly [string, JsonValue])[] => {
      const name = element.path.slice(prefix.length);
      if (name === 'contained' || /xtension$/.test(name)) return [];
      return memberOf(definitions, { element, name, place }, shape);
    });
  return Object.fromEntries(members);
}

interface Member {
  readonly element: ElementDefinition;
  readonly name: string;
  readonly place: Place;
}

function memberOf(
  definitions: Definitions,
  { element, name, place }: Member,
  shape: SampleShape,
): readonly (readonly [string, JsonValue])[] {
  const types = element.type ?? [];
  const code = types[shape.choice % Math.max(1, types.length)]?.code;
  const value = valueOf(definitions, { element, code, place }, shape);
  if (value === undefined) return [];
  const suffix = code === undefined ? '' : code.charAt(0).toUpperCase() + code.slice(1);
  const key = name.endsWith('[x]') ? name.slice(0, -3) + suffix : name;
  const isArray = element.max !== '1';
  return [[key, isArray ? Array.from({ length: shape.items }, () => value) : value]];
}

function valueOf(
  definitions: Definitions,
  {
    element,
    code,
    place,
  }: Pick<Member, 'element' | 'place'> & { readonly code: string | undefined },
  shape: SampleShape,
): JsonValue | undefined {
  const depth = place.depth + 1;
  if (code === undefined)
    return depth > 2 ? undefined : againAt(definitions, element, place, shape);
  const primitive = primitiveOf(definitions, code);
  if (primitive !== undefined) return primitive;
  if (depth > depthMax || code === 'Resource') return undefined;
  const isInline = code === 'BackboneElement' || code === 'Element';
  const inner = isInline ? { root: place.root, path: element.path } : { root: code, path: code };
  return objectAt(definitions, { ...inner, depth }, shape);
}

/** The same elements again, as the parts of an item have items. */
function againAt(
  definitions: Definitions,
  { contentReference = '' }: ElementDefinition,
  { root, depth }: Place,
  shape: SampleShape,
): JsonObject {
  const path = contentReference.split('#').at(-1) ?? '';
  return objectAt(definitions, { root, path, depth: depth + 1 }, shape);
}

function primitiveOf(definitions: Definitions, code: string): JsonValue | undefined {
  if (Object.hasOwn(primitives, code)) return primitives[code];
  const isText =
    code.startsWith('http://hl7.org/fhirpath/') ||
    definitions.structureDefinition(code)?.kind === 'primitive-type';
  return isText ? 'a' : undefined;
}

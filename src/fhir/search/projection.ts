import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { printSelected, type Selection } from './print.ts';
import type { SummaryMode } from './query.ts';

/** What of a resource is returned; the answer is its JSON text. */
export type Projection = (document: JsonDocument) => string;

/** The tag of a resource of which elements were left out. */
export const subsetted = Object.freeze({
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
});

/**
 * Returns the projection of `_summary` or `_elements`, undefined when resources are returned whole. What
 * it returns is tagged SUBSETTED, its numbers keep their digits. The selections of a type are made when
 * its first resource comes.
 *
 * @see https://hl7.org/fhir/R4/search.html#summary
 * @see https://hl7.org/fhir/R4/search.html#elements
 */
export function createProjection(
  definitions: Definitions,
  summary: SummaryMode,
  elements?: readonly string[],
): Projection | undefined {
  const isWhole = summary === 'false' || summary === 'count';
  if (isWhole && elements === undefined) return undefined;
  const selections = new Map<string, Selection>();
  return (document) => {
    const { resourceType } = document.value;
    const type = typeof resourceType === 'string' ? resourceType : '';
    let selection = selections.get(type);
    if (selection === undefined) {
      selection = isWhole
        ? elementsSelection(definitions, type, elements ?? [])
        : summarySelection(definitions, type, { summary, value: document.value });
      // What `data` keeps depends on the resource: all but its text.
      if (summary !== 'data') selections.set(type, selection);
    }
    return printTagged(document, selection);
  };
}

function summarySelection(
  definitions: Definitions,
  type: string,
  { summary, value }: { readonly summary: SummaryMode; readonly value: JsonObject },
): Selection {
  if (summary === 'text') return select([...always, 'text', ...mandatory(definitions, type)]);
  if (summary === 'data') {
    return select([...always, ...Object.keys(value).filter((name) => name !== 'text')]);
  }
  const selection = new Map(summaryOf(definitions, type, type));
  for (const name of always) selection.set(name, undefined);
  return selection;
}

const always = ['resourceType', 'id', 'meta'];

function select(names: readonly string[]): Selection {
  return new Map(names.map((name) => [name.replace(/^_/u, ''), undefined]));
}

/** The elements that are listed, for all types or for this one, and those that must be there. */
function elementsSelection(
  definitions: Definitions,
  type: string,
  elements: readonly string[],
): Selection {
  const known = elementsBelow(definitions, type, type);
  const wanted = elements.flatMap((name) => {
    const [first = '', second] = name.split('.');
    if (definitions.isResourceType(first)) return first === type && second ? [second] : [];
    return [first];
  });
  const names = known
    .filter(({ path }) => wanted.includes(bareName(path)))
    .flatMap((element) => memberNames(element));
  return select([...always, ...mandatory(definitions, type), ...names]);
}

function mandatory(definitions: Definitions, type: string): readonly string[] {
  return elementsBelow(definitions, type, type)
    .filter(({ min }) => (min ?? 0) > 0)
    .flatMap((element) => memberNames(element));
}

/**
 * The elements marked as summary, of data types too; an element inside that must be there is kept
 * although it is not marked.
 */
function summaryOf(definitions: Definitions, owner: string, path: string): Selection {
  const selection = new Map<string, Selection | undefined>();
  for (const element of elementsBelow(definitions, owner, path)) {
    if (element.isSummary !== true && element.min === 0) continue;
    for (const [name, type] of typedMembers(element)) {
      selection.set(name, summaryBelow(definitions, { owner, element, type }));
    }
  }
  return selection;
}

function summaryBelow(
  definitions: Definitions,
  at: { readonly owner: string; readonly element: ElementDefinition; readonly type: string },
): Selection | undefined {
  const { owner, element, type } = at;
  if (type === 'BackboneElement' || type === 'Element') {
    return summaryOf(definitions, owner, element.path);
  }
  // Primitives have nothing below, and references would lead in circles by their identifier.
  if (!/^[A-Z]/u.test(type) || whole.has(type)) return undefined;
  const below = summaryOf(definitions, type, type);
  return below.size === 0 ? undefined : below;
}

/** Types that are kept whole: a resource inside, an extension, and two that lead to each other. */
const whole: ReadonlySet<string> = new Set([
  'Resource',
  'Extension',
  'Reference',
  'Identifier',
  'Meta',
  'xhtml',
]);

function elementsBelow(
  definitions: Definitions,
  owner: string,
  path: string,
): readonly ElementDefinition[] {
  const elements = definitions.structureDefinition(owner)?.snapshot?.element ?? [];
  return elements.filter((element) => {
    const own = element.path;
    return own.startsWith(`${path}.`) && !own.includes('.', path.length + 1);
  });
}

function bareName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace('[x]', '');
}

function memberNames(element: ElementDefinition): readonly string[] {
  return typedMembers(element).map(([name]) => name);
}

/** The members that an element may have, a choice one for each type. */
function typedMembers(element: ElementDefinition): readonly (readonly [string, string])[] {
  const { path, type = [] } = element;
  const name = bareName(path);
  const codes = type.map(({ code }) => code);
  if (!path.endsWith('[x]')) return [[name, codes[0] ?? '']];
  return codes.map((code) => [`${name}${code.charAt(0).toUpperCase()}${code.slice(1)}`, code]);
}

/** Prints with the tag added to `meta`, which is made when there is none. */
function printTagged({ value, numberTexts }: JsonDocument, selection: Selection): string {
  const meta = value['meta'];
  const tags = isJsonObject(meta) && Array.isArray(meta['tag']) ? meta['tag'] : [];
  const others = (tags as readonly JsonValue[]).filter(
    (tag) =>
      !(isJsonObject(tag) && tag['code'] === subsetted.code && tag['system'] === subsetted.system),
  );
  const tagged = { ...(isJsonObject(meta) ? meta : {}), tag: [...others, subsetted] };
  const root: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    root[name] = name === 'meta' ? tagged : member;
    if (name === 'id' && !('meta' in value)) root['meta'] = tagged;
  }
  if (!('meta' in root)) root['meta'] = tagged;
  const rootTexts = numberTexts.get(value);
  // The root is a new object, so its numbers are found under that.
  const texts =
    rootTexts === undefined ? numberTexts : new Map([...numberTexts, [root, rootTexts]]);
  return printSelected(root, selection, texts);
}

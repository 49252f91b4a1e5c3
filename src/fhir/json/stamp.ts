import { membersAt } from '../json-text.ts';
import type { JsonDocument, MemberSpan, Span } from './json-document.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';

/** What the server says of a version. */
export interface Stamp {
  readonly id: string;
  readonly versionId: number | string;
  readonly lastUpdated: string;
}

/**
 * Returns the text with the server's `id`, `meta.versionId` and `meta.lastUpdated`. Everything else
 * keeps its bytes: profiles, tags, security labels, digits, order and whitespace.
 *
 * @see https://hl7.org/fhir/R4/resource.html#Meta
 */
export function stampDocument(document: JsonDocument, stamp: Stamp): string {
  const { text, value, resourceType, id, meta } = document;
  const own: Members = [
    ['versionId', JSON.stringify(String(stamp.versionId))],
    ['lastUpdated', JSON.stringify(stamp.lastUpdated)],
  ];
  const added: [name: string, value: string][] = [];
  const edits: Edit[] = [];
  const idText = JSON.stringify(stamp.id);
  if (id === undefined) added.push(['id', idText]);
  else edits.push(replacement(id, idText));
  if (meta === undefined) added.push(['meta', `{${printed(own)}}`]);
  else if (isJsonObject(value['meta'])) edits.push(...metaEdits(text, meta, value['meta'], own));
  else edits.push(replacement(meta, `{${printed(own)}}`));
  if (added.length > 0) edits.push(insertion(document, id ?? resourceType, added));
  return applied(text, edits);
}

/** Names and the JSON texts of their values. */
type Members = readonly (readonly [name: string, value: string])[];

interface Edit extends Span {
  readonly text: string;
}

/** Replaces the values of those members that `meta` has, and puts the others first. */
function metaEdits(
  text: string,
  { valueStart }: MemberSpan,
  meta: JsonObject,
  own: Members,
): readonly Edit[] {
  const missing = own.filter(([name]) => meta[name] === undefined);
  const first = missing.length > 0 ? [firstMembers(valueStart, meta, missing)] : [];
  if (missing.length === own.length) return first;
  const present = membersAt(text, valueStart) ?? [];
  const replaced = own.flatMap(([name, value]) => {
    const member = present.find((one) => one.name === name);
    return member === undefined ? [] : [replacement(member, value)];
  });
  return [...first, ...replaced];
}

/** New members of the root come after `before`, as readers expect them; without one they come first. */
function insertion(
  { text, value }: JsonDocument,
  before: MemberSpan | undefined,
  members: Members,
): Edit {
  return before === undefined
    ? firstMembers(text.indexOf('{'), value, members)
    : { start: before.end, end: before.end, text: `,${printed(members)}` };
}

function firstMembers(objectStart: number, object: JsonObject, members: Members): Edit {
  const at = objectStart + 1;
  const comma = Object.keys(object).length > 0 ? ',' : '';
  return { start: at, end: at, text: printed(members) + comma };
}

function replacement({ valueStart, end }: MemberSpan, text: string): Edit {
  return { start: valueStart, end, text };
}

function printed(members: Members): string {
  return members.map(([name, value]) => `"${name}":${value}`).join(',');
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

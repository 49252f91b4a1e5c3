import { setMember } from '../json-text.ts';
import type { JsonDocument } from './json-document.ts';

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
  const id = JSON.stringify(stamp.id);
  const versionId = JSON.stringify(String(stamp.versionId));
  const lastUpdated = JSON.stringify(stamp.lastUpdated);
  const edits = [idEdit(document, id)];
  const { text, meta } = document;
  if (meta !== undefined && text[meta.valueStart] === '{') {
    const members = setMember(text.slice(meta.valueStart, meta.end), [], 'versionId', versionId);
    const stamped = setMember(members, [], 'lastUpdated', lastUpdated);
    edits.push({ start: meta.valueStart, end: meta.end, text: stamped });
  } else {
    const anchor = document.id?.end ?? document.resourceType?.end ?? 0;
    const members = `,"meta":{"versionId":${versionId},"lastUpdated":${lastUpdated}}`;
    edits.push({ start: anchor, end: anchor, text: members });
  }
  return applied(text, edits);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function idEdit(document: JsonDocument, id: string): Edit {
  if (document.id !== undefined) {
    return { start: document.id.valueStart, end: document.id.end, text: id };
  }
  const anchor = document.resourceType?.end ?? 0;
  return { start: anchor, end: anchor, text: `,"id":${id}` };
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

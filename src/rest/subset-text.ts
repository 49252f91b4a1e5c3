import {
  insertItem,
  itemsAt,
  membersAt,
  setMember,
  spanOf,
  type NamedSpan,
} from '../fhir/json-text.ts';
import type { Kept } from './subset-elements.ts';

/** Returns the text of a resource with only the members that are kept; each keeps its bytes. */
export function selectMembers(text: string, kept: Kept): string {
  return selected(text, text.indexOf('{'), kept) ?? text;
}

/** The text of the object or array at `start` without what is not kept; undefined for any other value. */
function selected(text: string, start: number, kept: Kept): string | undefined {
  const members = membersAt(text, start);
  if (members !== undefined) {
    return `{${members.flatMap((member) => memberText(text, member, kept)).join(',')}}`;
  }
  const items = itemsAt(text, start);
  return items === undefined
    ? undefined
    : `[${items.map(({ start, end }) => selected(text, start, kept) ?? text.slice(start, end)).join(',')}]`;
}

/** The sibling `_name` of a primitive goes with its name. */
function memberText(text: string, member: NamedSpan, kept: Kept): readonly string[] {
  const { name, start, valueStart, end } = member;
  const within = kept.get(name.startsWith('_') ? name.slice(1) : name);
  if (within === undefined) return [];
  if (within === 'whole') return [text.slice(start, end)];
  const value = selected(text, valueStart, within());
  return [text.slice(start, valueStart) + (value ?? text.slice(valueStart, end))];
}

/** The tag of a resource that is not whole. */
export const subsetted = Object.freeze({
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
});

const tag = JSON.stringify(subsetted);

/**
 * Returns the text of a resource with the tag that says that it is not whole.
 *
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
export function tagSubsetted(text: string): string {
  if (spanOf(text, ['meta']) === undefined) {
    return setMember(text, [], 'meta', `{"tag":[${tag}]}`);
  }
  const tags = spanOf(text, ['meta', 'tag']);
  if (tags === undefined) return setMember(text, ['meta'], 'tag', `[${tag}]`);
  const count = itemsAt(text, tags.start)?.length ?? 0;
  return text.slice(tags.start, tags.end).includes('"SUBSETTED"')
    ? text
    : insertItem(text, ['meta', 'tag'], count, tag);
}

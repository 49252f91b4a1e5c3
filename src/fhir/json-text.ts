import type { MemberSpan, Span } from './json/json-document.ts';
import { spaceEnd, stringAt, stringEnd } from './json/lexeme.ts';

/** Steps from the root of a JSON text to a value: member names and array indexes. */
export type JsonPath = readonly (string | number)[];

/**
 * Returns where the value at `path` lies, undefined when there is none. The text must be valid JSON;
 * here and in the edits below everything outside the span keeps its bytes.
 */
export function spanOf(text: string, path: JsonPath): Span | undefined {
  let start = spaceEnd(text, 0);
  for (const step of path) {
    const child: number | undefined =
      typeof step === 'number'
        ? itemsAt(text, start)?.[step]?.start
        : membersAt(text, start)?.find((member) => member.name === step)?.valueStart;
    if (child === undefined) return undefined;
    start = child;
  }
  return { start, end: skipValue(text, start) };
}

/** Returns the text with the value at `path`, which must exist, replaced by the JSON text `value`. */
export function replaceValue(text: string, path: JsonPath, value: string): string {
  const span = existing(spanOf(text, path));
  return splice(text, span, value);
}

/** Returns the text with a member appended to the object at `path`, or replaced when it has one of the name. */
export function setMember(text: string, path: JsonPath, name: string, value: string): string {
  if (spanOf(text, [...path, name]) !== undefined) {
    return replaceValue(text, [...path, name], value);
  }
  const { start } = existing(spanOf(text, path));
  const last = membersAt(text, start)?.at(-1);
  const member = `${JSON.stringify(name)}:${value}`;
  return last === undefined
    ? splice(text, { start: start + 1, end: start + 1 }, member)
    : splice(text, { start: last.end, end: last.end }, `,${member}`);
}

/** Returns the text with an item inserted in the array at `path` before `index`, which is at most its length. */
export function insertItem(text: string, path: JsonPath, index: number, value: string): string {
  const { start } = existing(spanOf(text, path));
  const items = itemsAt(text, start) ?? [];
  const next = items[index];
  if (next !== undefined) return splice(text, { start: next.start, end: next.start }, `${value},`);
  const last = items.at(-1);
  return last === undefined
    ? splice(text, { start: start + 1, end: start + 1 }, value)
    : splice(text, { start: last.end, end: last.end }, `,${value}`);
}

/** Returns the text without the value at `path`, which must exist and not be the root. */
export function removeValue(text: string, path: JsonPath): string {
  const step = path.at(-1);
  const { start } = existing(spanOf(text, path.slice(0, -1)));
  const siblings: readonly Span[] = membersAt(text, start) ?? itemsAt(text, start) ?? [];
  const index =
    typeof step === 'number'
      ? step
      : (membersAt(text, start) ?? []).findIndex((member) => member.name === step);
  const own = existing(siblings[index]);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (after !== undefined) return splice(text, { start: own.start, end: after.start }, '');
  if (before !== undefined) return splice(text, { start: before.end, end: own.end }, '');
  return splice(text, own, '');
}

/** Returns whether `path` leads to the value at `outer` or into it. */
export function isIn(path: JsonPath, outer: JsonPath): boolean {
  return outer.every((step, depth) => path[depth] === step);
}

/** Returns the path of the innermost value that contains the offset; that of the root is empty. */
export function pathAt(text: string, offset: number): JsonPath {
  const path: (string | number)[] = [];
  let start = spaceEnd(text, 0);
  for (;;) {
    const members = membersAt(text, start);
    const member = members?.find((one) => one.start <= offset && offset < one.end);
    const items = itemsAt(text, start) ?? [];
    const index = items.findIndex((item) => item.start <= offset && offset < item.end);
    if (member !== undefined) {
      path.push(member.name);
      start = member.valueStart;
    } else if (index >= 0) {
      path.push(index);
      start = items[index]?.start ?? text.length;
    } else return path;
  }
}

/** A member with its name. */
export interface NamedSpan extends MemberSpan {
  readonly name: string;
}

/** Returns the members of the object that starts at `start`; undefined when it is none. */
export function membersAt(text: string, start: number): readonly NamedSpan[] | undefined {
  if (text[start] !== '{') return undefined;
  const members: NamedSpan[] = [];
  let at = spaceEnd(text, start + 1);
  while (text[at] !== '}') {
    const nameEnd = stringEnd(text, at);
    const name = stringAt(text, at, nameEnd);
    const valueStart = spaceEnd(text, spaceEnd(text, nameEnd) + 1);
    const end = skipValue(text, valueStart);
    members.push({ name, start: at, valueStart, end });
    at = skipSeparator(text, end);
  }
  return members;
}

/** Returns the items of the array that starts at `start`; undefined when it is none. */
export function itemsAt(text: string, start: number): readonly Span[] | undefined {
  if (text[start] !== '[') return undefined;
  const items: Span[] = [];
  let at = spaceEnd(text, start + 1);
  while (text[at] !== ']') {
    const end = skipValue(text, at);
    items.push({ start: at, end });
    at = skipSeparator(text, end);
  }
  return items;
}

function skipSeparator(text: string, end: number): number {
  const at = spaceEnd(text, end);
  return text[at] === ',' ? spaceEnd(text, at + 1) : at;
}

/** Ends after the value that starts at `start`; brackets inside strings do not count. */
function skipValue(text: string, start: number): number {
  let at = start;
  let depth = 0;
  do {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = stringEnd(text, at);
        break;
      case 0x7b:
      case 0x5b:
        depth += 1;
        at += 1;
        break;
      case 0x7d:
      case 0x5d:
        depth -= 1;
        at += 1;
        break;
      default:
        at = depth === 0 ? scalarEnd(text, at) : at + 1;
    }
  } while (depth > 0 && at < text.length);
  return at;
}

function scalarEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]} \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

function splice(text: string, span: Span, value: string): string {
  return text.slice(0, span.start) + value + text.slice(span.end);
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The path leads to no value of the JSON text.');
  return value;
}

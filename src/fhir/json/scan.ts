import type { MemberSpan, ReferenceSpan, ResourceSpan } from './json-document.ts';
import { forbiddenNames } from './name.ts';
import { numberEnd, spaceEnd, stringAt, stringEnd, stringProblem } from './lexeme.ts';

/** Member names and array indexes from the root to a value. */
export type Steps = readonly (string | number)[];

/** What one pass over a JSON text finds. */
export interface Scan {
  readonly root: ResourceSpan;
  /** In the order of the text. */
  readonly references: readonly ReferenceSpan[];
  /** Numbers that JavaScript prints differently. */
  readonly numbers: readonly NumberScan[];
  /** How many members all objects have. */
  readonly memberCount: number;
}

/** A number and the steps to it. */
export interface NumberScan {
  readonly steps: Steps;
  readonly text: string;
}

/** Why the text is refused, where, and the steps to the value that holds the place. */
export interface ScanError {
  readonly problem: string;
  readonly offset: number;
  readonly steps: Steps;
}

/** How a text is scanned. */
export interface ScanOptions {
  /** Nesting of objects and arrays; the root is 1. */
  readonly depthMax: number;
  /** Looks at every name: slower, and needed only to say which one is wrong. */
  readonly checksNames?: boolean;
}

/**
 * Reads the text once, in time linear in its length. Refuses what is not JSON, a root that is no object,
 * nesting deeper than `depthMax`, NUL and half surrogate pairs; with `checksNames` also names that occur
 * twice in one object or are forbidden.
 */
export function scan(text: string, options: ScanOptions): Scan | ScanError {
  const start = spaceEnd(text, 0);
  const root: Frame = { start, end: -1 };
  const state: State = {
    text,
    ...options,
    hasEscapes: text.includes('\\u'),
    path: [],
    references: [],
    numbers: [],
    memberCount: 0,
    resource: root,
    resourceDepth: 1,
    resourceSteps: 0,
    error: undefined,
  };
  if (text.charCodeAt(start) === openBrace) root.end = objectEnd(state, start, 1);
  else fail(state, start, 'The body is not a JSON object');
  const rest = spaceEnd(text, root.end);
  if (root.end !== -1 && rest < text.length) {
    fail(state, rest, 'There is text after the end of the object');
  }
  return state.error ?? { ...state, root };
}

/** Whether the scan ended in a refusal. */
export function isScanError(result: Scan | ScanError): result is ScanError {
  return 'problem' in result;
}

const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;

/** A resource while it is read. */
interface Frame extends ResourceSpan {
  end: number;
  resourceType?: MemberSpan;
  id?: MemberSpan;
  meta?: MemberSpan;
  resources?: Map<string, Frame>;
}

/** All functions below read on from an offset and return the one after what they read, -1 for a refusal. */
interface State extends ScanOptions {
  readonly text: string;
  /** Whether a name may be written with `\\u` escapes. */
  readonly hasEscapes: boolean;
  /** For a member the offset of its name, for an item the complement of its index. */
  readonly path: number[];
  readonly references: ReferenceSpan[];
  readonly numbers: NumberScan[];
  memberCount: number;
  /** The innermost resource, how deep it lies, and how many steps lead to it. */
  resource: Frame;
  resourceDepth: number;
  resourceSteps: number;
  error: ScanError | undefined;
}

function valueEnd(state: State, start: number, depth: number): number {
  const { text } = state;
  switch (text.charCodeAt(start)) {
    case quote:
      return checkedStringEnd(state, start);
    case openBrace:
      return objectEnd(state, start, depth + 1);
    case openBracket:
      return arrayEnd(state, start, depth + 1);
    default:
      return wordEnd(text, start) ?? checkedNumberEnd(state, start);
  }
}

function objectEnd(state: State, start: number, depth: number): number {
  const { text } = state;
  if (depth > state.depthMax) return tooDeep(state, start);
  let at = spaceEnd(text, start + 1);
  if (text.charCodeAt(at) === closeBrace) return at + 1;
  const names = state.checksNames === true ? new Set<string>() : undefined;
  for (;;) {
    at = memberEnd(state, at, depth, names);
    if (at === -1) return -1;
    at = spaceEnd(text, at);
    const code = text.charCodeAt(at);
    if (code === closeBrace) return at + 1;
    if (code !== comma) return fail(state, at, 'A comma or the end of the object is missing');
    at = spaceEnd(text, at + 1);
  }
}

function memberEnd(
  state: State,
  start: number,
  depth: number,
  names: Set<string> | undefined,
): number {
  const { text, path } = state;
  if (text.charCodeAt(start) !== quote) return fail(state, start, 'A name in quotes is missing');
  const nameEnd = checkedStringEnd(state, start);
  if (nameEnd === -1) return -1;
  path.push(start);
  if (names !== undefined && !checkName(state, names, nameEnd)) return -1;
  const mark = spaceEnd(text, nameEnd);
  if (text.charCodeAt(mark) !== colon) return fail(state, mark, 'A colon is missing');
  const valueStart = spaceEnd(text, mark + 1);
  const special = specialName(state, start, nameEnd);
  const end =
    special === 'resource' && text.charCodeAt(valueStart) === openBrace
      ? resourceEnd(state, valueStart, depth)
      : valueEnd(state, valueStart, depth);
  if (end === -1) return -1;
  if (special !== undefined) remember(state, special, depth, { start, valueStart, end });
  path.pop();
  state.memberCount += 1;
  return end;
}

function checkName(state: State, names: Set<string>, end: number): boolean {
  const start = state.path.at(-1) ?? 0;
  const name = stringAt(state.text, start, end);
  if (names.has(name)) fail(state, start, `${shown(name)} occurs twice in one object`);
  if (forbiddenNames.has(name)) fail(state, start, `The name "${name}" is not allowed`);
  names.add(name);
  return state.error === undefined;
}

/** Names are the client's own text: only one that looks like FHIR's is repeated. */
function shown(name: string): string {
  return /^_?[A-Za-z]\w{0,63}$/.test(name) ? `The name "${name}"` : 'A name';
}

function resourceEnd(state: State, start: number, depth: number): number {
  const { resource: outer, resourceDepth, resourceSteps } = state;
  const inner: Frame = { start, end: -1 };
  state.resource = inner;
  state.resourceDepth = depth + 1;
  state.resourceSteps = state.path.length;
  inner.end = objectEnd(state, start, depth + 1);
  state.resource = outer;
  state.resourceDepth = resourceDepth;
  state.resourceSteps = resourceSteps;
  outer.resources ??= new Map();
  outer.resources.set(stepsOf(state, resourceSteps).join('/'), inner);
  return inner.end;
}

function remember(state: State, special: Special, depth: number, span: MemberSpan): void {
  const { text } = state;
  if (special === 'reference') {
    if (text.charCodeAt(span.valueStart) !== quote) return;
    const value = stringAt(text, span.valueStart, span.end);
    state.references.push({ start: span.valueStart + 1, end: span.end - 1, value });
  } else if (special !== 'resource' && depth === state.resourceDepth) {
    state.resource[special] = span;
  }
}

function arrayEnd(state: State, start: number, depth: number): number {
  const { text, path } = state;
  if (depth > state.depthMax) return tooDeep(state, start);
  let at = spaceEnd(text, start + 1);
  if (text.charCodeAt(at) === closeBracket) return at + 1;
  const last = path.push(0) - 1;
  for (let index = 0; ; index++) {
    path[last] = ~index;
    at = valueEnd(state, at, depth);
    if (at === -1) return -1;
    at = spaceEnd(text, at);
    const code = text.charCodeAt(at);
    if (code === closeBracket) break;
    if (code !== comma) return fail(state, at, 'A comma or the end of the array is missing');
    at = spaceEnd(text, at + 1);
  }
  path.pop();
  return at + 1;
}

function checkedStringEnd(state: State, start: number): number {
  const end = stringEnd(state.text, start);
  if (end !== -1) return end;
  const { offset, problem } = stringProblem(state.text, start);
  return fail(state, offset, problem);
}

function wordEnd(text: string, start: number): number | undefined {
  switch (text.charCodeAt(start)) {
    case 0x74:
      return text.startsWith('true', start) ? start + 4 : undefined;
    case 0x66:
      return text.startsWith('false', start) ? start + 5 : undefined;
    case 0x6e:
      return text.startsWith('null', start) ? start + 4 : undefined;
    default:
      return undefined;
  }
}

function checkedNumberEnd(state: State, start: number): number {
  const end = numberEnd(state.text, start);
  if (end === -1) return fail(state, start, 'A value is missing or is not JSON');
  const text = state.text.slice(start, end);
  if (String(Number(text)) !== text) state.numbers.push({ steps: stepsOf(state), text });
  return end;
}

type Special = 'id' | 'meta' | 'resource' | 'reference' | 'resourceType';

const specialByLength: readonly (Special | undefined)[] = (() => {
  const names: readonly Special[] = ['id', 'meta', 'resource', 'reference', 'resourceType'];
  return Array.from({ length: 13 }, (_, length) => names.find((name) => name.length === length));
})();

function specialName({ text, hasEscapes }: State, start: number, end: number): Special | undefined {
  const special = specialByLength[end - start - 2];
  if (special !== undefined && text.startsWith(special, start + 1)) return special;
  if (!hasEscapes) return undefined;
  const name = stringAt(text, start, end);
  return specialByLength[name.length] === name ? specialByLength[name.length] : undefined;
}

function stepsOf({ text, path }: State, from = 0): Steps {
  return path
    .slice(from)
    .map((step) => (step < 0 ? ~step : stringAt(text, step, stringEnd(text, step))));
}

function tooDeep(state: State, at: number): number {
  return fail(state, at, `The nesting is deeper than ${state.depthMax}`);
}

/** Remembers the first problem. */
function fail(state: State, offset: number, problem: string): -1 {
  state.error ??= { problem, offset, steps: stepsOf(state) };
  return -1;
}

import type { MemberSpan, ReferenceSpan, Span } from './json-document.ts';
import { isHighSurrogate, isLowSurrogate, numberEnd } from './lexeme.ts';

/** A number that JavaScript prints differently: its steps from the root, and its text. */
export interface NumberText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** What one pass over a JSON text finds. */
export interface Scan {
  readonly members: ReadonlyMap<string, MemberSpan>;
  readonly references: readonly ReferenceSpan[];
  /** Objects in members named `resource`, by their steps joined with `/`. */
  readonly resources: ReadonlyMap<string, Span>;
  readonly numbers: readonly NumberText[];
}

/** Why the text is refused, where, and the steps of the element that holds the place. */
export interface ScanError {
  readonly problem: string;
  readonly offset: number;
  readonly path: readonly (string | number)[];
}

/**
 * Reads the text once, from left to right, in time linear in its length. Refuses what is not JSON, a
 * root that is no object, duplicate or forbidden names, nesting deeper than `depthMax`, NUL and lone
 * surrogates.
 */
export function scan(text: string, depthMax: number): Scan | ScanError {
  const scanner = new Scanner(text, depthMax);
  return scanner.document();
}

/** Whether the scan ended in a refusal. */
export function isScanError(result: Scan | ScanError): result is ScanError {
  return 'problem' in result;
}

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;
const escapes = '"\\/bfnrt';

class Scanner {
  private position = 0;
  private readonly path: (string | number)[] = [];
  private readonly members = new Map<string, MemberSpan>();
  private readonly references: ReferenceSpan[] = [];
  private readonly resources = new Map<string, Span>();
  private readonly numbers: NumberText[] = [];
  private error: ScanError | undefined;
  private readonly text: string;
  private readonly depthMax: number;

  constructor(text: string, depthMax: number) {
    this.text = text;
    this.depthMax = depthMax;
  }

  document(): Scan | ScanError {
    this.space();
    if (this.text.charCodeAt(this.position) !== openBrace) {
      this.fail('The body is not a JSON object');
    } else if (this.object(1)) {
      this.space();
      if (this.position < this.text.length) this.fail('There is text after the end of the object');
    }
    if (this.error !== undefined) return this.error;
    const { members, references, resources, numbers } = this;
    return { members, references, resources, numbers };
  }

  private value(depth: number): boolean {
    const code = this.text.charCodeAt(this.position);
    if (code === quote) return this.string();
    if (code === openBrace) return this.object(depth + 1);
    if (code === openBracket) return this.array(depth + 1);
    return this.literal() || this.number();
  }

  private object(depth: number): boolean {
    if (depth > this.depthMax) return this.tooDeep();
    const { text } = this;
    this.position += 1;
    this.space();
    if (text.charCodeAt(this.position) === closeBrace) return this.skip();
    const names = new Set<string>();
    for (;;) {
      if (!this.member(depth, names)) return false;
      const code = text.charCodeAt(this.position);
      if (code === closeBrace) return this.skip();
      if (code !== comma) return this.fail('A comma or the end of the object is missing');
      this.position += 1;
      this.space();
    }
  }

  private member(depth: number, names: Set<string>): boolean {
    const start = this.position;
    if (this.text.charCodeAt(start) !== quote) return this.fail('A name in quotes is missing');
    if (!this.string()) return false;
    const name = this.stringAt(start);
    if (names.has(name)) return this.failAt(start, `The name "${shown(name)}" occurs twice`);
    if (forbiddenNames.has(name)) return this.failAt(start, `The name "${name}" is not allowed`);
    names.add(name);
    this.space();
    if (this.text.charCodeAt(this.position) !== colon) return this.fail('A colon is missing');
    this.position += 1;
    this.space();
    const valueStart = this.position;
    this.path.push(name);
    if (!this.value(depth)) return false;
    this.remember(depth, name, { start, valueStart, end: this.position });
    this.path.pop();
    this.space();
    return true;
  }

  private remember(depth: number, name: string, span: MemberSpan): void {
    const { text } = this;
    if (depth === 1) this.members.set(name, span);
    const code = text.charCodeAt(span.valueStart);
    if (name === 'reference' && code === quote) {
      this.references.push({
        start: span.valueStart + 1,
        end: span.end - 1,
        value: this.stringAt(span.valueStart),
      });
    } else if (name === 'resource' && code === openBrace) {
      this.resources.set(this.path.join('/'), { start: span.valueStart, end: span.end });
    }
  }

  private array(depth: number): boolean {
    if (depth > this.depthMax) return this.tooDeep();
    const { text, path } = this;
    this.position += 1;
    this.space();
    if (text.charCodeAt(this.position) === closeBracket) return this.skip();
    for (let index = 0; ; index++) {
      path.push(index);
      if (!this.value(depth)) return false;
      path.pop();
      this.space();
      const code = text.charCodeAt(this.position);
      if (code === closeBracket) return this.skip();
      if (code !== comma) return this.fail('A comma or the end of the array is missing');
      this.position += 1;
      this.space();
    }
  }

  private string(): boolean {
    const { text } = this;
    for (let at = this.position + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.position = at + 1;
        return true;
      }
      if (code < 0x20) return this.failAt(at, 'A control character in a string is not escaped');
      if (code === backslash) {
        const next = this.escape(at);
        if (next === -1) return false;
        at = next;
      } else if (code >= 0xd800 && code <= 0xdfff) {
        if (!isHighSurrogate(code) || !isLowSurrogate(text.charCodeAt(at + 1))) {
          return this.failAt(at, 'A string holds half a surrogate pair');
        }
        at += 1;
      }
    }
    return this.failAt(text.length, 'A string does not end');
  }

  /** Returns the offset of the last character of the escape at `at`, -1 when it is refused. */
  private escape(at: number): number {
    const { text } = this;
    if (text[at + 1] !== 'u') {
      if (escapes.includes(text.charAt(at + 1)) && at + 1 < text.length) return at + 1;
      this.failAt(at, 'An escape is not one of JSON');
      return -1;
    }
    const code = this.unicode(at);
    if (code === -1) return this.refuseAt(at, 'An escape is not one of JSON');
    if (code === 0) return this.refuseAt(at, 'A string holds NUL');
    if (isLowSurrogate(code)) return this.refuseAt(at, 'A string holds half a surrogate pair');
    if (!isHighSurrogate(code)) return at + 5;
    const low = text.startsWith('\\u', at + 6) ? this.unicode(at + 6) : -1;
    if (!isLowSurrogate(low)) return this.refuseAt(at, 'A string holds half a surrogate pair');
    return at + 11;
  }

  private unicode(at: number): number {
    const digits = this.text.slice(at + 2, at + 6);
    return /^[0-9a-fA-F]{4}$/.test(digits) ? parseInt(digits, 16) : -1;
  }

  private literal(): boolean {
    for (const word of ['true', 'false', 'null']) {
      if (this.text.startsWith(word, this.position)) {
        this.position += word.length;
        return true;
      }
    }
    return false;
  }

  private number(): boolean {
    const start = this.position;
    const end = numberEnd(this.text, start);
    if (end === -1) return this.fail('A value is missing or is not JSON');
    this.position = end;
    const text = this.text.slice(start, end);
    if (String(Number(text)) !== text) this.numbers.push({ path: [...this.path], text });
    return true;
  }

  private stringAt(start: number): string {
    const { text } = this;
    let end = start + 1;
    for (let code = text.charCodeAt(end); code !== quote; code = text.charCodeAt(end)) {
      if (code === backslash) return JSON.parse(text.slice(start, this.stringEnd(start))) as string;
      end += 1;
    }
    return text.slice(start + 1, end);
  }

  private stringEnd(start: number): number {
    let end = start + 1;
    while (this.text.charCodeAt(end) !== quote) {
      end += this.text.charCodeAt(end) === backslash ? 2 : 1;
    }
    return end + 1;
  }

  private space(): void {
    const { text } = this;
    for (let code = text.charCodeAt(this.position); code <= 0x20;) {
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.position += 1;
      code = text.charCodeAt(this.position);
    }
  }

  private skip(): boolean {
    this.position += 1;
    return true;
  }

  private tooDeep(): boolean {
    return this.fail(`The nesting is deeper than ${this.depthMax}`);
  }

  private fail(problem: string): boolean {
    return this.failAt(this.position, problem);
  }

  private failAt(offset: number, problem: string): boolean {
    this.error ??= { problem, offset, path: [...this.path] };
    return false;
  }

  private refuseAt(offset: number, problem: string): number {
    this.failAt(offset, problem);
    return -1;
  }
}

/** Names are the client's own text: only what looks like a name of FHIR is repeated. */
function shown(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) ? name : '…';
}

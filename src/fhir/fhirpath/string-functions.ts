import { expressionError } from './expression-error.ts';
import {
  argument,
  booleanExpression,
  integerOf,
  rule,
  singleOf,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import { integerItems, kindOf, none, stringItems, type Item, type Items } from './item.ts';
import { compilePattern, replacePattern, testPattern } from './pattern.ts';
import { decodeText, encodeText, escapeText, unescapeText } from './text-encoding.ts';
import { systemTypes } from './type.ts';

/** @see http://hl7.org/fhirpath/N1/#string-manipulation */
export const stringFunctions: FunctionTable = {
  indexOf: rule(1, 1, (call) => ofStrings(call, (text, [part]) => integers(text.indexOf(part)))),
  lastIndexOf: rule(1, 1, (call) =>
    ofStrings(call, (text, [part]) => integers(text.lastIndexOf(part))),
  ),
  substring: rule(1, 2, substring),
  startsWith: rule(1, 1, (call) => testOfStrings(call, (text, part) => text.startsWith(part))),
  endsWith: rule(1, 1, (call) => testOfStrings(call, (text, part) => text.endsWith(part))),
  contains: rule(1, 1, (call) => testOfStrings(call, (text, part) => text.includes(part))),
  upper: rule(0, 0, (call) => ofStrings(call, (text) => strings(text.toUpperCase()))),
  lower: rule(0, 0, (call) => ofStrings(call, (text) => strings(text.toLowerCase()))),
  trim: rule(0, 0, (call) => ofStrings(call, (text) => strings(text.trim()))),
  length: rule(0, 0, (call) => ofStrings(call, (text) => integers(text.length))),
  toChars: rule(0, 0, (call) =>
    manyStrings(call, (text) => Array.from(text, (one) => stringItems(one)).flat()),
  ),
  split: rule(1, 1, (call) =>
    manyStrings(call, (text, [separator]) =>
      text.split(separator).flatMap((one) => stringItems(one)),
    ),
  ),
  join: rule(0, 1, join),
  replace: rule(2, 2, (call) =>
    ofStrings(call, (text, [part, by]) => strings(text.replaceAll(part, () => by))),
  ),
  matches: rule(1, 1, (call) => matches(call, false)),
  matchesFull: rule(1, 1, (call) => matches(call, true)),
  replaceMatches: rule(2, 2, (call) =>
    ofStrings(call, (text, [pattern, by]) => strings(replacePattern(text, pattern, by))),
  ),
  encode: rule(1, 1, (call) => ofStrings(call, (text, [form]) => strings(encodeText(text, form)))),
  decode: rule(1, 1, (call) => ofStrings(call, (text, [form]) => strings(decodeText(text, form)))),
  escape: rule(1, 1, (call) => ofStrings(call, (text, [form]) => strings(escapeText(text, form)))),
  unescape: rule(1, 1, (call) =>
    ofStrings(call, (text, [form]) => strings(unescapeText(text, form))),
  ),
};

const strings = stringItems;
const integers = integerItems;

/** Returns the string of an item; undefined without value; throws for another type. */
function stringOf(item: Item | undefined, name: string): string | undefined {
  if (item?.value === undefined) return undefined;
  const { value } = item;
  const kind = kindOf(item);
  // An element of type date is also the text that it was written as, a date of System is none.
  const isText = kind === 'String' || (kind !== undefined && item.type.namespace === 'FHIR');
  if (typeof value === 'string' && isText) return value;
  throw expressionError(`${name}() needs a string, found ${item.type.name}`);
}

function checkInput({ input, name, at }: Call): void {
  const { types } = input;
  if (types === undefined || types.length === 0) return;
  const isPossible = types.some((type) => type.isPrimitive || type.isOpen);
  if (!isPossible) throw expressionError(`${name}() needs a string`, at);
}

type Texts = readonly [string, string];

function stringsOf(call: Call): (frame: Frame) => readonly [string, Texts] | undefined {
  checkInput(call);
  const { input, name } = call;
  const args = call.args.map((_, index) => argument(call, index));
  return (frame) => {
    const text = stringOf(singleOf(input.items(frame)), name);
    if (text === undefined) return undefined;
    const given: string[] = [];
    for (const one of args) {
      const value = stringOf(singleOf(one.items(frame)), name);
      if (value === undefined) return undefined;
      given.push(value);
    }
    return [text, [given[0] ?? '', given[1] ?? '']];
  };
}

function ofStrings(call: Call, apply: (text: string, given: Texts) => Items): Expression {
  const read = stringsOf(call);
  return {
    types: undefined,
    isMany: false,
    items: (frame) => {
      const texts = read(frame);
      return texts === undefined ? none : apply(texts[0], texts[1]);
    },
  };
}

function manyStrings(call: Call, apply: (text: string, given: Texts) => Items): Expression {
  return { ...ofStrings(call, apply), types: [systemTypes.String], isMany: true };
}

function testOfStrings(call: Call, test: (text: string, part: string) => boolean): Expression {
  const read = stringsOf(call);
  return booleanExpression((frame) => {
    const texts = read(frame);
    return texts === undefined ? undefined : test(texts[0], texts[1][0]);
  });
}

function substring(call: Call): Expression {
  checkInput(call);
  const start = argument(call, 0);
  const length = call.args.length > 1 ? argument(call, 1) : undefined;
  return {
    types: [systemTypes.String],
    isMany: false,
    items: (frame) => {
      const text = stringOf(singleOf(call.input.items(frame)), call.name);
      const from = integerOf(start, frame);
      if (text === undefined || from === undefined) return none;
      if (from < 0 || from >= text.length) return none;
      const count = length && integerOf(length, frame);
      if (count === undefined) return strings(text.slice(from));
      return strings(text.slice(from, from + Math.max(0, count)));
    },
  };
}

function join(call: Call): Expression {
  const separator = call.args.length > 0 ? argument(call, 0) : undefined;
  return {
    types: [systemTypes.String],
    isMany: false,
    items: (frame) => {
      const between =
        separator === undefined ? '' : stringOf(singleOf(separator.items(frame)), 'join');
      const texts = call.input.items(frame).map((item) => stringOf(item, 'join'));
      if (texts.length === 0) return none;
      return strings(texts.filter((text) => text !== undefined).join(between ?? ''));
    },
  };
}

function matches(call: Call, isWhole: boolean): Expression {
  const [syntax] = call.args;
  if (syntax?.kind !== 'literal') {
    return testOfStrings(call, (text, pattern) =>
      testPattern(compilePattern(pattern), text, isWhole),
    );
  }
  checkInput(call);
  const pattern = compilePattern(syntax.text);
  const test = (text: string) => testPattern(pattern, text, isWhole);
  const { items } = call.input;
  return booleanExpression((frame) => {
    const text = stringOf(singleOf(items(frame)), call.name);
    return text === undefined ? undefined : test(text);
  });
}

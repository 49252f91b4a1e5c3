import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import type { JsonDocument, NumberTexts } from './json-document.ts';
import type { JsonObject } from './json-value.ts';
import { isScanError, scan, type NumberText, type Scan, type ScanError } from './scan.ts';

/** Limits of a JSON document. */
export interface ParseLimits {
  /** Nesting of objects and arrays; the root object is 1. */
  readonly depthMax: number;
}

/**
 * Returns the document of a JSON text without losing anything. Fails `malformed`, naming the element,
 * line and column, when the text is not JSON or not an object, when a name occurs twice or is forbidden,
 * when the nesting is too deep, and for NUL and lone surrogates.
 *
 * @see https://hl7.org/fhir/R4/json.html
 */
export function parseDocument(text: string, { depthMax }: ParseLimits): Result<JsonDocument> {
  const found = scan(text, depthMax);
  if (isScanError(found)) return failed(refusal(text, found));
  return success(documentOf(text, JSON.parse(text) as JsonObject, found));
}

/** Returns the document of a text that was scanned and of its tree. */
export function documentOf(text: string, value: JsonObject, found: Scan): JsonDocument {
  const member = (name: 'id' | 'meta' | 'resourceType') => {
    const span = found.members.get(name);
    return span === undefined ? {} : { [name]: span };
  };
  return {
    text,
    value,
    ...member('resourceType'),
    ...member('id'),
    ...member('meta'),
    references: found.references,
    resources: found.resources,
    numberTexts: numberTextsOf(value, found.numbers),
  };
}

const none: NumberTexts = new Map();

function numberTextsOf(value: JsonObject, numbers: readonly NumberText[]): NumberTexts {
  if (numbers.length === 0) return none;
  const texts = new Map<object, Map<string | number, string>>();
  for (const { path, text } of numbers) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], value);
    const ofParent = texts.get(parent as object) ?? new Map<string | number, string>();
    ofParent.set(path.at(-1) ?? '', text);
    texts.set(parent as object, ofParent);
  }
  return texts;
}

function refusal(text: string, error: ScanError) {
  const before = text.slice(0, error.offset);
  const line = before.split('\n').length;
  const column = error.offset - before.lastIndexOf('\n');
  return failure(
    'malformed',
    `${error.problem} (line ${line}, column ${column}).`,
    expressionOf(text, error.path),
  );
}

function expressionOf(text: string, path: ScanError['path']): string {
  const type = /^\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(text)?.[1] ?? 'Resource';
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^_?[A-Za-z][A-Za-z0-9]{0,63}$/.test(step) ? `.${step}` : '.…';
  });
  return type + steps.join('');
}

import { failure } from '../operation-outcome.ts';
import { failed, success, type Result } from '../result.ts';
import type { JsonDocument, NumberTexts } from './json-document.ts';
import type { JsonObject } from './json-value.ts';
import { memberCountOf } from './name.ts';
import { isScanError, scan, type NumberScan, type ScanError } from './scan.ts';

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
  const found = scan(text, { depthMax });
  if (isScanError(found)) return failed(refusal(text, found));
  const value = JSON.parse(text) as JsonObject;
  if (memberCountOf(value) !== found.memberCount) {
    const wrong = scan(text, { depthMax, checksNames: true });
    if (isScanError(wrong)) return failed(refusal(text, wrong));
  }
  const { resourceType, id, meta, resources } = found.root;
  return success({
    text,
    value,
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(id === undefined ? {} : { id }),
    ...(meta === undefined ? {} : { meta }),
    references: found.references,
    ...(resources === undefined ? {} : { resources }),
    numberTexts: numberTextsOf(value, found.numbers),
  });
}

const none: NumberTexts = new Map();

function numberTextsOf(value: JsonObject, numbers: readonly NumberScan[]): NumberTexts {
  if (numbers.length === 0) return none;
  const texts = new Map<object, Map<string | number, string>>();
  for (const { steps, text } of numbers) {
    const parent = steps
      .slice(0, -1)
      .reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], value);
    const ofParent = texts.get(parent as object) ?? new Map<string | number, string>();
    ofParent.set(steps.at(-1) ?? '', text);
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
    expressionOf(text, error.steps),
  );
}

/** Names are the client's own text: where one does not look like FHIR's, its parent is named instead. */
function expressionOf(text: string, steps: ScanError['steps']): string {
  const type = /^\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(text)?.[1] ?? 'Resource';
  const strange = steps.findIndex((step) => typeof step === 'string' && !fhirName.test(step));
  return steps
    .slice(0, strange === -1 ? steps.length : strange)
    .reduce<string>(
      (parent, step) => (typeof step === 'number' ? `${parent}[${step}]` : `${parent}.${step}`),
      type,
    );
}

const fhirName = /^_?[A-Za-z][A-Za-z0-9]{0,63}$/;

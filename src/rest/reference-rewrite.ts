import { pathAt, spanOf, type JsonPath } from '../fhir/json-text.ts';
import type { JsonDocument, Span } from '../fhir/json/json-document.ts';
import { isJsonObject, type JsonArray, type JsonValue } from '../fhir/json/json-value.ts';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import { failure, type Failure } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { combined } from './plan-failure.ts';
import { typeAt } from '../fhir/element-place.ts';
import type { FindTargets } from './reference-conditional.ts';
import { expressionOf, type Links } from './reference-links.ts';

/** What one document of a transaction is rewritten with. */
export interface Rewriting {
  readonly links: Links;
  /** The `fullUrl` of the document's own entry. */
  readonly fullUrl: string | undefined;
  readonly findTargets: FindTargets;
  readonly definitions: Definitions;
}

/**
 * Returns the text of a document of a transaction with every link to another entry replaced: references,
 * elements of type uri, url, oid and uuid, and links of the narrative; and with the one match of each
 * conditional reference in its place. Canonicals and plain strings stay.
 * Fails `precondition-failed` or `multiple-matches`, naming the elements.
 *
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export async function rewriteLinks(
  document: JsonDocument,
  rewriting: Rewriting,
): Promise<Result<string>> {
  const references = await referenceEdits(document, rewriting);
  if (!references.ok) return references;
  const edits = rewriting.links.isEmpty
    ? references.value
    : [...references.value, ...stringEdits(document, rewriting)];
  return success(applyEdits(document.text, edits));
}

/** A span of the text, inside a string, and what comes in its place. */
interface Edit extends Span {
  readonly value: string;
}

async function referenceEdits(
  document: JsonDocument,
  rewriting: Rewriting,
): Promise<Result<readonly Edit[]>> {
  const edits: Edit[] = [];
  const failures: Failure[] = [];
  for (const { start, end, value } of document.references) {
    const target = conditional.test(value)
      ? await matchOf(value, rewriting.findTargets)
      : success(rewriting.links.resolve(value, rewriting.fullUrl));
    if (!target.ok) {
      const type = (document.value as Resource).resourceType;
      const expression = [expressionOf(type, pathAt(document.text, start))];
      const issues = target.failure.issues.map((issue) => ({ ...issue, expression }));
      failures.push({ ...target.failure, issues });
    } else if (target.value !== undefined) {
      edits.push({ start, end, value: escaped(target.value) });
    }
  }
  const failure = combined(failures);
  return failure === undefined ? success(edits) : failed(failure);
}

const conditional = /^[A-Z][A-Za-z]+\?/u;

async function matchOf(reference: string, findTargets: FindTargets): Promise<Result<string>> {
  const mark = reference.indexOf('?');
  const type = reference.slice(0, mark);
  const matched = await findTargets(type, [...new URLSearchParams(reference.slice(mark + 1))]);
  if (!matched.ok) return matched;
  const [only, second] = matched.value;
  if (second !== undefined) {
    return failed(
      failure('multiple-matches', `The conditional reference matches more than one ${type}.`),
    );
  }
  return only === undefined
    ? failed(failure('precondition-failed', `The conditional reference matches no ${type}.`))
    : success(`${only.type}/${only.id}`);
}

/** Links outside of references; only strings that are links of this Bundle are looked at closer. */
function stringEdits(document: JsonDocument, rewriting: Rewriting): readonly Edit[] {
  const { links, fullUrl, definitions } = rewriting;
  const edits: Edit[] = [];
  const visit = (value: JsonValue | undefined, path: JsonPath): void => {
    if (Array.isArray(value)) {
      (value as JsonArray).forEach((item, index) => {
        if (mayHold(item)) visit(item, [...path, index]);
      });
    } else if (isJsonObject(value)) {
      for (const name in value) if (mayHold(value[name])) visit(value[name], [...path, name]);
    } else if (typeof value === 'string') {
      const name = path.at(-1);
      if (name === 'reference') return;
      if (name === 'div') edits.push(...narrativeEdits(document.text, path, rewriting));
      const target = links.resolve(value, fullUrl);
      if (target === undefined) return;
      const span = spanOf(document.text, path);
      const type = typeAt(definitions, document.value, path) ?? '';
      if (span !== undefined && linkTypes.has(type)) {
        edits.push({ start: span.start + 1, end: span.end - 1, value: escaped(target) });
      }
    }
  };
  visit(document.value, []);
  return edits;
}

const linkTypes: ReadonlySet<string> = new Set(['uri', 'url', 'oid', 'uuid']);

/** Links have a scheme, and narratives have links; most strings have neither. */
function mayHold(value: JsonValue | undefined): boolean {
  return typeof value === 'string' ? value.includes(':') || value.includes('=') : true;
}

function narrativeEdits(
  text: string,
  path: JsonPath,
  { links, fullUrl }: Rewriting,
): readonly Edit[] {
  const span = spanOf(text, path);
  if (span === undefined) return [];
  const raw = text.slice(span.start, span.end);
  return [...raw.matchAll(/\b(?:href|src)\s*=\s*(\\"|')(.*?)\1/gu)].flatMap((found) => {
    const [whole, quote = '', link = ''] = found;
    const target = links.resolve(link, fullUrl);
    if (target === undefined) return [];
    const end = span.start + found.index + whole.length - quote.length;
    return [{ start: end - link.length, end, value: escaped(target) }];
  });
}

function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, value } of [...edits].sort((one, other) => one.start - other.start)) {
    parts.push(text.slice(at, start), value);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

import { operationOutcome, type Issue } from '../fhir/operation-outcome.ts';
import { refuses } from '../fhir/validate/validator.ts';

/** What validation found in one input. */
export interface ValidationResult {
  readonly name: string;
  readonly issues: readonly Issue[];
}

/** How results are printed: a line for each issue, one OperationOutcome a line, or JUnit's XML. */
export type ReportFormat = 'text' | 'json' | 'junit';

/** The formats by the option's value. */
export const reportFormats: readonly ReportFormat[] = ['text', 'json', 'junit'];

/** Returns whether the input would be refused. */
export function isRefused({ issues }: ValidationResult): boolean {
  return issues.some(refuses);
}

/** Returns the lines that print one result as it comes; JUnit prints nothing before the end. */
export function resultLines(result: ValidationResult, format: ReportFormat): readonly string[] {
  if (format === 'json') return [JSON.stringify({ name: result.name, ...outcomeOf(result) })];
  if (format === 'junit') return [];
  return result.issues.map((issue) => {
    const place = issue.expression?.[0] ?? '';
    return `${result.name}: ${issue.severity} ${place}: ${issue.text}`;
  });
}

/** Returns the JUnit test case of one input, with a failure for each finding that refuses it. */
export function junitCase(result: ValidationResult): string {
  const failures = result.issues.filter(refuses).map(({ text, expression }) => {
    const message = escaped(`${expression?.[0] ?? ''}: ${text}`);
    return `<failure message="${message}"/>`;
  });
  return `<testcase name="${escaped(result.name)}">${failures.join('')}</testcase>`;
}

/**
 * Returns the JUnit document of all test cases.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitDocument(cases: readonly string[], failures: number): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="cart-her2 validate" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '</testsuite>',
  ].join('\n');
}

function outcomeOf({ issues }: ValidationResult) {
  return { outcome: operationOutcome(issues) };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** @see https://www.w3.org/TR/xml/#charsets */
const forbiddenInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .replace(forbiddenInXml, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

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

/**
 * Returns the JUnit document of all results: a test case for each input, a failure for each refused one.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitDocument(results: readonly ValidationResult[]): string {
  const failures = results.filter(isRefused).length;
  const cases = results.map((result) => {
    const errors = result.issues.filter(refuses);
    const body = errors
      .map(({ text, expression }) => {
        const message = escaped(`${expression?.[0] ?? ''}: ${text}`);
        return `<failure message="${message}"/>`;
      })
      .join('');
    return `<testcase name="${escaped(result.name)}">${body}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="cart-her2 validate" tests="${results.length}" failures="${failures}">`,
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

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

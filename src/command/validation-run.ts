import type { Issue } from '../fhir/operation-outcome.ts';
import { validationInputs } from './validation-input.ts';
import {
  isRefused,
  junitCase,
  junitDocument,
  resultLines,
  type ReportFormat,
  type ValidationResult,
} from './validation-report.ts';

/**
 * Judges every resource of a path and prints what was found as it comes; only JUnit, which counts first,
 * is printed at the end. Progress and the summary go to the standard error. The exit status is 1 when a
 * resource would be refused, and 2 when the path cannot be read or has nothing to judge.
 */
export async function runValidation(
  path: string,
  format: ReportFormat,
  judge: (text: string) => readonly Issue[],
): Promise<void> {
  const tally: Tally = { count: 0, refused: 0, cases: [] };
  // Whoever closes the output early, as `head` does, has seen enough.
  process.stdout.once('error', () => process.exit(1));
  try {
    for await (const { name, text } of validationInputs(path)) {
      take(tally, { name, issues: judge(text) }, format);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    console.error(`${path} cannot be read (${code}).`);
    process.exitCode = 2;
    return;
  }
  const { count, refused, cases } = tally;
  if (format === 'junit') console.log(junitDocument(cases, refused));
  console.error(count === 0 ? 'There is nothing to validate.' : summaryOf(count, refused));
  if (count === 0) process.exitCode = 2;
  else if (refused > 0) process.exitCode = 1;
}

/** What is kept of the results. */
interface Tally {
  count: number;
  refused: number;
  /** Of JUnit alone. */
  readonly cases: string[];
}

function take(tally: Tally, result: ValidationResult, format: ReportFormat): void {
  tally.count += 1;
  if (isRefused(result)) tally.refused += 1;
  if (format === 'junit') tally.cases.push(junitCase(result));
  for (const line of resultLines(result, format)) console.log(line);
  if (process.stderr.isTTY && tally.count % progressStep === 0) {
    process.stderr.write(`${tally.count} resources\r`);
  }
}

/** Resources between two signs of progress. */
const progressStep = 100;

function summaryOf(count: number, refused: number): string {
  return `${count} ${count === 1 ? 'resource' : 'resources'}, ${refused} refused`;
}

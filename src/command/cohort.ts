import { Command, InvalidArgumentError, Option } from 'commander';
import { charts, cohort, type Chart } from '../../seed/cohort/cohort.ts';
import { fhirClient } from '../../seed/fhir-client.ts';
import { sendCohort } from '../../seed/send-cohort.ts';

interface Options {
  readonly subjects: number;
  readonly seed: number;
  readonly start: string;
  readonly until: string;
  readonly chart: Chart;
  readonly to?: string;
}

/** Returns the command `cohort`: generates synthetic subjects and sends them, or prints their requests. */
export function cohortCommand(): Command {
  return new Command('cohort')
    .description('generate a synthetic cohort; the same options make the same cohort')
    .option('--subjects <number>', 'number of subjects', count, 50)
    .option('--seed <number>', 'seed of the choices', count, 1)
    .option('--start <date>', 'consent date of the first subject', date, '2009-01-05')
    .option('--until <date>', 'data cut: nothing later is sent', date, '2026-06-30')
    .addOption(
      new Option('--chart <length>', 'how many vital signs and laboratory values')
        .choices(charts)
        .default('visits'),
    )
    .option('--to <url>', 'FHIR base of a server; default: print one request a line')
    .action(async ({ to, ...options }: Options) => {
      if (to === undefined) {
        for (const request of cohort(options)) console.log(JSON.stringify(request));
        return;
      }
      const report = await sendCohort(fhirClient(to.replace(/\/$/, '')), options, progress);
      process.stderr.write('\n');
      for (const refusal of report.refusals) console.error(refusal);
      console.log(`${report.resources} resources in ${report.requests} requests`);
      if (report.refusals.length > 0) process.exitCode = 1;
    });
}

const barWidth = 40;

/** Draws the bar of the subjects done on the standard error output. */
export function progress(done: number, subjects: number, resources: number): void {
  const filled = Math.round((done / subjects) * barWidth);
  const bar = '█'.repeat(filled).padEnd(barWidth, '░');
  process.stderr.write(`\r${bar} ${done}/${subjects} subjects, ${resources} resources`);
}

function count(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
}

function date(text: string): string {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(milliseconds)) return text;
  throw new InvalidArgumentError('It must be a date like 2024-03-04.');
}

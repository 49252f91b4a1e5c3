import { Command } from 'commander';
import { loadSeed } from '../../seed/load-seed.ts';
import type { StudyLoader } from '../../seed/load-study.ts';
import { localClient } from '../../seed/local-client.ts';
import { sendCohort } from '../../seed/send-cohort.ts';
import type { Config } from '../config.ts';
import { startServer, type RunningServer, type StartOptions } from '../main.ts';
import { progress } from './cohort.ts';
import { configuration } from './configuration.ts';

/** Returns the command `serve`: starts the server and runs until it is told to end. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve FHIR R4 over HTTP; configured by the environment')
    .option('--demo', 'load a synthetic cohort of 50 subjects before serving')
    .action(async ({ demo }: { readonly demo?: true }) => {
      const config = configuration();
      if (config !== undefined) await serve(config, demo === true ? { load: loadDemo } : {});
    });
}

/** The study and, once, the cohort that `npm run cohort` makes by default. */
async function loadDemo(loader: StudyLoader): Promise<void> {
  await loadSeed(loader);
  const options = { subjects: 50, seed: 1, start: '2009-01-05', until: '2026-06-30' };
  const { refusals } = await sendCohort(localClient(loader), options, progress);
  process.stderr.write('\n');
  for (const refusal of refusals) console.error(refusal);
}

async function serve(config: Config, options: StartOptions): Promise<void> {
  const server = await started(config, options);
  if (server === undefined) return;
  console.log(`cart-her2 serves FHIR R4 at ${server.baseUrl}`);
  const end = (): void => {
    // A second signal ends the process at once.
    process.off('SIGTERM', end).off('SIGINT', end);
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', end).on('SIGINT', end);
}

/** Says in a sentence why the address cannot be had. */
async function started(config: Config, options: StartOptions): Promise<RunningServer | undefined> {
  try {
    return await startServer(config, options);
  } catch (error) {
    const problem = addressProblems.get((error as NodeJS.ErrnoException).code ?? '');
    if (problem === undefined) throw error;
    console.error(`The server cannot listen on ${config.host}:${config.port}: ${problem}.`);
    process.exitCode = 1;
    return undefined;
  }
}

const addressProblems: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program uses the port'],
  ['EACCES', 'the port needs more rights'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'the host name is unknown'],
]);

import { Command } from 'commander';
import { readConfig, type Config } from '../config.ts';
import { startServer, type RunningServer } from '../main.ts';

/** Returns the command `serve`: starts the server and runs until it is told to end. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve FHIR R4 over HTTP; configured by the environment')
    .action(async () => {
      const read = readConfig();
      if (!read.ok) {
        for (const problem of read.problems) console.error(problem);
        process.exitCode = 2;
        return;
      }
      await serve(read.config);
    });
}

async function serve(config: Config): Promise<void> {
  const server = await started(config);
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
async function started(config: Config): Promise<RunningServer | undefined> {
  try {
    return await startServer(config);
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

import { Command } from 'commander';
import { fhirClient } from '../../seed/fhir-client.ts';
import { runExample } from '../../seed/run-example.ts';
import { configuration } from './configuration.ts';
import { withTemporaryServer } from './temporary-server.ts';

/** Returns the command `example`: sends the worked example and prints what people then see. */
export function exampleCommand(): Command {
  return new Command('example')
    .description('send the worked example of the trial, request by request')
    .option('--to <url>', 'FHIR base of a running server; default: one on a temporary store')
    .action(async ({ to }: { readonly to?: string }) => {
      const config = configuration();
      if (config === undefined) return;
      const run = async (baseUrl: string) => runExample(fhirClient(baseUrl), console.log);
      const refused =
        to === undefined ? await withTemporaryServer(config, run) : await run(withoutSlash(to));
      if (refused > 0) process.exitCode = 1;
    });
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

import { Command } from 'commander';
import { loadSeed } from '../../seed/load-seed.ts';
import { startServer } from '../main.ts';
import { configuration } from './configuration.ts';

/** Returns the command `seed`: brings the study into the store without serving it. */
export function seedCommand(): Command {
  return new Command('seed')
    .description('load the study into DATA_DIR; a second time writes nothing')
    .action(async () => {
      const config = configuration();
      if (config === undefined) return;
      let written = 0;
      const server = await startServer(
        { ...config, host: '127.0.0.1', port: 0 },
        {
          load: async (loader) => {
            written = await loadSeed(loader);
          },
        },
      );
      await server.close();
      console.log(`${written} resources written`);
    });
}

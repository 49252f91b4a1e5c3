#!/usr/bin/env node
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { serveCommand } from './command/serve.ts';

const program = new Command('cart-her2')
  .description(packageJson.description)
  .version(packageJson.version)
  .showHelpAfterError();

for (const command of [serveCommand()]) program.addCommand(command);

await program.parseAsync();

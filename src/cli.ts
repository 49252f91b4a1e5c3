#!/usr/bin/env node
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { cohortCommand } from './command/cohort.ts';
import { exampleCommand } from './command/example.ts';
import { seedCommand } from './command/seed.ts';
import { serveCommand } from './command/serve.ts';
import { validateCommand } from './command/validate.ts';

const program = new Command('cart-her2')
  .description(packageJson.description)
  .version(packageJson.version)
  .showHelpAfterError();

for (const command of [
  serveCommand(),
  seedCommand(),
  cohortCommand(),
  exampleCommand(),
  validateCommand(),
]) {
  program.addCommand(command);
}

await program.parseAsync();

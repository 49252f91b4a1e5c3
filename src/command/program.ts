import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { cohortCommand } from './cohort.ts';
import { exampleCommand } from './example.ts';
import { seedCommand } from './seed.ts';
import { serveCommand } from './serve.ts';
import { validateCommand } from './validate.ts';

/** Runs the command that the arguments of the process name. */
export async function runProgram(): Promise<void> {
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
}

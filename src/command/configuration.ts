import { readConfig, type Config } from '../config.ts';

/** Returns the configuration of the environment, or says what is wrong with it and ends with status 2. */
export function configuration(): Config | undefined {
  const read = readConfig();
  if (read.ok) return read.config;
  for (const problem of read.problems) console.error(problem);
  process.exitCode = 2;
  return undefined;
}

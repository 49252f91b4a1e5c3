import type { Result } from '../fhir/result.ts';
import type { Trial } from '../trial/trial.ts';
import type { RestContext } from './rest.ts';

/** Reads the trial of the server; again only after it changed. */
export async function readTrial(context: RestContext): Promise<Result<Trial>> {
  return context.trialReader(context);
}

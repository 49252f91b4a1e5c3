import { createTrialReader } from '../trial/load-trial.ts';

/** Reads the trial of the server; again only after it changed. */
export const readTrial = createTrialReader();

import { loadProfiles } from './load-profiles.ts';
import { loadStudy, type StudyLoader } from './load-study.ts';

/** Brings the implementation guide and the study into the store; returns the number of resources written. */
export async function loadSeed(loader: StudyLoader): Promise<number> {
  const profiles = await loadProfiles(loader);
  return profiles + (await loadStudy(loader));
}

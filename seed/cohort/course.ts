import { addDays } from './calendar.ts';
import type { Random } from './random.ts';

/** The ways in which a subject of the cohort departs from the protocol: one for each deviation code. */
export const departures = [
  'dose-despite-toxicity',
  'dose-without-enrolment',
  'dose-wrong-product',
  'dose-out-of-window',
  'unplanned-dose',
  'activity-before-consent',
  'eligibility-override',
  'eligibility-lost',
  'visit-out-of-window',
  'visit-missed',
  'activity-missed',
  'safety-assessment-missing',
  'sae-late-report',
  'order-gap',
  'data-conflict',
] as const;

/** A departure from the protocol. */
export type Departure = (typeof departures)[number];

/** What happens to one synthetic subject; everything that is sent follows from it. */
export interface Course {
  /** Four digits, unique in the cohort. */
  readonly number: string;
  readonly site: 'PLAGH' | 'SITE-02';
  readonly gender: 'female' | 'male';
  readonly birthDate: string;
  readonly tumour: string;
  readonly consentDate: string;
  readonly day0: string;
  readonly outcome: 'screening-failure' | 'product-failure' | 'treated';
  readonly departure?: Departure;
  /** Study day and CTCAE grade of a cytokine release syndrome. */
  readonly crs?: { readonly day: number; readonly grade: 1 | 2 | 3 };
  readonly peakCopies: number;
  /** Study day from which the cells are no longer detected. */
  readonly lossDay: number;
  readonly immune: boolean;
  /** Sum of diameters relative to baseline at the best assessment. */
  readonly depth: number;
  readonly progressionDay: number;
  readonly deathDay?: number;
  readonly withdrawalDay?: number;
  readonly seed: Random;
}

const tumours = ['254837009', '363349007', '109841003', '188192002', '363443007'] as const;

/** Returns the course of subject `index` (from 0) of `subjects`, who consents within two years of `start`. */
export function courseOf(index: number, subjects: number, start: string, seed: Random): Course {
  const consentDate = addDays(start, Math.floor((index * 730) / subjects));
  const tumour = seed.pick(tumours);
  const outcome = outcomeOf(index);
  const departure = outcome === 'treated' ? departures[index % (departures.length + 5)] : undefined;
  const crs = toxicityOf(departure, seed);
  const ending = seed.integer(1, 10);
  return {
    number: String(index + 1).padStart(4, '0'),
    site: seed.chance(0.7) ? 'PLAGH' : 'SITE-02',
    gender:
      tumour === '188192002' || tumour === '363443007' ? 'female' : seed.pick(['female', 'male']),
    birthDate: addDays(start, -seed.integer(30 * 365, 75 * 365)),
    tumour,
    consentDate,
    day0: addDays(consentDate, 36),
    outcome,
    ...(departure !== undefined ? { departure } : {}),
    ...(crs !== undefined ? { crs } : {}),
    peakCopies: Math.round(10 ** seed.decimal(2.5, 4.8, 3)),
    lossDay: seed.chance(0.15) ? 9999 : seed.integer(60, 400),
    immune: seed.chance(0.4),
    depth: seed.decimal(0.3, 1.1, 2),
    progressionDay: seed.integer(80, 1500),
    ...(ending <= 4 ? { deathDay: seed.integer(200, 3000) } : {}),
    ...(ending === 5 ? { withdrawalDay: seed.integer(100, 900) } : {}),
    seed,
  };
}

/** Returns the last study day on which anything is recorded, apart from the death itself. */
export function lastDay(course: Course): number {
  return Math.min(course.deathDay ?? Infinity, course.withdrawalDay ?? Infinity);
}

function outcomeOf(index: number): Course['outcome'] {
  if (index % 12 === 11) return 'screening-failure';
  return index % 25 === 22 ? 'product-failure' : 'treated';
}

function toxicityOf(departure: Departure | undefined, seed: Random): Course['crs'] {
  if (departure === 'dose-despite-toxicity') return { day: 0, grade: 3 };
  if (departure === 'sae-late-report') return { day: 1, grade: 3 };
  if (departure !== undefined || !seed.chance(0.5)) return undefined;
  return { day: seed.integer(0, 5), grade: seed.pick([1, 2, 3]) };
}

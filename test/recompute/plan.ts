/** A visit of 4.2 with its required activities of 4.3. */
export interface PlannedVisit {
  readonly code: string;
  /** Study day of the target; undefined when it is counted in months. */
  readonly day?: number;
  readonly month?: number;
  /** Of days the first and last of the window from Day 0, of months the days around the target. */
  readonly low: number;
  readonly high: number;
  readonly isOptional?: boolean;
  readonly activities: readonly string[];
}

const days: readonly (readonly [code: string, day: number, low: number, high: number])[] = [
  ['SCR', -35, -70, -29],
  ['APH', -21, -28, -10],
  ['PRE', -7, -9, -6],
  ['LD', -5, -5, -1],
  ['D0', 0, 0, 0],
  ['D1', 1, 1, 1],
  ['D2', 2, 2, 2],
  ['D4', 4, 3, 5],
  ['D7', 7, 6, 8],
  ['D10', 10, 9, 11],
  ['D14', 14, 12, 16],
  ['D21', 21, 19, 23],
  ['D28', 28, 25, 31],
  ['W6', 42, 39, 45],
  ['W8', 56, 52, 60],
  ['W12', 84, 77, 91],
  ['W16', 112, 105, 119],
  ['W20', 140, 133, 147],
  ['W24', 168, 161, 175],
];

const quarters = [9, 12, 15, 18, 21, 24, 27, 30];
const years = [42, 54, 66, 78, 90, 102, 114, 126, 138, 150, 162, 174, 186];

const annual = years.map((_, index) => `A${String(index + 1).padStart(2, '0')}`);
const quarterly = quarters.map((month) => `M${month}`);

function list(codes: string): readonly string[] {
  return codes.split(' ').flatMap((code) => {
    if (code === 'M9-M30') return quarterly;
    return code === 'A01-A13' ? annual : [code];
  });
}

/** 4.3 without the Tasks, which leave no record of their own, and without what is optional. */
const visitsOfActivity: readonly (readonly [activity: string, visits: readonly string[]])[] = [
  ['consent', list('SCR')],
  ['her2', list('SCR')],
  ['apheresis', list('APH')],
  ['product-release', list('PRE')],
  ['infusion', list('D0 D1 D2')],
  ['vitals', [...days.map(([code]) => code), ...quarterly]],
  ['ecog', list('SCR PRE D7 D14 D28 W8 W12 W16 W20 W24 M9-M30')],
  ['exam', list('SCR PRE D7 D14 D28 W8 W12 W16 W20 W24 M9-M30 A01 A02')],
  ['labs', list('SCR PRE D0 D1 D2 D4 D7 D10 D14 D21 D28 W6 W8 W12 W16 W20 W24 M9 M12 M18 M24 M30')],
  ['cytokines', list('PRE D0 D1 D2 D4 D7 D10 D14 D28')],
  ['iec-tox', list('D0 D1 D2 D4 D7 D10 D14 D21 D28')],
  ['lvef', list('SCR D28 W12 W24 M12')],
  ['cardiac-markers', list('PRE D0 D1 D2 D7 D14 D28')],
  [
    'pcr-blood',
    list('PRE D1 D2 D4 D7 D10 D14 D21 D28 W6 W8 W12 W16 W20 W24 M9 M12 M18 M24 M30 A01-A13'),
  ],
  ['flow', list('PRE D7 D14 D28 W8 W12 W24')],
  ['humoral', list('PRE D14 D28 W8 W12 W24 M12')],
  ['elispot', list('PRE D28 W12 W24')],
  ['imaging', list('PRE D28 W8 W16 W24 M9-M30')],
  ['rcl', list('PRE W12 W24 M12 A01-A13')],
  ['vital-status', list('W24 M9-M30 A01-A13')],
];

function activitiesAt(code: string): readonly string[] {
  return visitsOfActivity.flatMap(([activity, visits]) =>
    visits.includes(code) ? [activity] : [],
  );
}

/** The 40 visits of 4.2. */
export const plannedVisits: readonly PlannedVisit[] = [
  ...days.map(([code, day, low, high]) => ({
    code,
    day,
    low,
    high,
    ...(code === 'LD' ? { isOptional: true } : {}),
    activities: activitiesAt(code),
  })),
  ...quarters.map((month) => ({
    code: `M${month}`,
    month,
    low: -14,
    high: 14,
    activities: activitiesAt(`M${month}`),
  })),
  ...years.map((month, index) => ({
    code: annual[index] ?? '',
    month,
    low: -45,
    high: 45,
    activities: activitiesAt(annual[index] ?? ''),
  })),
];

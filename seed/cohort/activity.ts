import { at } from './calendar.ts';
import { observation, recordOf, type CohortResource } from './record.ts';
import { baselineLesions, response } from './response.ts';
import { immunity, measurements, occasionOf, pcr, type Attendance } from './result.ts';
import { component, concept, local, quantity, systems } from './vocabulary.ts';

/** What an activity of the plan leaves behind; activities without an entry leave no records of their own. */
export const recordsOfActivity: Readonly<
  Record<string, (attendance: Attendance) => readonly CohortResource[]>
> = {
  vitals: (attendance) => [
    ...measurements(attendance, 'vital-signs', [
      ['temperature', '8310-5', 36.2, 37.4, 1, 'Cel'],
      ['heart-rate', '8867-4', 58, 96, 0, '/min'],
      ['respiratory-rate', '9279-1', 12, 20, 0, '/min'],
      ['weight', '29463-7', 48, 92, 1, 'kg'],
    ]),
    bloodPressure(attendance),
    oxygenSaturation(attendance),
  ],
  ecog: (attendance) => [
    observation(occasionOf(attendance, 'ecog'), 'ecog', 'exam', {
      code: concept(systems.loinc, '89247-1'),
      valueInteger: attendance.course.seed.integer(0, 2),
    }),
  ],
  labs: (attendance) =>
    measurements(attendance, 'laboratory', [
      ['leukocytes', '6690-2', 2, 9, 1, '10*9/L'],
      ['neutrophils', '751-8', 1.1, 6, 1, '10*9/L'],
      ['lymphocytes', '731-0', 0.2, 3, 1, '10*9/L'],
      ['platelets', '777-3', 80, 320, 0, '10*9/L'],
      ['haemoglobin', '718-7', 9, 15, 1, 'g/dL'],
      ['alt', '1742-6', 10, 60, 0, 'U/L'],
      ['ast', '1920-8', 10, 55, 0, 'U/L'],
      ['ldh', '14804-9', 120, 480, 0, 'U/L'],
      ['bilirubin', '14631-6', 4, 22, 1, 'umol/L'],
      ['creatinine', '14682-9', 45, 110, 0, 'umol/L'],
    ]),
  cytokines: (attendance) =>
    measurements(attendance, 'laboratory', [
      ['il-6', '26881-3', 2, 400, 1, 'pg/mL'],
      ['ifn-gamma', '27415-9', 1, 90, 1, 'pg/mL'],
      ['il-10', '26848-2', 1, 60, 1, 'pg/mL'],
      ['ferritin', '2276-4', 40, 2500, 0, 'ng/mL'],
      ['crp', '1988-5', 1, 120, 1, 'mg/L'],
    ]),
  'iec-tox': (attendance) => [toxicityGrade(attendance, 'crs'), toxicityGrade(attendance, 'icans')],
  lvef: (attendance) => measurements(attendance, 'imaging', [['lvef', '10230-1', 54, 68, 0, '%']]),
  'cardiac-markers': (attendance) =>
    measurements(attendance, 'laboratory', [
      ['troponin', '89579-7', 2, 18, 1, 'ng/L'],
      ['nt-probnp', '33762-6', 20, 280, 0, 'pg/mL'],
    ]),
  'pcr-blood': (attendance) => pcr(attendance, 'blood'),
  'pcr-tumour': (attendance) =>
    attendance.visit === 'D14' ? [biopsy(attendance), ...pcr(attendance, 'tumour')] : [],
  flow: (attendance) => (attendance.day > 0 ? [subsets(attendance)] : []),
  humoral: (attendance) => immunity(attendance, 'antibody'),
  elispot: (attendance) => immunity(attendance, 'elispot'),
  imaging: (attendance) =>
    attendance.day < 0 ? baselineLesions(attendance) : response(attendance),
  rcl: replicationCompetence,
  'vital-status': (attendance) => [
    observation(occasionOf(attendance, 'vital-status'), 'vital-status', 'exam', {
      code: concept(systems.code, 'vital-status'),
      valueCodeableConcept: concept(systems.code, 'alive'),
    }),
  ],
};

function bloodPressure(attendance: Attendance): CohortResource {
  const { seed } = attendance.course;
  const part = (code: string, low: number, high: number) =>
    component(systems.loinc, code, {
      valueQuantity: quantity(seed.integer(low, high), 'mm[Hg]'),
    });
  return observation(occasionOf(attendance, 'blood-pressure'), 'measurement', 'vital-signs', {
    code: concept(systems.loinc, '85354-9'),
    component: [part('8480-6', 100, 145), part('8462-4', 60, 90)],
  });
}

function oxygenSaturation(attendance: Attendance): CohortResource {
  return observation(occasionOf(attendance, 'oxygen'), 'measurement', 'vital-signs', {
    code: {
      coding: [
        { system: systems.loinc, code: '2708-6' },
        { system: systems.loinc, code: '59408-5' },
      ],
    },
    valueQuantity: quantity(attendance.course.seed.integer(94, 99), '%'),
  });
}

function toxicityGrade(attendance: Attendance, kind: 'crs' | 'icans'): CohortResource {
  const { crs } = attendance.course;
  const graded = kind === 'crs' && crs !== undefined && crs.day === attendance.day;
  const grade = graded ? crs.grade : 0;
  const support = ['none', 'none', 'low-flow', 'high-flow'][grade] ?? 'none';
  const inputs =
    kind === 'icans'
      ? [component(systems.code, 'ice-score', { valueInteger: 10 })]
      : [
          component(systems.code, 'fever', { valueBoolean: grade > 0 }),
          component(systems.code, 'vasopressor', {
            valueCodeableConcept: concept(local('pressor'), 'none-needed'),
          }),
          component(systems.code, 'oxygen', {
            valueCodeableConcept: concept(local('oxygen'), support),
          }),
        ];
  const time = graded ? '20:10' : '08:30';
  return observation(occasionOf(attendance, `${kind}-grade`, time), 'ie-toxicity', 'exam', {
    code: concept(systems.code, `${kind}-grade`),
    valueCodeableConcept: concept(local('astct'), `grade-${grade}`),
    component: inputs,
  });
}

function biopsy({ course, date }: Attendance): CohortResource {
  const occasion = { course, visit: 'D14', slug: 'biopsy', when: at(date, '11:00') };
  const { extension, identifier, subject } = observation(occasion, 'procedure', 'exam', {
    code: {},
  });
  return {
    resourceType: 'Procedure',
    extension,
    identifier,
    status: 'completed',
    code: concept(systems.code, 'tumour-biopsy'),
    subject,
    performedDateTime: occasion.when,
    bodySite: [concept(systems.snomed, '10200004')],
  };
}

function subsets(attendance: Attendance): CohortResource {
  const { course } = attendance;
  const tcm = course.seed.integer(15, 45);
  const share = (code: string, value: number) =>
    component(systems.code, code, { valueQuantity: quantity(value, '%') });
  return observation(occasionOf(attendance, 'subsets'), 'tcell-subsets', 'laboratory', {
    code: concept(systems.code, 'tcell-subsets'),
    specimen: recordOf(course, 'Specimen', `blood-${attendance.visit.toLowerCase()}`),
    component: [
      component(systems.code, 'parent-gate', {
        valueCodeableConcept: concept(local('gate'), 'car-cd3'),
      }),
      share('tcm', tcm),
      share('tem', course.seed.integer(20, 95 - tcm)),
      share('treg', course.seed.integer(1, 9)),
    ],
  });
}

function replicationCompetence(attendance: Attendance): readonly CohortResource[] {
  const { course, visit } = attendance;
  if (visit.startsWith('A')) return [];
  const slug = `blood-${visit.toLowerCase()}`;
  const result = observation(occasionOf(attendance, 'rcl'), 'rcl', 'laboratory', {
    code: concept(systems.code, 'rcl-blood'),
    valueCodeableConcept: concept(systems.interpretation, 'NEG'),
    method: concept(local('rcl-method'), 'vsv-g-qpcr'),
    specimen: recordOf(course, 'Specimen', slug),
  });
  return [result];
}

import type { JsonObject } from '../fhir/json/json-value.ts';
import { codeSystem } from './canonical.ts';
import { hasCode } from './element.ts';
import { codedValue, componentOf } from './observation-value.ts';

/** A grade of CRS or ICANS as it was recorded, and as its components give it. */
export interface GradeComparison {
  readonly recorded: number;
  readonly recomputed: number;
}

/**
 * Returns the grade of a CRS or ICANS Observation beside the one that its components give by ASTCT 2019;
 * undefined where they do not suffice, and of a death, which no component tells.
 */
export function compareGrade(observation: JsonObject): GradeComparison | undefined {
  const recorded = gradeIn(codedValue(observation, codeSystem('astct')));
  if (recorded === undefined || recorded === deathGrade) return undefined;
  const { code } = observation;
  const recomputed = hasCode(code, codeSystem('code'), 'crs-grade')
    ? releaseGrade(observation)
    : hasCode(code, codeSystem('code'), 'icans-grade')
      ? neurotoxicityGrade(observation)
      : undefined;
  return recomputed === undefined ? undefined : { recorded, recomputed };
}

const deathGrade = 5;

function gradeIn(code: string | undefined): number | undefined {
  const digits = /^grade-([0-5])$/u.exec(code ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

type Grades = Readonly<Record<string, number>>;

const pressorGrades: Grades = {
  'none-needed': 1,
  'hypotension-no-pressor': 2,
  one: 3,
  multiple: 4,
};
const oxygenGrades: Grades = { none: 1, 'low-flow': 2, 'high-flow': 3, 'positive-pressure': 4 };

/** Without fever, also a masked one, there is no CRS; with it the worse of hypotension and oxygen decides. */
function releaseGrade(observation: JsonObject): number | undefined {
  const fever = component(observation, 'fever')?.['valueBoolean'];
  const pressor = graded(observation, { code: 'vasopressor', system: 'pressor' }, pressorGrades);
  const oxygen = graded(observation, { code: 'oxygen', system: 'oxygen' }, oxygenGrades);
  if (typeof fever !== 'boolean' || pressor === undefined || oxygen === undefined) return undefined;
  return fever ? Math.max(pressor, oxygen) : 0;
}

const consciousnessGrades: Grades = {
  awake: 0,
  spontaneous: 1,
  voice: 2,
  tactile: 3,
  unarousable: 4,
};
const seizureGrades: Grades = { none: 0, brief: 3, prolonged: 4 };
const oedemaGrades: Grades = { none: 0, focal: 3, diffuse: 4 };
const weaknessGrade = 4;

/** The worst of what is known decides; the ICE score must be. */
function neurotoxicityGrade(observation: JsonObject): number | undefined {
  const score = component(observation, 'ice-score')?.['valueInteger'];
  if (typeof score !== 'number') return undefined;
  const isWeak = component(observation, 'motor-weakness')?.['valueBoolean'] === true;
  const others = [
    graded(observation, { code: 'consciousness', system: 'consciousness' }, consciousnessGrades),
    graded(observation, { code: 'seizure', system: 'seizure' }, seizureGrades),
    graded(observation, { code: 'cerebral-oedema', system: 'oedema' }, oedemaGrades),
  ];
  return Math.max(iceGrade(score), isWeak ? weaknessGrade : 0, ...others.map((one) => one ?? 0));
}

/** From which ICE score on which grade holds; 0 of one who cannot be roused is grade 4 by consciousness. */
const iceGrades: readonly (readonly [least: number, grade: number])[] = [
  [10, 0],
  [7, 1],
  [3, 2],
];
const iceGradeWorst = 3;

function iceGrade(score: number): number {
  return iceGrades.find(([least]) => score >= least)?.[1] ?? iceGradeWorst;
}

function graded(
  observation: JsonObject,
  { code, system }: { readonly code: string; readonly system: string },
  grades: Grades,
): number | undefined {
  const part = component(observation, code);
  const value = part === undefined ? undefined : codedValue(part, codeSystem(system));
  return value === undefined ? undefined : grades[value];
}

function component(observation: JsonObject, code: string): JsonObject | undefined {
  return componentOf(observation, codeSystem('code'), code);
}

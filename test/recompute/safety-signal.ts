import { eventsOf, isRelated, suspectKind, type Event } from './adverse-event.ts';
import type { Answer } from './answer.ts';
import {
  addDays,
  asOfDate,
  daysBetween,
  firstInfusion,
  happened,
  onsetDate,
  type Start,
} from './calendar.ts';
import { codeIn, codeSystem, codings, hasCode, observations } from './dump.ts';
import type { Dossier, Dump } from './dump.ts';
import { posteriorAbove } from './statistics.ts';

const pulmonary = ['C58185', 'C58188', 'C143767', 'C58020', 'C143789', 'on-target-pulmonary'];
const cardiac = ['C143436', 'C146719', 'C143529', 'C146695', 'on-target-cardiac'];
const troponin = ['C143353', 'C143354'];
const haematological = ['C143283', 'C143704', 'C143764', 'C143662', 'C143948'];
const reactions = ['C143583', 'C143282'];

const windowDays = 28;

/** `$safety-signal`: advice, numbers, and the rules that ask for the pause. */
export function safetySignal(dump: Dump, asOf: number): Answer {
  const infused = dump.dossiers.flatMap((dossier) => {
    const start = firstInfusion(dossier, dump, asOf);
    return start === undefined ? [] : [{ dossier, start }];
  });
  const judged = infused.map(({ dossier, start }) => ({
    isOver: asOf > asOfDate(addDays(start.day0, windowDays)),
    isDlt: eventsOf(dossier).some((event) => isDlt(event, { dump, start, asOf })),
  }));
  const n = judged.filter(({ isOver, isDlt: dlt }) => isOver || dlt).length;
  const x = judged.filter(({ isDlt: dlt }) => dlt).length;
  const boundary = boundaryOf(n);
  const related = dump.dossiers.flatMap((dossier) =>
    eventsOf(dossier).filter(
      (event) => (event.onset?.start ?? Infinity) <= asOf && isTreatment(event, dump),
    ),
  );
  const reasons = [
    ...(boundary !== undefined && x >= boundary ? ['R12/boundary'] : []),
    ...(related.some(({ grade }) => grade === 5) ? ['R12/grade-5'] : []),
    ...(dump.dossiers.some((dossier) => hasVirus(dossier, dump, asOf)) ? ['R12/rcl'] : []),
    ...(related.some((event) => event.grade >= 4 && isTerm(event, [...pulmonary, ...cardiac]))
      ? ['R12/organ-grade-4']
      : []),
  ];
  return new Map<string, number | string | undefined>([
    ['advice', reasons.length > 0 ? 'pause-enrolment' : 'continue'],
    ['n', n],
    ['dlt', x],
    ['boundary', boundary],
    ['reasons', reasons.join(' ')],
  ]);
}

/** Pause when Pr(p > 0.30) reaches 0.90; below two subjects there is no boundary. */
function boundaryOf(n: number): number | undefined {
  if (n < 2) return undefined;
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (posteriorAbove(0.3, middle, n) >= 0.9) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Since the first infusion: an onset without time on that day counts as after it. */
function counts({ onset }: Event, start: Start, asOf: number): boolean {
  if (onset === undefined || onset.start > asOf) return false;
  return onset.hasTime ? onset.start >= start.time.start : onset.end > start.time.start;
}

function isTreatment(event: Event, dump: Dump): boolean {
  if (event.suspects.length === 0) return true;
  return event.suspects.some((one) => {
    const kind = suspectKind(one, dump);
    return (kind === 'product' || kind === 'conditioning') && isRelated(one);
  });
}

function isTerm({ line }: Event, codes: readonly string[]): boolean {
  return codings(line['event']).some(({ code }) => codes.includes(String(code)));
}

/** A stop effect of UT-1 … UT-6 or UT-8 with onset on day 0 … 28. */
function isDlt(
  event: Event,
  { dump, start, asOf }: { readonly dump: Dump; readonly start: Start; readonly asOf: number },
): boolean {
  const { onset } = event;
  const day = onset === undefined ? -1 : daysBetween(start.day0, onsetDate(onset, start.day0));
  if (!counts(event, start, asOf) || day < 0 || day > windowDays) return false;
  const related = isTreatment(event, dump);
  const isUnrelated =
    event.suspects.length > 0 &&
    event.suspects.every(({ relatedness }) => relatedness === 'C53256');
  if (isTerm(event, pulmonary) && event.grade >= 2 && !isUnrelated) return true;
  return related && (event.isDlt || event.grade >= stopGrade(event));
}

/** From which grade a term stops; haematological terms never do by themselves. */
function stopGrade(event: Event): number {
  if (isTerm(event, ['icans'])) return 2;
  if (isTerm(event, ['C143394'])) return 3;
  if (isTerm(event, pulmonary)) return Infinity;
  if (isTerm(event, cardiac)) return 2;
  if (isTerm(event, reactions)) return 3;
  return isTerm(event, [...troponin, ...haematological]) ? Infinity : 4;
}

/** Two positive blood tests on different days, or one plus a positive co-culture. */
function hasVirus(dossier: Dossier, dump: Dump, asOf: number): boolean {
  const positive = observations(dossier, codeSystem('code'), 'rcl-blood').flatMap((line) => {
    const time = happened(line, dump);
    const isPositive = hasCode(line['valueCodeableConcept'], undefined, 'POS');
    return isPositive && time !== undefined && time.start <= asOf ? [{ line, time }] : [];
  });
  const hasCulture = positive.some(
    ({ line }) => codeIn(line['method'], codeSystem('rcl-method')) === 'coculture',
  );
  const days = new Set(positive.map(({ time }) => time.date));
  return days.size >= 2 || (hasCulture && positive.length >= 2);
}

import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/json/json-value.ts';
import { codesOf, objectsOf, textOf } from './element.ts';
import { profile } from './canonical.ts';
import { addDays, addMonths, type LocalDate } from './local-time.ts';

/** The schedule of activities as its resources say it. */
export interface ProtocolPlan {
  /** The canonical of the plan with its version. */
  readonly canonical: string;
  /** In the order of the plan. */
  readonly visits: readonly PlannedVisit[];
  /** When the visits are to be, in their order, counted from Day 0; each is reckoned once. */
  windowsAt(day0: LocalDate): readonly VisitWindow[];
}

/** A planned visit. */
export interface PlannedVisit {
  readonly code: string;
  readonly title: string;
  /** Undefined: this visit is the anchor. */
  readonly offset?: VisitOffset;
  readonly isOptional: boolean;
  readonly activities: readonly PlannedActivity[];
}

/** Where a visit lies from the anchor: all numbers with their sign, days or calendar months. */
export interface VisitOffset {
  readonly target: number;
  readonly unit: 'd' | 'mo';
  /** Days from the anchor when the unit is days, else days around the target. */
  readonly low: number;
  readonly high: number;
}

/** A planned activity of a visit, and which records are its results. */
export interface PlannedActivity {
  readonly id: string;
  /** A `must` whose results are records: without one it is missing. A Task leaves none of its own. */
  readonly isRequired: boolean;
  /** Work of the site that need not leave a record, as to look for adverse events. */
  readonly isTask: boolean;
  /** The FHIRPath under which it applies. */
  readonly condition?: string;
  /** The kind of its records (`persistence`). */
  readonly kind?: string;
  /** `system|code` of its records; none: any. */
  readonly codes: ReadonlySet<string>;
}

/** When a visit is to be: all three are local dates, the window inclusive. */
export interface VisitWindow {
  readonly target: LocalDate;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/**
 * Returns the plan of its PlanDefinition; `byCanonical` finds the visit plans and the
 * ActivityDefinitions by their canonicals, with or without version.
 *
 * @see http://hl7.org/fhir/uv/vulcan-schedule/
 */
export function readProtocolPlan(
  plan: JsonObject,
  byCanonical: (canonical: string) => JsonObject | undefined,
): ProtocolPlan {
  const version = textOf(plan['version']);
  const url = textOf(plan['url']) ?? '';
  const visits = objectsOf(plan['action']).map((action) => visitOf(action, byCanonical));
  const windows = new Map<LocalDate, readonly VisitWindow[]>();
  return {
    canonical: version === undefined ? url : `${url}|${version}`,
    visits,
    windowsAt: (day0) => {
      const known = windows.get(day0) ?? visits.map((visit) => windowOf(visit, day0));
      if (windows.size >= datesMax) windows.clear();
      windows.set(day0, known);
      return known;
    },
  };
}

/** Dates of which a plan keeps the windows. */
const datesMax = 10_000;

type Lookup = (canonical: string) => JsonObject | undefined;

function visitOf(action: JsonObject, byCanonical: Lookup): PlannedVisit {
  const offset = offsetOf(action);
  const visitPlan = byCanonical(textOf(action['definitionCanonical']) ?? '');
  return {
    code: textOf(action['id']) ?? '',
    title: textOf(action['title']) ?? '',
    ...(offset !== undefined ? { offset } : {}),
    isOptional: action['requiredBehavior'] === 'could',
    activities: objectsOf(visitPlan?.['action']).map((one) => activityOf(one, byCanonical)),
  };
}

function offsetOf(action: JsonObject): VisitOffset | undefined {
  const [related] = objectsOf(action['relatedAction']);
  const duration = related?.['offsetDuration'];
  if (related === undefined || !isJsonObject(duration)) return undefined;
  const unit = duration['code'] === 'mo' ? 'mo' : 'd';
  const target = numberIn(duration) ?? 0;
  const exact = unit === 'd' ? target : 0;
  const { low = exact, high = exact } = acceptableRange(related);
  return related['relationship'] === 'before'
    ? { unit, target: -target, low: -high, high: -low }
    : { unit, target, low, high };
}

function acceptableRange(related: JsonObject): { readonly low?: number; readonly high?: number } {
  const extension = objectsOf(related['extension']).find(({ url }) => url === acceptableOffset);
  const range = extension?.['valueRange'];
  if (!isJsonObject(range)) return {};
  const [low, high] = [numberIn(range['low']), numberIn(range['high'])];
  return { ...(low !== undefined ? { low } : {}), ...(high !== undefined ? { high } : {}) };
}

const acceptableOffset =
  'http://hl7.org/fhir/uv/vulcan-schedule/StructureDefinition/AcceptableOffsetRangeSoa';

function numberIn(quantity: JsonValue | undefined): number | undefined {
  const value = isJsonObject(quantity) ? quantity['value'] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function activityOf(action: JsonObject, byCanonical: Lookup): PlannedActivity {
  const definition = byCanonical(textOf(action['definitionCanonical']) ?? '');
  const kind = textOf(definition?.['profile'])?.split('|')[0]?.slice(profile('').length);
  const condition = objectsOf(action['condition'])
    .map(({ expression }) => (isJsonObject(expression) ? expression['expression'] : undefined))
    .find((expression) => typeof expression === 'string');
  const isTask = definition?.['kind'] === 'Task';
  return {
    id: textOf(action['id']) ?? '',
    isRequired: action['requiredBehavior'] === 'must' && !isTask && kind !== undefined,
    isTask,
    ...(condition !== undefined ? { condition } : {}),
    ...(kind !== undefined ? { kind } : {}),
    codes: new Set(codesOf(definition?.['code']).map(({ system, code }) => `${system}|${code}`)),
  };
}

/** Returns when a visit is to be, counted from Day 0 (or from the planned one). */
export function windowOf(visit: PlannedVisit, day0: LocalDate): VisitWindow {
  const { offset } = visit;
  if (offset === undefined) return { target: day0, start: day0, end: day0 };
  if (offset.unit === 'd') {
    return {
      target: addDays(day0, offset.target),
      start: addDays(day0, offset.low),
      end: addDays(day0, offset.high),
    };
  }
  const target = addMonths(day0, offset.target);
  return { target, start: addDays(target, offset.low), end: addDays(target, offset.high) };
}

import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import { addDays, addMonths } from './calendar.ts';
import { readStudy, type SeedResource } from '../study-bundles.ts';

/** A visit of the protocol plan: its target relative to Day 0, the widest deviation from it, its activities. */
export interface PlannedVisit {
  readonly code: string;
  readonly target: (day0: string) => string;
  /** Days by which the actual date may lie before and after the target. */
  readonly tolerance: { readonly before: number; readonly after: number };
  readonly activities: readonly string[];
}

interface Action {
  readonly id: string;
  readonly definitionCanonical: string;
  readonly relatedAction?: readonly [
    {
      readonly relationship: string;
      readonly offsetDuration: { readonly value: number; readonly code: string };
      readonly extension: readonly [
        { readonly valueRange: { readonly low: JsonObject; readonly high: JsonObject } },
      ];
    },
  ];
}

/** Returns the visits of the seed's plan in the order of time. */
export function plannedVisits(): readonly PlannedVisit[] {
  const resources = readStudy();
  const byUrl = new Map(resources.map((resource) => [resource['url'], resource]));
  const plan = resources.find((resource) => resource.id === 'h2c-protocol-plan');
  return actionsOf(plan).map((action) => ({
    code: action.id,
    ...timeOf(action),
    activities: actionsOf(byUrl.get(action.definitionCanonical.split('|')[0])).map(({ id }) => id),
  }));
}

function actionsOf(plan: SeedResource | undefined): readonly Action[] {
  if (plan === undefined) throw new Error('The seed has no such plan.');
  return plan['action'] as unknown as readonly Action[];
}

function timeOf(action: Action): Pick<PlannedVisit, 'target' | 'tolerance'> {
  const [related] = action.relatedAction ?? [];
  if (related === undefined) return { target: (day0) => day0, tolerance: { before: 0, after: 0 } };
  const sign = related.relationship === 'before' ? -1 : 1;
  const { value, code } = related.offsetDuration;
  const low = related.extension[0].valueRange.low['value'] as number;
  const high = related.extension[0].valueRange.high['value'] as number;
  if (code === 'mo') {
    return {
      target: (day0) => addMonths(day0, value),
      tolerance: { before: -low, after: high },
    };
  }
  const [early, late] = sign < 0 ? [high - value, value - low] : [value - low, high - value];
  return {
    target: (day0) => addDays(day0, sign * value),
    tolerance: { before: early, after: late },
  };
}

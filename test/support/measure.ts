import { isJsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { objectsOf, textOf } from '../../src/trial/element.ts';

/** Returns the scores of a MeasureReport by the names of its groups; undefined of one without number. */
export function scoresOf(report: Resource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    objectsOf(report['group']).map((group) => {
      const name = isJsonObject(group['code']) ? textOf(group['code']['text']) : undefined;
      const score = group['measureScore'];
      return [name ?? '', isJsonObject(score) ? score['value'] : undefined];
    }),
  );
}

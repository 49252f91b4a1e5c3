import { isJsonObject, type JsonObject, type JsonValue } from '../../src/fhir/json/json-value.ts';
import type { Answer } from '../recompute/answer.ts';

/** What an operation answered, by name, as the recomputation names it. */
type Values = Map<string, number | string | boolean | undefined>;

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function label(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function scalar(value: JsonValue | undefined): string | number | boolean | undefined {
  const plain = isJsonObject(value)
    ? (member(value, 'value') ?? member(value, 'reference'))
    : value;
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean'
    ? plain
    : undefined;
}

/** Returns the scores of a MeasureReport by group, and the numerators of strata by group and stratum. */
export function reportAnswer(report: JsonObject): Answer {
  const answer: Values = new Map();
  for (const group of objects(report['group'])) {
    const name = label(member(group['code'], 'text'));
    answer.set(name, scalar(group['measureScore']));
    for (const stratifier of objects(group['stratifier'])) {
      const [code] = objects(stratifier['code']);
      for (const stratum of objects(stratifier['stratum'])) {
        const numerator = objects(stratum['population']).find((population) =>
          objects(member(population['code'], 'coding')).some(
            ({ code: one }) => one === 'numerator',
          ),
        );
        const stratumName = `${name} ${label(code?.['text'])} ${label(member(stratum['value'], 'text'))}`;
        answer.set(stratumName, scalar(numerator?.['count']));
      }
    }
  }
  return answer;
}

/** One parameter of an answer: its value, or its parts by name. */
export interface Parameter {
  readonly name: string;
  readonly value: string | number | boolean | undefined;
  readonly parts: readonly Parameter[];
}

/** Returns the parameters of an answer, or the parts of one. */
export function parametersOf(holder: JsonObject, name = 'parameter'): readonly Parameter[] {
  return objects(holder[name]).map((one) => {
    const [, value] = Object.entries(one).find(([key]) => key.startsWith('value')) ?? [];
    return { name: label(one['name']), value: scalar(value), parts: parametersOf(one, 'part') };
  });
}

/** Returns the values of the parts with a name, in their order. */
export function partValues({ parts }: Parameter, name: string): readonly unknown[] {
  return parts.filter((part) => part.name === name).map(({ value }) => value);
}

/** Returns the values of parameters that have no parts, by name. */
export function plainValues(parameters: readonly Parameter[]): Answer {
  return new Map(
    parameters
      .filter(({ parts, name }) => parts.length === 0 && name !== 'subject' && name !== 'study')
      .map(({ name, value }) => [name, value]),
  );
}

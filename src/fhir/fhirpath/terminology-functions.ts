import type { Terminology } from '../definitions/terminology.ts';
import { isJsonObject } from '../json/json-value.ts';
import {
  argument,
  booleanExpression,
  rule,
  singleOf,
  type Call,
  type Expression,
  type FunctionTable,
} from './expression.ts';
import { kindOf, type Item } from './item.ts';

/** @see https://hl7.org/fhir/R4/fhirpath.html#functions */
export const terminologyFunctions: FunctionTable = {
  memberOf: rule(1, 1, memberOf),
  subsumes: rule(1, 1, (call) => subsumption(call, (own, other) => [own, other])),
  subsumedBy: rule(1, 1, (call) => subsumption(call, (own, other) => [other, own])),
};

function memberOf(call: Call): Expression {
  const canonical = argument(call, 0);
  const { terminology } = call.scope.environment;
  return booleanExpression((frame) => {
    const url = singleOf(canonical.items(frame))?.value;
    const item = singleOf(call.input.items(frame));
    if (item === undefined || typeof url !== 'string') return undefined;
    const answers = codesOf(item).map(([system, code]) =>
      terminology.membership(url, system, code),
    );
    if (answers.includes('in')) return true;
    return answers.includes('unknown') ? undefined : false;
  });
}

type Code = readonly [system: string | undefined, code: string];

/** True for one pair of codings; false when all are decided; an unknown code system decides nothing. */
function subsumption(
  call: Call,
  order: (own: Code, other: Code) => readonly [above: Code, below: Code],
): Expression {
  const given = argument(call, 0);
  const { terminology } = call.scope.environment;
  return booleanExpression((frame) => {
    const item = singleOf(call.input.items(frame));
    const other = singleOf(given.items(frame));
    if (item === undefined || other === undefined) return undefined;
    const pairs = codesOf(item).flatMap((own) => codesOf(other).map((one) => order(own, one)));
    const answers = pairs.map(([above, below]) => isBelow(terminology, above, below));
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  });
}

function isBelow(
  terminology: Terminology,
  [system, above]: Code,
  [otherSystem, below]: Code,
): boolean | undefined {
  if (system !== otherSystem) return false;
  if (above === below) return true;
  if (system === undefined) return undefined;
  const isKnown = terminology.definesCode(system, below) !== 'unknown';
  return isKnown ? terminology.subsumed(system, above).includes(below) : undefined;
}

function codesOf(item: Item): readonly Code[] {
  const { value } = item;
  if (typeof value === 'string') return kindOf(item) === 'String' ? [[undefined, value]] : [];
  if (!isJsonObject(value)) return [];
  const { coding, system, code } = value as Record<'coding' | 'system' | 'code', unknown>;
  if (Array.isArray(coding)) {
    return coding.flatMap((one: unknown) =>
      isJsonObject(one) ? codesOf({ ...item, value: { ...one, coding: undefined } }) : [],
    );
  }
  return typeof code === 'string' ? [[typeof system === 'string' ? system : undefined, code]] : [];
}

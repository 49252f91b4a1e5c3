import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Occurrence } from './compiler.ts';
import { choiceValue, type ElementNode } from './element-tree.ts';
import { equalsFixed, matchesPattern } from './pattern.ts';
import type { ProfileScope } from './profile-scope.ts';

/** Whether a value is the one that an element of a slice describes. */
export type ValueMatch = (occurrence: Occurrence) => boolean;

/**
 * Compiles what a slice says of a discriminating element: its fixed value or pattern, its required
 * binding, the same of the elements below it, else that it must be there. Undefined when it says nothing.
 */
export function compileValueMatch(scope: ProfileScope, node: ElementNode): ValueMatch | undefined {
  const fixed = choiceValue(node.definition, 'fixed');
  if (fixed !== undefined) {
    return ({ value }) => equalsFixed(value, fixed.value as JsonValue);
  }
  const pattern = choiceValue(node.definition, 'pattern');
  if (pattern !== undefined) {
    return ({ value }) => matchesPattern(value, pattern.value as JsonValue);
  }
  return belowMatch(scope, node) ?? bindingMatch(scope, node) ?? presence(node);
}

function presence(node: ElementNode): ValueMatch | undefined {
  return node.min > 0 ? () => true : undefined;
}

/** What the children and their slices demand, when they demand a value. */
function belowMatch(scope: ProfileScope, node: ElementNode): ValueMatch | undefined {
  const demands: ((owner: JsonObject) => boolean)[] = [];
  for (const child of node.children) {
    for (const wanted of [child, ...child.slices.filter(({ min }) => min > 0)]) {
      const match = saysValue(wanted) ? compileValueMatch(scope, wanted) : undefined;
      if (match !== undefined) {
        demands.push((owner) => valuesOf(owner, child).some((value) => match(value)));
      }
    }
  }
  return demands.length === 0
    ? undefined
    : ({ value }) => isJsonObject(value) && demands.every((demand) => demand(value));
}

function saysValue(node: ElementNode): boolean {
  return (
    choiceValue(node.definition, 'fixed') !== undefined ||
    choiceValue(node.definition, 'pattern') !== undefined ||
    node.children.some((child) => saysValue(child) || child.slices.some(saysValue))
  );
}

function valuesOf(owner: JsonObject, child: ElementNode): readonly Occurrence[] {
  const value = owner[child.name];
  const values: readonly (JsonValue | undefined)[] = Array.isArray(value) ? value : [value];
  return values
    .filter((item) => item !== undefined)
    .map((item) => ({ value: item, sibling: undefined, type: '' }));
}

function bindingMatch({ compiler }: ProfileScope, node: ElementNode): ValueMatch | undefined {
  const { strength, valueSet } = node.definition.binding ?? {};
  if (strength !== 'required' || valueSet === undefined) {
    return undefined;
  }
  const isIn = (system: unknown, code: unknown) =>
    typeof code === 'string' &&
    compiler.terminology.membership(
      valueSet,
      typeof system === 'string' ? system : undefined,
      code,
    ) !== 'out';
  return ({ value }) => {
    if (!isJsonObject(value)) {
      return isIn(undefined, value);
    }
    const codings = Array.isArray(value['coding']) ? value['coding'] : [value];
    return codings.some((coding) => isJsonObject(coding) && isIn(coding['system'], coding['code']));
  };
}

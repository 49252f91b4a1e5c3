import {
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import type { BindingCheck } from './binding.ts';
import { runInvariants, type Invariant } from './invariant.ts';
import { kindOf, report, type Check, type ObjectCheck, type Pass } from './pass.ts';
import type { PrimitiveCheck } from './primitive.ts';
import type { ReferenceRules } from './reference-type.ts';

/** Checks one member of an object, with its `_` sibling where the object has any. */
export type MemberCheck = (owner: JsonObject, pass: Pass, hasSiblings: boolean) => void;

/** What holds for each value of a member. */
export interface ValueRules {
  readonly name: string;
  /** How it is called in an expression: `value.ofType(Quantity)`. */
  readonly segment: string;
  readonly primitive: PrimitiveCheck | undefined;
  readonly isWholeNumber: boolean;
  /** Of a value that is an object. */
  readonly check: Check | undefined;
  /** Of the sibling of a primitive. */
  readonly sibling: ObjectCheck | undefined;
  readonly binding: BindingCheck | undefined;
  readonly reference: ReferenceRules | undefined;
  readonly invariants: readonly Invariant[];
}

/** Returns the check of a member that does not repeat. */
export function singleMember(rules: ValueRules): MemberCheck {
  const { name, segment } = rules;
  const siblingName = `_${name}`;
  const check = valueCheck(rules);
  const { primitive } = rules;
  return (owner, pass, hasSiblings) => {
    pass.path[pass.depth] = segment;
    pass.depth += 1;
    if (primitive === undefined) {
      check(owner[name], undefined, pass);
    } else {
      const value = owner[name];
      const sibling = hasSiblings ? owner[siblingName] : undefined;
      if (rules.isWholeNumber) {
        checkWholeNumber(owner, name, pass);
      }
      check(value, sibling, pass);
    }
    pass.depth -= 1;
  };
}

/** Returns the check of a member that repeats. */
export function listMember(rules: ValueRules): MemberCheck {
  const { name, segment } = rules;
  const siblingName = `_${name}`;
  const check = valueCheck(rules);
  const isPrimitive = rules.primitive !== undefined;
  return (owner, pass, hasSiblings) => {
    const values = owner[name];
    const siblings = isPrimitive && hasSiblings ? owner[siblingName] : undefined;
    pass.path[pass.depth] = segment;
    pass.depth += 1;
    if (isArrayOrAbsent(values) && isArrayOrAbsent(siblings)) {
      const items = { values, siblings, check, rules };
      checkLengths(items, pass);
      checkItems(items, pass);
    } else {
      report(pass, {
        code: 'structure',
        rule: 'json-array',
        text: `Found ${kindOf(isArrayOrAbsent(values) ? siblings : values)}; the element may repeat, so JSON has it as an array.`,
      });
    }
    pass.depth -= 1;
  };
}

interface Items {
  readonly values: JsonArray | undefined;
  readonly siblings: JsonArray | undefined;
  readonly check: (
    value: JsonValue | undefined,
    sibling: JsonValue | undefined,
    pass: Pass,
  ) => void;
  readonly rules: ValueRules;
}

function checkItems({ values = [], siblings = [], check, rules }: Items, pass: Pass): void {
  const count = Math.max(values.length, siblings.length);
  const indexAt = pass.depth;
  pass.depth += 1;
  for (let index = 0; index < count; index += 1) {
    pass.path[indexAt] = index;
    if (rules.isWholeNumber) {
      checkWholeNumber(values, index, pass);
    }
    const sibling = siblings[index] ?? undefined;
    check(
      sibling === undefined ? (values[index] ?? null) : (values[index] ?? undefined),
      sibling,
      pass,
    );
  }
  pass.depth -= 1;
}

/** Empty arrays are not allowed; two arrays are filled up with null, so that they align. */
function checkLengths({ values, siblings, rules }: Items, pass: Pass): void {
  if (values?.length === 0 || siblings?.length === 0) {
    report(pass, {
      code: 'structure',
      rule: 'json-array',
      text: 'The array is empty; an element without values must be left out.',
    });
  } else if (values !== undefined && siblings !== undefined && values.length !== siblings.length) {
    report(pass, {
      code: 'structure',
      severity: 'warning',
      rule: 'json-alignment',
      text: `There are ${values.length} values and ${siblings.length} entries of _${rules.name}; fill both arrays with null so that they align.`,
    });
  }
}

function isArrayOrAbsent(value: JsonValue | undefined): value is JsonArray | undefined {
  return value === undefined || Array.isArray(value);
}

function valueCheck(rules: ValueRules) {
  return rules.primitive === undefined
    ? complexCheck(rules)
    : primitiveValueCheck(rules, rules.primitive);
}

function complexCheck({ check, binding, reference, invariants }: ValueRules) {
  return (value: JsonValue | undefined, _sibling: JsonValue | undefined, pass: Pass): void => {
    if (!isJsonObject(value)) {
      reportKind(pass, value, 'an object');
      return;
    }
    check?.(value, pass);
    binding?.(value, pass);
    reference?.(value, pass);
    if (invariants.length > 0) {
      runInvariants(invariants, { value, sibling: undefined }, pass);
    }
  };
}

function primitiveValueCheck(rules: ValueRules, primitive: PrimitiveCheck) {
  const { binding, invariants } = rules;
  return (value: JsonValue | undefined, sibling: JsonValue | undefined, pass: Pass): void => {
    if (value !== undefined) {
      const allowed = primitive(value);
      if (allowed !== undefined) {
        reportPrimitive(pass, value, allowed);
      } else {
        binding?.(value, pass);
      }
    }
    if (sibling !== undefined) {
      checkSibling(rules, value, sibling, pass);
      if (value === undefined) {
        binding?.(undefined, pass);
      }
    }
    if (invariants.length > 0 && value !== undefined) {
      runInvariants(
        invariants,
        { value, sibling: isJsonObject(sibling) ? sibling : undefined },
        pass,
      );
    }
  };
}

function checkSibling(
  rules: ValueRules,
  value: JsonValue | undefined,
  sibling: JsonValue,
  pass: Pass,
): void {
  if (isJsonObject(sibling)) {
    // Beside a value an id alone is content enough.
    if (value === undefined || !isIdAlone(sibling)) {
      rules.sibling?.(sibling, pass);
    }
  } else {
    reportKind(pass, sibling, `an object for _${rules.name}`);
  }
}

function isIdAlone(sibling: JsonObject): boolean {
  return typeof sibling['id'] === 'string' && Object.keys(sibling).length === 1;
}

function reportKind(pass: Pass, value: JsonValue | undefined, allowed: string): void {
  report(pass, {
    code: 'structure',
    rule: 'json-type',
    text: `Found ${kindOf(value)} where ${allowed} is expected.`,
  });
}

function reportPrimitive(pass: Pass, value: JsonValue, allowed: string): void {
  const isWrongKind = value === null || typeof value === 'object';
  report(pass, {
    code: isWrongKind ? 'structure' : 'value',
    rule: isWrongKind ? 'json-type' : 'primitive',
    text: `Found ${kindOf(value)} that is not allowed here; the type allows ${allowed}.`,
  });
}

/** JSON.parse reads `1.0` and `1e2` as whole numbers; R4's integers are digits only. */
function checkWholeNumber(owner: object, name: string | number, pass: Pass): void {
  if (pass.numberTexts.size > 0 && pass.numberTexts.get(owner)?.has(name) === true) {
    report(pass, {
      code: 'value',
      rule: 'primitive',
      text: 'The number is not written as a whole number; the type allows digits only.',
    });
  }
}

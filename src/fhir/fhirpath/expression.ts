import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { expressionError } from './expression-error.ts';
import type { FhirPathEnvironment, FhirPathFocus } from './fhirpath.ts';
import { booleanItems, none, type Item, type Items } from './item.ts';
import type { Model } from './model.ts';
import type { Syntax } from './syntax.ts';
import { systemTypes, type Type } from './type.ts';

/** The state of one evaluation. Functions that iterate set `self` and `index` and put them back. */
export interface Frame {
  readonly focus: FhirPathFocus;
  readonly model: Model;
  readonly start: Item;
  /** `$this`; undefined where there is none. */
  self: Item | undefined;
  index: number;
  total: Items;
  /** Items that may still be made, so that no expression runs without end. */
  budget: number;
}

/** Looks at a value without making an item of it; undefined: look at the next. */
export type Leaf<T> = (
  value: JsonValue | undefined,
  sibling: JsonObject | undefined,
  frame: Frame,
) => T | undefined;

/** A compiled part of an expression. */
export interface Expression {
  /** The types that its items can have; undefined: unknown. */
  readonly types: readonly Type[] | undefined;
  /** Whether there can be more than one item. */
  readonly isMany: boolean;
  readonly items: (frame: Frame) => Items;
  /** The path of the element that its items are (`Patient.name`, `Observation.value[x]`), where it is known. */
  readonly elementPath?: string;
  /** Its items where they are always the same. */
  readonly constant?: Items;
  /** The same as a boolean where it is nothing else, without making a collection. */
  readonly truth?: (frame: Frame) => boolean | undefined;
  /** Composes the first answer of `leaf` along the path, without making a collection. */
  readonly probe?: <T>(leaf: Leaf<T>) => (frame: Frame) => T | undefined;
  /** Of a choice: the same without the types that are not accepted; undefined when none is. */
  readonly narrowed?: (accepts: (type: Type) => boolean) => Expression | undefined;
}

/** What is known while compiling. */
export interface Scope {
  readonly model: Model;
  readonly environment: FhirPathEnvironment;
  /** The static type of `$this`. */
  readonly self: Pick<Expression, 'types'>;
  /** Whether this is an operand of `|`, where a path of another resource type is simply empty. */
  readonly isAlternative: boolean;
  readonly compile: (syntax: Syntax, scope: Scope) => Expression;
}

/** A call of a function, its input already compiled. */
export interface Call {
  readonly name: string;
  readonly input: Expression;
  readonly args: readonly Syntax[];
  readonly scope: Scope;
  readonly at: number;
}

/** Returns an expression of a single boolean, or none. */
export function booleanExpression(truth: (frame: Frame) => boolean | undefined): Expression {
  const items = (frame: Frame) => booleanItems(truth(frame));
  return { types: [systemTypes.Boolean], isMany: false, items, truth };
}

/** Returns an expression that is always `items`. */
export function constantExpression(items: Items, types: readonly Type[] | undefined): Expression {
  return { types, isMany: items.length > 1, items: () => items, constant: items };
}

/**
 * Returns `expression` as a boolean: a single item that is no boolean counts as true.
 *
 * @see http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections
 */
export function truthOf(expression: Expression): (frame: Frame) => boolean | undefined {
  const { truth, items, probe, types, isMany } = expression;
  if (truth !== undefined) return truth;
  if (probe !== undefined && !isMany && types?.length === 1 && types[0]?.name === 'boolean') {
    return probe((value) => (typeof value === 'boolean' ? value : undefined));
  }
  return (frame) => truthOfItems(items(frame));
}

/** Returns a collection as a boolean; throws when it has more than one item. */
export function truthOfItems(items: Items): boolean | undefined {
  const item = singleOf(items);
  if (item === undefined) return undefined;
  if (typeof item.value === 'boolean') return item.value;
  return item.value === undefined && item.type.name === 'boolean' ? undefined : true;
}

/** Returns the only item, or undefined; throws when there are more. */
export function singleOf(items: Items): Item | undefined {
  if (items.length > 1) throw expressionError(`Expected one item, found ${items.length}`);
  return items[0];
}

const present: Leaf<true> = (value, sibling) =>
  (value !== undefined && value !== null) || sibling !== undefined ? true : undefined;

/** Returns whether an expression has items, stopping at the first where it can. */
export function existsOf(expression: Expression): (frame: Frame) => boolean {
  const { probe, truth, items } = expression;
  if (truth !== undefined) return (frame) => truth(frame) !== undefined;
  if (probe === undefined) return (frame) => items(frame).length > 0;
  const found = probe(present);
  return (frame) => found(frame) === true;
}

/** Returns the argument at `index`, evaluated with the caller's `$this`. */
export function argument(call: Call, index: number): Expression {
  const syntax = call.args[index];
  if (syntax === undefined) {
    throw expressionError(`${call.name}() lacks argument ${index + 1}`, call.at);
  }
  return call.scope.compile(syntax, call.scope);
}

/** Returns the argument at `index`, evaluated with each item of the input as `$this`. */
export function lambda(call: Call, index: number): Expression {
  const syntax = call.args[index];
  if (syntax === undefined) {
    throw expressionError(`${call.name}() lacks argument ${index + 1}`, call.at);
  }
  const { scope, input } = call;
  const self = { types: input.types };
  return scope.compile(syntax, { ...scope, self, isAlternative: false });
}

/** Returns whether `decide` is true of an item of `items`, each in its turn `$this`. */
export function someItem(frame: Frame, items: Items, decide: (frame: Frame) => boolean): boolean {
  const { self, index } = frame;
  let found = false;
  for (let position = 0; position < items.length && !found; position += 1) {
    frame.self = items[position];
    frame.index = position;
    found = decide(frame);
  }
  frame.self = self;
  frame.index = index;
  return found;
}

/** Returns the single integer of an expression, undefined for none; throws for anything else. */
export function integerOf(expression: Expression, frame: Frame): number | undefined {
  const value = singleOf(expression.items(frame))?.value;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw expressionError('Expected an integer');
}

/** Takes `count` from the budget of the evaluation; throws when it is used up. */
export function spend(frame: Frame, count: number): void {
  frame.budget -= count;
  if (frame.budget < 0) throw expressionError('The expression makes too many items');
}

/** Returns a function of the single value of the input; empty when that is empty. */
export function ofSingle(
  call: Call,
  types: readonly Type[],
  apply: (item: Item, frame: Frame) => Items,
): Expression {
  const { items } = call.input;
  return {
    types,
    isMany: false,
    items: (frame) => {
      const item = singleOf(items(frame));
      return item === undefined ? none : apply(item, frame);
    },
  };
}

/** How a function is compiled, and how many arguments it takes. */
export interface FunctionRule {
  readonly argsMin: number;
  readonly argsMax: number;
  readonly compile: (call: Call) => Expression;
}

/** Functions by name: one table for each chapter of the specification. */
export type FunctionTable = Readonly<Record<string, FunctionRule>>;

/** Returns a rule for a function that takes between `argsMin` and `argsMax` arguments. */
export function rule(
  argsMin: number,
  argsMax: number,
  compile: (call: Call) => Expression,
): FunctionRule {
  return { argsMin, argsMax, compile };
}

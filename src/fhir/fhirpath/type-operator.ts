import { expressionError } from './expression-error.ts';
import type { Expression, Scope } from './expression.ts';
import { booleanExpression, singleOf } from './expression.ts';
import type { Item } from './item.ts';
import type { Model } from './model.ts';
import type { Syntax } from './syntax.ts';
import { isKindOf, systemTypes, type Type } from './type.ts';

/**
 * Returns the type of that name: of FHIR, else of System. Throws when neither has it.
 *
 * @see http://hl7.org/fhirpath/N1/#type-specifier
 */
export function typeNamed(name: string, model: Model, at: number): Type | undefined {
  const [first = '', second] = name.split('.');
  const system = systemTypes[(second ?? first) as keyof typeof systemTypes] as Type | undefined;
  if (second !== undefined && first === 'System') return system;
  if (second !== undefined && first !== 'FHIR') throw expressionError(`Unknown type ${name}`, at);
  const fhir = model.type(second ?? first);
  const found = fhir ?? (second === undefined ? (system ?? backbone(first, model)) : undefined);
  if (found === undefined) throw expressionError(`Unknown type ${name}`, at);
  return found;
}

function backbone(name: string, model: Model): Type | undefined {
  return name === 'BackboneElement' ? model.element : undefined;
}

/** Returns the name that an argument such as `FHIR.Quantity` stands for. */
export function typeArgument(syntax: Syntax | undefined, at: number): string {
  if (syntax?.kind === 'member') {
    if (syntax.input === undefined) return syntax.name;
    if (syntax.input.kind === 'member') return `${syntax.input.name}.${syntax.name}`;
  }
  if (syntax?.kind === 'literal' && syntax.type === 'String') return syntax.text;
  throw expressionError('Expected the name of a type', at);
}

/** Returns whether the single item is of the type or below it; empty for none. */
export function isExpression(operand: Expression, name: string, scope: Scope, at: number) {
  const type = typeNamed(name, scope.model, at);
  return booleanExpression((frame) => {
    const item = singleOf(operand.items(frame));
    return item === undefined ? undefined : type !== undefined && isOfType(item, type);
  });
}

/**
 * Returns the items of the type. Of primitives only the type itself counts, not one above it, as the
 * reference implementation and its suite have it: `source.as(uri)` is no canonical. `as` is the same:
 * R4's own dom-3 applies it to many items.
 */
export function ofTypeExpression(operand: Expression, name: string, scope: Scope, at: number) {
  const type = typeNamed(name, scope.model, at);
  const types = type === undefined ? [] : [type];
  const source =
    operand.narrowed?.((one) => type !== undefined && (one.isOpen || isExactly(one, type))) ??
    operand;
  const { probe } = source;
  const known = source.types;
  const isAlways = type !== undefined && known?.every((one) => isExactly(one, type)) === true;
  return {
    types,
    isMany: operand.isMany,
    items: (frame) =>
      type === undefined ? [] : source.items(frame).filter((item) => isExactly(item.type, type)),
    ...(isAlways && probe !== undefined ? { probe } : {}),
  } satisfies Expression;
}

/** A literal is a Quantity of System, and `Quantity` names that of FHIR first: they convert. */
function isSystemQuantity(actual: Type, type: Type): boolean {
  return actual === systemTypes.Quantity && type.namespace === 'FHIR' && type.name === 'Quantity';
}

function isOfType(item: Item, type: Type): boolean {
  return isKindOf(item.type, type) || isSystemQuantity(item.type, type);
}

function isExactly(actual: Type, type: Type): boolean {
  if (actual === type || isSystemQuantity(actual, type)) return true;
  return !type.isPrimitive && isKindOf(actual, type);
}

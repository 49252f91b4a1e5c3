import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { expressionError } from './expression-error.ts';
import { constantExpression, type Expression, type Frame, type Scope } from './expression.ts';
import { none, stringItems, systemItem, type Items } from './item.ts';
import { actualType } from './path.ts';
import { ucumSystem } from '../ucum.ts';
import { systemTypes, type Type } from './type.ts';

const constants: Readonly<Record<string, string>> = {
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  ucum: ucumSystem,
};

/**
 * Returns `%name`. An unknown one is looked up among the variables of the evaluation.
 *
 * @see https://hl7.org/fhir/R4/fhirpath.html#vars
 */
export function variableExpression(name: string, scope: Scope, rootTypes: RootTypes): Expression {
  const text = constantText(name);
  if (text !== undefined) return constantExpression(stringItems(text), [systemTypes.String]);
  switch (name) {
    case 'context':
      return { types: rootTypes.context, isMany: false, items: (frame) => [frame.start] };
    case 'resource':
      return resourceExpression(rootTypes.resource, ({ focus }) => focus.resource);
    case 'rootResource':
      return resourceExpression(undefined, ({ focus }) => focus.rootResource ?? focus.resource);
    default:
      return {
        types: undefined,
        isMany: true,
        items: (frame) => namedItems(name, frame, scope.model.element),
      };
  }
}

/** The static types of `%context` and `%resource`. */
export interface RootTypes {
  readonly context: readonly Type[] | undefined;
  readonly resource: readonly Type[] | undefined;
}

function constantText(name: string): string | undefined {
  if (Object.hasOwn(constants, name)) return constants[name];
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`;
  if (name.startsWith('ext-')) return `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}`;
  return undefined;
}

function resourceExpression(
  types: readonly Type[] | undefined,
  pick: (frame: Frame) => JsonValue,
): Expression {
  const only = types?.length === 1 ? types[0] : undefined;
  const items = (frame: Frame) => {
    const value = pick(frame);
    const type = only ?? actualType(frame.model.resource, value);
    return [systemItem(type, value)];
  };
  return {
    types,
    isMany: false,
    items,
    ...(only === undefined
      ? {}
      : { probe: (leaf) => (frame) => leaf(pick(frame), undefined, frame) }),
  };
}

function namedItems(name: string, frame: Frame, open: Type): Items {
  const value = frame.focus.variables?.get(name);
  if (value === undefined) throw expressionError(`Unknown variable %${name}`);
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) =>
    one === null ? none : [systemItem(typeOf(one, frame, open), one)],
  );
}

function typeOf(value: JsonValue, frame: Frame, open: Type): Type {
  if (typeof value === 'string') return systemTypes.String;
  if (typeof value === 'boolean') return systemTypes.Boolean;
  if (typeof value === 'number') {
    return Number.isInteger(value) ? systemTypes.Integer : systemTypes.Decimal;
  }
  return isJsonObject(value) && 'resourceType' in value
    ? actualType(frame.model.resource, value)
    : open;
}

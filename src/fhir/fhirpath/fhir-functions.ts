import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { expressionError } from './expression-error.ts';
import {
  argument,
  booleanExpression,
  rule,
  singleOf,
  type Call,
  type Expression,
  type Frame,
  type FunctionTable,
} from './expression.ts';
import { elementsOf, hasValue, kindOf, none, systemItem, type Item, type Items } from './item.ts';
import { isSafeNarrative } from './narrative.ts';
import { actualType, pushMember } from './path.ts';
import { asksType, typeInfoItems } from './reflection.ts';

/** @see https://hl7.org/fhir/R4/fhirpath.html#functions */
export const fhirFunctions: FunctionTable = {
  extension: rule(1, 1, extension),
  hasValue: rule(0, 0, ({ input }) => booleanExpression(valueTest(input))),
  getValue: rule(0, 0, ({ input }) => ({
    types: input.types,
    isMany: false,
    items: (frame) => {
      const item = singleOf(input.items(frame));
      return item !== undefined && item.type.isPrimitive && hasValue(item) ? [item] : none;
    },
  })),
  resolve: rule(0, 0, ({ input }) => ({
    types: undefined,
    isMany: input.isMany,
    items: (frame) => input.items(frame).flatMap((item) => resolved(item, frame)),
  })),
  elementDefinition: rule(0, 0, () => ({ types: [], isMany: false, items: () => none })),
  slice: rule(2, 2, () => ({ types: [], isMany: true, items: () => none })),
  checkModifiers: rule(0, 20, checkModifiers),
  conformsTo: rule(1, 1, conformsTo),
  memberOf: rule(1, 1, memberOf),
  htmlChecks: rule(0, 0, ({ input }) =>
    booleanExpression((frame) =>
      input.items(frame).every(({ value }) => typeof value === 'string' && isSafeNarrative(value)),
    ),
  ),
  type: rule(0, 0, ({ input }) => ({
    types: [asksType],
    isMany: input.isMany,
    items: (frame) => input.items(frame).flatMap((item) => typeInfoItems(item)),
  })),
};

function valueTest(input: Expression): (frame: Frame) => boolean {
  const { probe, isMany, types } = input;
  if (!isMany && types?.every((type) => !type.isPrimitive && !type.isOpen) === true) {
    return () => false;
  }
  if (probe !== undefined && !isMany && types?.every((type) => type.isPrimitive) === true) {
    const found = probe((value) => (value === undefined || value === null ? undefined : true));
    return (frame) => found(frame) === true;
  }
  return (frame) => {
    const items = input.items(frame);
    const [item] = items;
    return items.length === 1 && item !== undefined && item.type.isPrimitive && hasValue(item);
  };
}

function extension(call: Call): Expression {
  const { input, scope } = call;
  const url = argument(call, 0);
  const type = scope.model.type('Extension');
  return {
    types: type === undefined ? undefined : [type],
    isMany: true,
    items: (frame) => {
      const wanted = singleOf(url.items(frame))?.value;
      const found: Item[] = [];
      for (const item of input.items(frame)) {
        // Most elements have none: look before anything is made.
        if (elementsOf(item)?.['extension'] !== undefined) pushMember(found, item, 'extension');
      }
      return found.filter(({ value }) => isJsonObject(value) && value['url'] === wanted);
    },
  };
}

function resolved(item: Item, frame: Frame): Items {
  const reference = isJsonObject(item.value) ? item.value['reference'] : item.value;
  if (typeof reference !== 'string') return none;
  const target = targetOf(reference, frame);
  if (target === undefined) return none;
  const type = actualType(frame.model.resource, target);
  return [{ ...systemItem(type, target), parent: undefined }];
}

function targetOf(reference: string, frame: Frame): JsonObject | undefined {
  const { resource, rootResource = resource, resolve } = frame.focus;
  if (!reference.startsWith('#')) return resolve?.(reference);
  if (reference === '#') return rootResource;
  const contained = rootResource['contained'];
  if (!Array.isArray(contained)) return undefined;
  return contained.filter(isJsonObject).find(({ id }) => id === reference.slice(1));
}

function checkModifiers(call: Call): Expression {
  const urls = call.args.map((_, index) => argument(call, index));
  return {
    ...call.input,
    items: (frame) => {
      const allowed = new Set(urls.flatMap((url) => url.items(frame).map(({ value }) => value)));
      const items = call.input.items(frame);
      const found: Item[] = [];
      for (const item of items) pushMember(found, item, 'modifierExtension');
      const isUnknown = ({ value }: Item) => isJsonObject(value) && !allowed.has(value['url']);
      if (found.some(isUnknown)) throw expressionError('There is an unknown modifier extension');
      return items;
    },
  };
}

/** Only base types are decided here; a profile is the validator's. */
function conformsTo(call: Call): Expression {
  const canonical = argument(call, 0);
  const { model } = call.scope;
  return booleanExpression((frame) => {
    const url = singleOf(canonical.items(frame))?.value;
    const item = singleOf(call.input.items(frame));
    if (item === undefined || typeof url !== 'string') return undefined;
    const structure = model.definitions.structureDefinition(url);
    if (structure === undefined) throw expressionError('conformsTo() of an unknown profile');
    return item.type.lineage.includes(structure.type);
  });
}

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

function codesOf(item: Item): readonly [string | undefined, string][] {
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

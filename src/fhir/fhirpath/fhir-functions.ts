import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
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
  type Leaf,
} from './expression.ts';
import { elementsOf, hasValue, none, systemItem, type Item, type Items } from './item.ts';
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
  elementDefinition: rule(0, 0, elementDefinition),
  slice: rule(2, 2, ({ at }) => {
    throw expressionError('slice() is not supported', at);
  }),
  checkModifiers: rule(0, 20, checkModifiers),
  conformsTo: rule(1, 1, conformsTo),
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
  const { probe, types } = input;
  const [only] = url.constant ?? [];
  const isKnown = probe !== undefined && types?.every(({ isOpen }) => !isOpen) === true;
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
    ...(isKnown && only !== undefined
      ? { probe: <T>(leaf: Leaf<T>) => probe(extensionLeaf(only.value, leaf)) }
      : {}),
  };
}

function extensionLeaf<T>(url: JsonValue | undefined, leaf: Leaf<T>): Leaf<T> {
  return (value, sibling, frame) => {
    const member = (isJsonObject(value) ? value : sibling)?.['extension'];
    if (member === undefined) return undefined;
    const extensions: readonly JsonValue[] = Array.isArray(member) ? member : [member];
    for (const extension of extensions) {
      if (!isJsonObject(extension) || extension['url'] !== url) continue;
      const answer = leaf(extension, undefined, frame);
      if (answer !== undefined) return answer;
    }
    return undefined;
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

/** A profile is the validator's to judge; without one only the type is compared. */
function conformsTo(call: Call): Expression {
  const canonical = argument(call, 0);
  const { model, environment } = call.scope;
  return booleanExpression((frame) => {
    const url = singleOf(canonical.items(frame))?.value;
    const item = singleOf(call.input.items(frame));
    if (item === undefined || typeof url !== 'string') return undefined;
    const structure = model.definitions.structureDefinition(url);
    if (structure === undefined) throw expressionError('conformsTo() of an unknown profile');
    if (!item.type.lineage.includes(structure.type)) return false;
    const { value } = item;
    if (environment.conforms === undefined || value === undefined) return true;
    return environment.conforms(value, url, frame.focus);
  });
}

/** What the base types say of each element; the type's own where the path is not known beforehand. */
function elementDefinition({ input, scope }: Call): Expression {
  const { model } = scope;
  const type = model.type('ElementDefinition') ?? model.element;
  return {
    types: [type],
    isMany: input.isMany,
    items: (frame) =>
      input.items(frame).flatMap((item) => {
        const path = input.elementPath ?? item.type.path;
        const structure = model.definitions.structureDefinition(path.replace(/\..*/, ''));
        const found = structure?.snapshot?.element.find((one) => one.path === path);
        return found === undefined ? none : [systemItem(type, found as unknown as JsonObject)];
      }),
  };
}

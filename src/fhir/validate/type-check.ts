import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { compileBinding, type BindingCheck } from './binding.ts';
import type { Compiler } from './compiler.ts';
import { jsonNames, type ElementNode, type ElementType } from './element-tree.ts';
import { compileInvariants, elementInvariants, runInvariants } from './invariant.ts';
import { listMember, singleMember, type MemberCheck, type ValueRules } from './member-check.ts';
import { report, type Check, type ObjectCheck, type Pass } from './pass.ts';
import { isWholeNumberType, primitiveCheck } from './primitive.ts';
import { compileReferenceRules } from './reference-type.ts';
import { nativeRules } from './type-rules.ts';

/**
 * Compiles the definition of a base type: element names, JSON shapes, cardinality, choices, primitives,
 * bindings, the types that references may have, and invariants. Types below are compiled when a value
 * of theirs is first seen.
 *
 * @see https://hl7.org/fhir/R4/json.html
 */
export function compileType(compiler: Compiler, type: string): ObjectCheck | undefined {
  const root = compiler.tree(type);
  if (root === undefined) {
    return undefined;
  }
  const backbones = new Map<string, ObjectCheck>();
  const objectCheck = compileObject({ compiler, root, backbones }, root);
  const native = nativeRules(compiler, type);
  if (native === undefined) {
    return objectCheck;
  }
  if (type === 'Extension') {
    return aroundExtension(objectCheck, native);
  }
  return (value, pass) => {
    objectCheck(value, pass);
    native(value, pass);
  };
}

/** Nested extensions know the URLs of those around them. */
function aroundExtension(objectCheck: ObjectCheck, native: ObjectCheck): ObjectCheck {
  return (value, pass) => {
    const { url } = value;
    pass.extensionUrls.push(typeof url === 'string' ? url : '');
    objectCheck(value, pass);
    native(value, pass);
    pass.extensionUrls.pop();
  };
}

interface Scope {
  readonly compiler: Compiler;
  readonly root: ElementNode;
  /** Inline objects by element path, for content references. */
  readonly backbones: Map<string, ObjectCheck>;
}

interface Member {
  readonly check: MemberCheck;
  /** What its presence sets in `seen`: its own bit when it is required or a choice, and `contentBit`. */
  readonly marks: number;
  /** The bit that all names of a choice share; 0 when it is none. */
  readonly choiceBit: number;
  /** Of `_name`: the name, whose check looks at both. */
  readonly plain: string | undefined;
}

/** Set in `seen` by every member but `id` and `resourceType`. */
const contentBit = 1 << 30;

const ignored: Member = { check: () => undefined, marks: 0, choiceBit: 0, plain: undefined };

interface Demand {
  readonly bit: number;
  readonly name: string;
}

function compileObject(scope: Scope, node: ElementNode): ObjectCheck {
  const { members, demands } = compileMembers(scope, node);
  const invariants = compileInvariants(scope.compiler, node, node.path);
  const isResource = scope.compiler.definitions.isResourceType(node.path);
  const wanted = demands.reduce((mask, { bit }) => mask | bit, isResource ? 0 : contentBit);
  const check: ObjectCheck = (value, pass) => {
    pass.definitionAt[pass.depth] = node.path;
    const seen = checkMembers(value, { node, members }, pass);
    if ((seen & wanted) !== wanted) {
      reportMissing(pass, node, demands, seen);
      if (!isResource && (seen & contentBit) === 0) {
        reportEmpty(pass, value);
      }
    }
    if (invariants.length > 0) {
      runInvariants(invariants, { value, sibling: undefined }, pass);
    }
  };
  scope.backbones.set(node.path, check);
  return check;
}

interface Members {
  readonly node: ElementNode;
  readonly members: ReadonlyMap<string, Member>;
}

/** Checks each member and returns the marks of those that are there. */
function checkMembers(value: JsonObject, { node, members }: Members, pass: Pass): number {
  let seen = 0;
  const hasSiblings = hasSibling(value);
  for (const name in value) {
    const member = members.get(name);
    if (member === undefined) {
      reportUnknown(pass, node, name);
      seen |= contentBit;
    } else if (member.plain === undefined || value[member.plain] === undefined) {
      if ((seen & member.choiceBit) !== 0) {
        reportSecondChoice(pass, node, name);
      }
      seen |= member.marks;
      member.check(value, pass, hasSiblings);
    }
  }
  return seen;
}

const underscore = 0x5f;

/** Hardly any object has one, and to look for one beside each primitive costs more than this. */
function hasSibling(value: JsonObject): boolean {
  for (const name in value) {
    if (name.charCodeAt(0) === underscore) {
      return true;
    }
  }
  return false;
}

function compileMembers(scope: Scope, node: ElementNode) {
  const isResource = scope.compiler.definitions.isResourceType(node.path);
  const members = new Map<string, Member>(isResource ? [['resourceType', ignored]] : []);
  const demands: Demand[] = [];
  let bitNext = 1;
  for (const child of node.children) {
    const isChoice = child.name.endsWith('[x]');
    const bit = isChoice || child.min > 0 ? bitNext : 0;
    if (bit === contentBit) {
      throw new Error(`${node.path} has more choices and required elements than bits`);
    }
    bitNext <<= bit === 0 ? 0 : 1;
    if (child.min > 0) {
      demands.push({ bit, name: child.name.replace('[x]', '') });
    }
    const marks = child.name === 'id' ? bit : bit | contentBit;
    for (const [name, type] of jsonNames(child)) {
      const { check, isPrimitive } = compileMember(scope, child, name, type);
      const member = { check, marks, choiceBit: isChoice ? bit : 0, plain: undefined };
      members.set(name, member);
      if (isPrimitive) {
        members.set(`_${name}`, { ...member, plain: name });
      }
    }
  }
  return { members, demands };
}

/** A snapshot and a differential name the same elements; `sdf-16` and `sdf-17` hold each of them to one. */
function isElementId({ definition, path }: ElementNode): boolean {
  return definition.base?.path === 'Element.id' && path !== 'ElementDefinition.id';
}

/** @see https://hl7.org/fhir/R4/element.html#id */
function uniqueId(check: MemberCheck): MemberCheck {
  return (owner, pass, hasSiblings) => {
    check(owner, pass, hasSiblings);
    const { id } = owner;
    if (typeof id === 'string' && pass.elementIds.has(id)) {
      report(pass, {
        code: 'business-rule',
        rule: 'element-id',
        text: 'Two elements of the resource have the same id; each id is used once.',
        child: 'id',
      });
    } else if (typeof id === 'string') {
      pass.elementIds.add(id);
    }
  };
}

function compileMember(scope: Scope, child: ElementNode, name: string, type: string) {
  const isChoice = child.name.endsWith('[x]');
  const segment = isChoice ? `${child.name.slice(0, -3)}.ofType(${type})` : name;
  const elementType = child.types.find(({ code }) => code === type);
  const primitive = primitiveCheck(type);
  const rules: ValueRules = {
    name,
    segment,
    primitive,
    isWholeNumber: isWholeNumberType(type),
    check: primitive === undefined ? typedCheck(scope, child, type) : undefined,
    sibling: primitive === undefined ? undefined : lazily(scope.compiler, 'Element'),
    binding: bindingOf(scope.compiler, child, type),
    reference: elementType && referenceRules(scope.compiler, elementType),
    invariants: elementInvariants(scope.compiler, child, type),
  };
  const check = child.isList ? listMember(rules) : singleMember(rules);
  return {
    check: isElementId(child) ? uniqueId(check) : check,
    isPrimitive: primitive !== undefined,
  };
}

function bindingOf(compiler: Compiler, child: ElementNode, type: string): BindingCheck | undefined {
  return compileBinding(compiler, child.definition.binding, type);
}

function referenceRules(compiler: Compiler, type: ElementType) {
  return type.code === 'Reference' ? compileReferenceRules(compiler, type) : undefined;
}

/** R4 itself profiles a type in places: `SimpleQuantity` is a Quantity without comparator. */
function typedCheck(scope: Scope, child: ElementNode, type: string): Check {
  const check = objectValueCheck(scope, child, type);
  const { profiles = [] } = child.types.find(({ code }) => code === type) ?? {};
  if (profiles.length !== 1) {
    return check;
  }
  const [profile = ''] = profiles;
  return (value, pass) => {
    check(value, pass);
    scope.compiler.profileCheck(profile)?.check({ value, sibling: undefined, type }, pass);
  };
}

/** The check of an object: inline below `child`, that of another element, or that of its type. */
function objectValueCheck(scope: Scope, child: ElementNode, type: string): Check {
  if (child.contentReference !== undefined) {
    return inlineCheck(scope, child.contentReference);
  }
  if (child.children.length > 0) {
    return objectOnly(compileObject(scope, child));
  }
  return objectOnly(lazily(scope.compiler, type === 'BackboneElement' ? 'BackboneElement' : type));
}

function inlineCheck(scope: Scope, path: string): Check {
  return objectOnly((value, pass) => scope.backbones.get(path)?.(value, pass));
}

function objectOnly(check: ObjectCheck): Check {
  return (value: JsonValue, pass: Pass) => {
    check(value as JsonObject, pass);
  };
}

/** Compiles a type when the first value of it is seen, so that recursive types end. */
function lazily(compiler: Compiler, type: string): ObjectCheck {
  let check: ObjectCheck | undefined;
  return (value, pass) => {
    check ??= compiler.typeCheck(type);
    check?.(value, pass);
  };
}

function reportUnknown(pass: Pass, node: ElementNode, name: string): void {
  const isShown = name.length <= 64 && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  const meant = node.children
    .flatMap((child) => jsonNames(child).map(([json]) => json))
    .find((json) => json.toLowerCase() === name.toLowerCase());
  const hint = meant === undefined ? '' : `; it has '${meant}'`;
  report(pass, {
    code: 'structure',
    rule: 'element-name',
    text: `${node.path} has no element ${isShown ? `'${name}'` : 'of that name'}${hint}.`,
    ...(isShown ? { child: name } : {}),
  });
}

function reportSecondChoice(pass: Pass, node: ElementNode, name: string): void {
  const choice = node.children.find(
    (child) =>
      child.name.endsWith('[x]') &&
      jsonNames(child).some(([json]) => `_${json}` === name || json === name),
  );
  report(pass, {
    code: 'structure',
    rule: 'choice',
    text: `${choice?.path ?? node.path} may have one type only; '${name}' is a second one.`,
  });
}

function reportMissing(
  pass: Pass,
  node: ElementNode,
  demands: readonly Demand[],
  seen: number,
): void {
  for (const { bit, name } of demands) {
    if ((seen & bit) === 0) {
      report(pass, {
        code: 'required',
        rule: 'cardinality',
        text: `${node.path}.${name} is missing; at least 1 is required.`,
      });
    }
  }
}

function reportEmpty(pass: Pass, value: JsonObject): void {
  const hasId = isJsonObject(value) && value['id'] !== undefined;
  report(pass, {
    code: 'invariant',
    rule: 'ele-1',
    text: hasId
      ? 'The element has an id only; every element needs a value or children.'
      : 'The object is empty; every element needs a value or children.',
  });
}

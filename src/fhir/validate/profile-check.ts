import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { compileBinding } from './binding.ts';
import type { Compiler, ProfileCheck, ValueCheck } from './compiler.ts';
import { childNamed, elementAt, type ElementNode } from './element-tree.ts';
import { compileConstraints, runInvariants } from './invariant.ts';
import { compileCollect, standingAt } from './occurrence.ts';
import { report, timesOf, type ObjectCheck, type Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';
import { compileTypeRules } from './profile-type.ts';
import { compileValueRules } from './profile-value.ts';
import { compileSlicing } from './slicing.ts';

/**
 * Compiles what a profile demands beyond its base type. Where its snapshot says the same as the base
 * type nothing is compiled, because the base type is checked anyway; what is left is small.
 *
 * @see https://hl7.org/fhir/R4/profiling.html
 */
export function compileProfile(compiler: Compiler, canonical: string): ProfileCheck | undefined {
  const structure = compiler.definitions.structureDefinition(canonical);
  const root = compiler.tree(canonical);
  const base = structure && compiler.tree(structure.type);
  if (structure === undefined || root === undefined || base === undefined) {
    return undefined;
  }
  const { url, type } = structure;
  const problems: string[] = [];
  const check =
    structure.derivation === 'constraint'
      ? compileValue({ compiler, problems, base, compileValue }, root, base)
      : undefined;
  return {
    url,
    type,
    problems,
    check: (occurrence, pass) => {
      const { profile } = pass;
      pass.profile = url;
      check?.(occurrence, pass);
      pass.profile = profile;
    },
  };
}

/** Compiles what `node` demands of each value beyond `base`; undefined when that is nothing. */
function compileValue(
  scope: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const checks = [
    ...compileTypeRules(scope, node, base),
    ...compileValueRules(node),
    bindingCheck(scope, node, base),
    constraintCheck(scope, node, base),
    childrenCheck(scope, node, base),
  ].filter((check) => check !== undefined);
  if (checks.length < 2) {
    return checks[0];
  }
  return (occurrence, pass) => {
    for (const check of checks) {
      check(occurrence, pass);
    }
  };
}

function bindingCheck(
  { compiler }: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const { binding } = node.definition;
  const { binding: baseBinding } = base.definition;
  const isSame =
    binding?.valueSet === baseBinding?.valueSet && binding?.strength === baseBinding?.strength;
  if (isSame) {
    return undefined;
  }
  const checks = new Map(
    node.types.map(({ code }) => [code, compileBinding(compiler, binding, code)]),
  );
  return (occurrence, pass) => {
    checks.get(occurrence.type)?.(occurrence.value, pass);
  };
}

function constraintCheck(
  scope: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const known = new Set(
    [base, ...node.types.map(({ code }) => scope.compiler.tree(code))].flatMap(constraintTexts),
  );
  const own = (node.definition.constraint ?? []).filter(
    ({ key, expression = '' }) => !known.has(`${key} ${expression}`),
  );
  if (own.length === 0) {
    return undefined;
  }
  const compile = (context: string) => {
    const { invariants, problems } = compileConstraints(scope.compiler, own, context);
    scope.problems.push(...problems);
    return invariants;
  };
  const types = base.children.length > 0 ? [] : node.types;
  const byType = new Map(types.map(({ code }) => [code, compile(contextOf(base, code))]));
  const inline = types.length === 0 ? compile(base.path) : [];
  return ({ value, sibling, type }, pass) => {
    if (value !== undefined) {
      runInvariants(
        byType.get(type) ?? [...byType.values()][0] ?? inline,
        { value, sibling },
        pass,
      );
    }
  };
}

function constraintTexts(node: ElementNode | undefined): readonly string[] {
  return (node?.definition.constraint ?? []).map(
    ({ key, expression = '' }) => `${key} ${expression}`,
  );
}

/** Where any resource may stand, its type is not the one that `%resource` has. */
function contextOf(base: ElementNode, type: string): string {
  return base.types.some(({ code }) => code === 'Resource') ? 'Resource' : type;
}

function childrenCheck(
  scope: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const members: ObjectCheck[] = [];
  for (const child of node.children) {
    const baseChild = baseOf(scope, node, base, child.name);
    const member = baseChild && compileMember(scope, child, baseChild);
    if (baseChild === undefined) {
      scope.problems.push(`The base type has no element ${child.path}.`);
    }
    if (member !== undefined) {
      members.push(member);
    }
  }
  if (members.length === 0) {
    return undefined;
  }
  const check: ValueCheck = ({ value, sibling }, pass) => {
    const owner = isJsonObject(value) ? value : (sibling ?? nothing);
    for (let at = 0; at < members.length; at += 1) {
      members[at]?.(owner, pass);
    }
  };
  return mayBeResource(scope, base) ? insideResource(check) : check;
}

const nothing: JsonObject = {};

function mayBeResource({ compiler }: ProfileScope, { types }: ElementNode): boolean {
  return types.some(({ code }) => code === 'Resource' || compiler.definitions.isResourceType(code));
}

/** Below a nested resource `%resource` is that one. */
function insideResource(check: ValueCheck): ValueCheck {
  return (occurrence, pass) => {
    const { value } = occurrence;
    if (!isJsonObject(value) || value['resourceType'] === undefined || value === pass.resource) {
      check(occurrence, pass);
      return;
    }
    const { resource, rootResource } = pass;
    pass.resource = value;
    if (pass.path[pass.depth - 2] !== 'contained') {
      pass.rootResource = value;
    }
    check(occurrence, pass);
    pass.resource = resource;
    pass.rootResource = rootResource;
  };
}

/** Returns a child of an element as the base types define it. */
function baseOf(
  { compiler, base: root }: ProfileScope,
  node: ElementNode,
  base: ElementNode,
  name: string,
): ElementNode | undefined {
  const referred =
    base.contentReference === undefined ? undefined : elementAt(root, base.contentReference);
  const candidates = [base, referred, ...node.types.map(({ code }) => compiler.tree(code))];
  for (const candidate of candidates) {
    const child = candidate && childNamed(candidate, name);
    if (child !== undefined) {
      return child;
    }
  }
  return undefined;
}

function compileMember(
  scope: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): ObjectCheck | undefined {
  const check = compileValue(scope, node, base);
  const slicing = compileSlicing(scope, node, base);
  // Where the minimums of the slices reach that of the element, they say which value is missing.
  const sliced = node.slices.reduce((sum, { min }) => sum + min, 0);
  const bounds = { min: sliced >= node.min ? 0 : node.min, max: node.max };
  const isNarrower = bounds.min > base.min || bounds.max < base.max;
  if (check === undefined && slicing === undefined && !isNarrower) {
    return undefined;
  }
  const collect = compileCollect(node, base);
  return (owner, pass) => {
    const found = collect(owner);
    if (isNarrower) {
      checkCount({ ...bounds, path: node.path }, found.length, pass);
    }
    if (check !== undefined) {
      for (const placed of found) {
        standingAt(pass, placed, check);
      }
    }
    slicing?.(found, pass);
  };
}

function checkCount(node: Bounds, count: number, pass: Pass): void {
  if (count < node.min || count > node.max) {
    reportCount(node, count, pass);
  }
}

/** How often an element may occur. */
type Bounds = Pick<ElementNode, 'min' | 'max' | 'path'>;

function reportCount(node: Bounds, count: number, pass: Pass): void {
  const name = node.path.replace('[x]', '');
  if (count < node.min) {
    report(pass, {
      code: 'required',
      rule: 'cardinality',
      text: `${name} occurs ${timesOf(count)}; at least ${node.min} is required.`,
    });
  } else {
    report(pass, {
      code: 'structure',
      rule: 'cardinality',
      text: `${name} occurs ${timesOf(count)}; at most ${node.max} is allowed.`,
    });
  }
}

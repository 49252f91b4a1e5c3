import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { resolveInPass } from './bundle-place.ts';
import type { Compiler } from './compiler.ts';
import type { ElementType } from './element-tree.ts';
import { expressionOf, report, tried, type Pass } from './pass.ts';
import { satisfies } from './satisfy.ts';

/** Checks what a Reference points to. */
export type ReferenceRules = (reference: JsonObject, pass: Pass) => void;

const base = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Compiles the targets a Reference may have. A target inside the document is checked at once, the type
 * of any other where the reference names it; the rest becomes a `ReferenceDemand`.
 *
 * @see https://hl7.org/fhir/R4/references.html
 */
export function compileReferenceRules(compiler: Compiler, type: ElementType): ReferenceRules {
  const { types, profiles } = targetsOf(compiler, type.targetProfiles);
  return (reference, pass) => {
    const literal = reference['reference'];
    if (typeof literal !== 'string') {
      checkNamedType(compiler, types, reference['type'], pass);
      return;
    }
    const target = resolveInPass(pass, literal);
    const named = namedType(compiler, literal) ?? reference['type'];
    const found = target?.['resourceType'] ?? named;
    if (!checkNamedType(compiler, types, found, pass)) {
      return;
    }
    if (target !== undefined) {
      checkTarget({ compiler, target, profiles }, pass);
    } else if (!literal.startsWith('#')) {
      pass.references.push({
        expression: expressionOf(pass),
        reference: literal,
        targetTypes: types,
        targetProfiles: profiles,
        profile: pass.profile,
      });
    }
  };
}

/** Returns the types and the profiles, beyond R4's base types, that target profiles name. */
export function targetsOf(compiler: Known, targetProfiles: readonly string[]) {
  const types = new Set<string>();
  const profiles: string[] = [];
  let isAny = targetProfiles.length === 0;
  for (const canonical of targetProfiles) {
    const type = typeOfTarget(compiler, canonical);
    if (type === 'Resource' || type === 'DomainResource' || type === undefined) {
      isAny = true;
    } else {
      types.add(type);
    }
    if (!isBaseType(compiler, canonical)) {
      profiles.push(canonical);
    }
  }
  return { types: isAny ? [] : [...types], profiles };
}

/** The definitions are all that the targets of a profile need. */
type Known = Pick<Compiler, 'definitions'>;

function isBaseType(compiler: Known, canonical: string): boolean {
  const name = canonical.startsWith(base) ? canonical.slice(base.length) : '';
  return (
    name === 'Resource' || name === 'DomainResource' || compiler.definitions.isResourceType(name)
  );
}

function typeOfTarget(compiler: Known, canonical: string): string | undefined {
  return isBaseType(compiler, canonical)
    ? canonical.slice(base.length)
    : compiler.definitions.structureDefinition(canonical)?.type;
}

function checkNamedType(
  compiler: Compiler,
  types: readonly string[],
  found: unknown,
  pass: Pass,
): boolean {
  if (typeof found !== 'string' || types.length === 0 || types.includes(found)) {
    return true;
  }
  if (!compiler.definitions.isResourceType(found)) {
    return true;
  }
  report(pass, {
    code: 'structure',
    rule: 'reference-type',
    text: `The reference is to ${found}; allowed are ${types.join(', ')}.`,
  });
  return false;
}

interface Inside {
  readonly compiler: Compiler;
  readonly target: JsonObject;
  readonly profiles: readonly string[];
}

function checkTarget({ compiler, target, profiles }: Inside, pass: Pass): void {
  if (profiles.length === 0 || !isJsonObject(target)) {
    return;
  }
  const isSatisfied = profiles.some(
    (profile) =>
      tried(pass, () => {
        satisfies(compiler, target, profile, pass);
      }).length === 0,
  );
  if (!isSatisfied) {
    report(pass, {
      code: 'structure',
      rule: 'reference-profile',
      text: `The resource that the reference names does not satisfy ${profiles.join(' or ')}.`,
    });
  }
}

/**
 * Returns the resource type that a literal reference names; undefined for `urn:`, `#` and URLs of no
 * FHIR shape.
 */
export function namedType(compiler: Compiler, reference: string): string | undefined {
  if (reference.startsWith('#') || reference.startsWith('urn:')) {
    return undefined;
  }
  const query = reference.indexOf('?');
  const history = query < 0 ? reference.indexOf('/_history/') : -1;
  const end = query >= 0 ? query : history < 0 ? reference.length : history;
  const idStart = query >= 0 ? end : reference.lastIndexOf('/', end - 1);
  const name = reference.slice(reference.lastIndexOf('/', idStart - 1) + 1, Math.max(idStart, 0));
  return compiler.definitions.isResourceType(name) ? name : undefined;
}

import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { Compiler, Occurrence, ValueCheck } from './compiler.ts';
import type { ElementNode, ElementType } from './element-tree.ts';
import { report, tried, type Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';
import { compileReferenceRules } from './reference-type.ts';
import { satisfies } from './satisfy.ts';

/** Compiles the types, profiles of types and reference targets that an element narrows. */
export function compileTypeRules(
  { compiler }: ProfileScope,
  node: ElementNode,
  base: ElementNode,
): readonly ValueCheck[] {
  const checks: (ValueCheck | undefined)[] = [
    compileAllowed(node, base),
    compileTypeProfiles(compiler, node, base),
    compileTargets(compiler, node, base),
  ];
  return checks.filter((check) => check !== undefined);
}

/** The type of a value: what its JSON name says, or what a resource says of itself. */
export function actualType({ value, type }: Occurrence): string {
  const resourceType = isJsonObject(value) ? value['resourceType'] : undefined;
  return typeof resourceType === 'string' ? resourceType : type;
}

const anyResource: ReadonlySet<string> = new Set(['Resource', 'DomainResource']);

function compileAllowed(node: ElementNode, base: ElementNode): ValueCheck | undefined {
  const codes = new Set(node.types.map(({ code }) => code));
  const isNarrower = base.types.some(({ code }) => !codes.has(code));
  if (!isNarrower || codes.size === 0 || node.contentReference !== undefined) {
    return undefined;
  }
  const isAny = [...codes].some((code) => anyResource.has(code));
  return (occurrence, pass) => {
    const type = actualType(occurrence);
    if (!codes.has(type) && !isAny) {
      report(pass, {
        code: 'structure',
        rule: 'type',
        text: `Found the type ${type}; ${node.path} allows ${[...codes].join(', ')}.`,
      });
    }
  };
}

function compileTypeProfiles(
  compiler: Compiler,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const profilesByType = new Map(
    node.types
      .filter((type) => type.profiles.length > 0 && !hasSameProfiles(type, base))
      .map(({ code, profiles }) => [code, profiles]),
  );
  if (profilesByType.size === 0) {
    return undefined;
  }
  return (occurrence, pass) => {
    const profiles =
      profilesByType.get(actualType(occurrence)) ?? profilesByType.get(occurrence.type);
    if (profiles !== undefined && occurrence.value !== undefined) {
      checkTypeProfiles({ compiler, profiles }, occurrence, pass);
    }
  };
}

function hasSameProfiles({ code, profiles }: ElementType, base: ElementNode): boolean {
  const same = base.types.find((type) => type.code === code);
  return same !== undefined && profiles.every((profile) => same.profiles.includes(profile));
}

interface Profiled {
  readonly compiler: Compiler;
  readonly profiles: readonly string[];
}

function checkTypeProfiles(
  { compiler, profiles }: Profiled,
  occurrence: Occurrence,
  pass: Pass,
): void {
  // The definition that the URL of an extension names was applied with its type.
  if (occurrence.type === 'Extension' && profiles.includes(urlOf(occurrence.value))) {
    return;
  }
  const [first = ''] = profiles;
  if (profiles.length === 1) {
    applyProfile(compiler, first, occurrence, pass);
    return;
  }
  const isSatisfied = profiles.some(
    (profile) =>
      tried(pass, () => {
        applyProfile(compiler, profile, occurrence, pass);
      }).length === 0,
  );
  if (!isSatisfied) {
    report(pass, {
      code: 'structure',
      rule: 'type-profile',
      text: `The value satisfies none of ${profiles.join(', ')}.`,
    });
  }
}

function urlOf(value: JsonValue | undefined): string {
  const url = isJsonObject(value) ? value['url'] : undefined;
  return typeof url === 'string' ? url : '';
}

function applyProfile(
  compiler: Compiler,
  canonical: string,
  occurrence: Occurrence,
  pass: Pass,
): void {
  const { value } = occurrence;
  if (isJsonObject(value) && value['resourceType'] !== undefined) {
    satisfies(compiler, value, canonical, pass);
  } else {
    compiler.profileCheck(canonical)?.check(occurrence, pass);
  }
}

function compileTargets(
  compiler: Compiler,
  node: ElementNode,
  base: ElementNode,
): ValueCheck | undefined {
  const own = node.types.find(({ code }) => code === 'Reference');
  const known = base.types.find(({ code }) => code === 'Reference');
  const isSame =
    own === undefined ||
    (own.targetProfiles.length === known?.targetProfiles.length &&
      own.targetProfiles.every((profile) => known.targetProfiles.includes(profile)));
  if (isSame) {
    return undefined;
  }
  const rules = compileReferenceRules(compiler, own);
  return ({ value, type }, pass) => {
    if (type === 'Reference' && isJsonObject(value)) {
      rules(value, pass);
    }
  };
}

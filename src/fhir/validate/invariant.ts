import type { ElementDefinition } from '@medplum/fhirtypes';
import type { CompiledFhirPath, FhirPathFocus } from '../fhirpath/fhirpath.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { resolverOf } from './bundle-place.ts';
import type { Compiler } from './compiler.ts';
import { conformsWith } from './conforms.ts';
import type { ElementNode } from './element-tree.ts';
import { report, type Pass } from './pass.ts';
import { nativeInvariants, repairedExpression } from './repaired-invariant.ts';

/** A FHIRPath rule of an element, compiled. */
export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: CompiledFhirPath;
}

/** An element's value as an invariant sees it. */
export interface InvariantValue {
  readonly value: JsonValue;
  readonly sibling: JsonObject | undefined;
}

/**
 * Compiles the invariants of a type or of an inline element, those that the server checks in code
 * (`ele-1`, `ext-1` …) left out.
 *
 * @see https://hl7.org/fhir/R4/conformance-rules.html#constraints
 */
export function compileInvariants(
  compiler: Compiler,
  node: ElementNode,
  contextType: string,
): readonly Invariant[] {
  return compileConstraints(compiler, node.definition.constraint ?? [], contextType).invariants;
}

/** Compiles the invariants that an element adds to its type; inline elements have theirs already. */
export function elementInvariants(
  compiler: Compiler,
  node: ElementNode,
  type: string,
): readonly Invariant[] {
  return node.children.length > 0 ? [] : compileInvariants(compiler, node, type || node.path);
}

/** Compiles constraints; those that cannot be are named in `problems`. */
export function compileConstraints(
  compiler: Compiler,
  constraints: NonNullable<ElementDefinition['constraint']>,
  contextType: string,
): { readonly invariants: readonly Invariant[]; readonly problems: readonly string[] } {
  const invariants: Invariant[] = [];
  const problems: string[] = [];
  const { compileFhirPath, definitions, terminology } = compiler;
  const environment = { definitions, terminology, conforms: conformsWith(compiler) };
  for (const { key = '', severity, human, expression } of constraints) {
    if (expression === undefined || nativeInvariants.has(key)) {
      continue;
    }
    const repaired = repairedExpression(expression);
    const compiled = compileFhirPath(repaired, contextType, environment);
    if (compiled.ok) {
      const level = severity === 'warning' ? 'warning' : 'error';
      invariants.push({ key, severity: level, human, expression: compiled.value });
    } else {
      const why = compiled.failure.issues.map((issue) => issue.text).join(' ');
      problems.push(`Rule ${key} on ${contextType} cannot be compiled: ${why}`);
    }
  }
  return { invariants, problems };
}

/** Reports each invariant that does not hold for a value. */
export function runInvariants(
  invariants: readonly Invariant[],
  { value, sibling }: InvariantValue,
  pass: Pass,
): void {
  const focus: FhirPathFocus = {
    value,
    ...(sibling === undefined ? {} : { sibling }),
    resource: pass.resource,
    rootResource: pass.rootResource,
    resolve: resolverOf(pass),
    numberTexts: pass.numberTexts,
  };
  for (const { key, severity, human, expression } of invariants) {
    if (!expression.holds(focus)) {
      report(pass, { code: 'invariant', severity, rule: key, text: broken(human) });
    }
  }
}

/** The text of a rule says what should be, so the sentence says first that it is not. */
function broken(human: string): string {
  const trimmed = human.trim();
  return `This rule is not met: ${trimmed}${trimmed.endsWith('.') ? '' : '.'}`;
}

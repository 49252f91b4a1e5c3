import type { NumberTexts } from '../json/json-document.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Issue, IssueCode, IssueSeverity } from '../operation-outcome.ts';
import type { ReferenceDemand, Validation } from './validator.ts';

/**
 * The state of one validation: where it stands and what it has found. It lives only as long as the
 * call, so that the compiled checks hold none.
 */
export interface Pass {
  issues: Issue[];
  references: ReferenceDemand[];
  /** Segments from the root: element names and indexes; those from `depth` on are stale. */
  readonly path: (string | number)[];
  depth: number;
  /** At each depth the definition of the object that stands there (`Observation.component`, `Quantity`). */
  readonly definitionAt: string[];
  /** `%resource` and `%rootResource`. */
  resource: JsonObject;
  rootResource: JsonObject;
  /** The Bundles around, innermost last, with the full URL of the entry that the pass is in. */
  readonly bundles: BundlePlace[];
  readonly numberTexts: NumberTexts;
  /** The canonical URL of the profile whose rules are being applied. */
  profile: string;
  /** The URLs of the extensions around, innermost last. */
  readonly extensionUrls: string[];
  /** The ids of elements seen in `resource`. */
  elementIds: Set<string>;
  /** Profiles being tried on a target, `canonical` by object, so that a circle ends. */
  readonly trials: Map<JsonObject, Set<string>>;
  /** What was found in resources before this pass comes to them; none in most passes. */
  judged: ReadonlyMap<JsonObject, Validation> | undefined;
}

/** A Bundle that is being validated, and where in it. */
export interface BundlePlace {
  readonly bundle: JsonObject;
  readonly byFullUrl: ReadonlyMap<string, JsonObject>;
  fullUrl: string | undefined;
}

/** Checks one value where the pass stands. */
export type Check = (value: JsonValue, pass: Pass) => void;

/** Checks one object where the pass stands. */
export type ObjectCheck = (value: JsonObject, pass: Pass) => void;

/** Returns a pass that stands at the root. */
export function passOver(root: JsonObject, type: string, numberTexts: NumberTexts): Pass {
  return {
    issues: [],
    references: [],
    path: [type],
    depth: 1,
    definitionAt: [],
    resource: root,
    rootResource: root,
    bundles: [],
    extensionUrls: [],
    elementIds: new Set(),
    numberTexts,
    profile: '',
    trials: new Map(),
    judged: undefined,
  };
}

/** Returns where the pass stands as FHIRPath with indexes, optionally at a child. */
export function expressionOf(pass: Pass, child?: string): string {
  let expression = '';
  for (let at = 0; at < pass.depth; at += 1) {
    const segment = pass.path[at] ?? '';
    expression += typeof segment === 'number' ? `[${segment}]` : (at > 0 ? '.' : '') + segment;
  }
  return child === undefined ? expression : `${expression}.${child}`;
}

/** What a rule says of a value that breaks it. */
export interface Finding {
  readonly code: IssueCode;
  readonly rule: string;
  readonly text: string;
  readonly severity?: IssueSeverity;
  /** A child of where the pass stands. */
  readonly child?: string;
}

/** Adds an issue where the pass stands. */
export function report(pass: Pass, finding: Finding): void {
  const source = pass.profile === '' ? '' : ` (rule ${finding.rule} of ${pass.profile})`;
  pass.issues.push({
    severity: finding.severity ?? 'error',
    code: finding.code,
    text: finding.text + source,
    expression: [expressionOf(pass, finding.child)],
    rule: finding.rule,
    ...(pass.profile === '' ? {} : { profile: pass.profile }),
  });
}

/** Returns what `check` finds, keeping it out of the pass. */
export function tried(pass: Pass, check: () => void): readonly Issue[] {
  const { issues, references, profile } = pass;
  pass.issues = [];
  pass.references = [];
  check();
  const found = pass.issues;
  pass.issues = issues;
  pass.references = references;
  pass.profile = profile;
  return found;
}

/** Says how often something occurs: `1 time`. */
export function timesOf(count: number): string {
  return `${count} ${count === 1 ? 'time' : 'times'}`;
}

/** Names the kind of a JSON value without showing it. */
export function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'an array';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

import type { Resource } from './resource.ts';

/**
 * The codes of the required value set IssueType that this server uses.
 *
 * @see https://hl7.org/fhir/R4/valueset-issue-type.html
 */
export type IssueCode =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'security'
  | 'login'
  | 'forbidden'
  | 'processing'
  | 'not-supported'
  | 'duplicate'
  | 'multiple-matches'
  | 'not-found'
  | 'deleted'
  | 'too-long'
  | 'code-invalid'
  | 'extension'
  | 'too-costly'
  | 'business-rule'
  | 'conflict'
  | 'transient'
  | 'no-store'
  | 'exception'
  | 'timeout'
  | 'throttled'
  | 'informational';

/** @see https://hl7.org/fhir/R4/valueset-issue-severity.html */
export type IssueSeverity = 'fatal' | 'error' | 'warning' | 'information';

/**
 * One finding. `text` is one plain sentence: what was found, what is allowed, from which profile and
 * rule; it never carries a patient's data. `expression` are FHIRPaths with indexes. `rule` is the key
 * of the rule (`obs-7`, `h2c-per-1`, `cardinality`), `profile` the canonical URL it comes from.
 *
 * @see https://hl7.org/fhir/R4/operationoutcome.html
 */
export interface Issue {
  readonly severity: IssueSeverity;
  readonly code: IssueCode;
  readonly text: string;
  readonly expression?: readonly string[];
  readonly rule?: string;
  readonly profile?: string;
}

/** Why a request was not done: the kind decides the HTTP status, the issues say it to people. */
export interface Failure {
  readonly kind: FailureKind;
  readonly issues: readonly Issue[];
}

/**
 * Every kind of failure: issue code, severity and HTTP status. Nothing else in `src/` names a status
 * number for a failure.
 *
 * @see https://hl7.org/fhir/R4/http.html
 */
export const failureKinds = Object.freeze({
  malformed: { code: 'structure', severity: 'fatal', status: 400 },
  'invalid-request': { code: 'invalid', severity: 'error', status: 400 },
  'invalid-parameter': { code: 'invalid', severity: 'error', status: 400 },
  'unknown-parameter': { code: 'not-supported', severity: 'error', status: 400 },
  unauthenticated: { code: 'login', severity: 'error', status: 401 },
  forbidden: { code: 'forbidden', severity: 'error', status: 403 },
  'not-found': { code: 'not-found', severity: 'error', status: 404 },
  'unknown-type': { code: 'not-supported', severity: 'error', status: 404 },
  'method-not-allowed': { code: 'not-supported', severity: 'error', status: 405 },
  'not-acceptable': { code: 'not-supported', severity: 'error', status: 406 },
  conflict: { code: 'conflict', severity: 'error', status: 409 },
  gone: { code: 'deleted', severity: 'error', status: 410 },
  'page-expired': { code: 'processing', severity: 'error', status: 410 },
  'precondition-failed': { code: 'conflict', severity: 'error', status: 412 },
  'multiple-matches': { code: 'multiple-matches', severity: 'error', status: 412 },
  'body-too-large': { code: 'too-long', severity: 'error', status: 413 },
  'unsupported-media-type': { code: 'not-supported', severity: 'error', status: 415 },
  'content-invalid': { code: 'invariant', severity: 'error', status: 422 },
  'business-rule': { code: 'business-rule', severity: 'error', status: 422 },
  'too-costly': { code: 'too-costly', severity: 'error', status: 400 },
  'too-many-requests': { code: 'throttled', severity: 'error', status: 429 },
  exception: { code: 'exception', severity: 'fatal', status: 500 },
  'not-supported': { code: 'not-supported', severity: 'error', status: 501 },
  unavailable: { code: 'transient', severity: 'error', status: 503 },
  'storage-full': { code: 'no-store', severity: 'fatal', status: 507 },
} as const satisfies Record<
  string,
  { readonly code: IssueCode; readonly severity: IssueSeverity; readonly status: number }
>);

/** A key of `failureKinds`. */
export type FailureKind = keyof typeof failureKinds;

/** Returns a failure of one issue whose code and severity are those of its kind. */
export function failure(kind: FailureKind, text: string, ...expression: string[]): Failure {
  const { code, severity } = failureKinds[kind];
  return {
    kind,
    issues: [{ severity, code, text, ...(expression.length > 0 ? { expression } : {}) }],
  };
}

/** Returns the HTTP status of a failure. */
export function statusOf(kind: FailureKind): number {
  return failureKinds[kind].status;
}

/**
 * Returns the OperationOutcome of `issues`; without any it says that all is well.
 *
 * @see https://hl7.org/fhir/R4/operationoutcome.html
 */
export function operationOutcome(issues: readonly Issue[]): Resource {
  if (issues.length === 0) {
    return operationOutcome([{ severity: 'information', code: 'informational', text: 'All OK' }]);
  }
  return { resourceType: 'OperationOutcome', issue: issues.map(issueElement) };
}

function issueElement(issue: Issue) {
  const source = [issue.rule, issue.profile].filter((part) => part !== undefined);
  return {
    severity: issue.severity,
    code: issue.code,
    details: { text: issue.text },
    ...(source.length > 0 ? { diagnostics: source.join(' of ') } : {}),
    ...(issue.expression !== undefined ? { expression: issue.expression } : {}),
  };
}

import type { Failure } from './operation-outcome.ts';

/** Either a value or the failure that stands in its place; expected failures are never thrown. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Returns `value` as a successful result. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Returns `failure` as a failed result. */
export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

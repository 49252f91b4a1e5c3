import type { SearchParameter } from '@medplum/fhirtypes';
import { success, type Result } from '../../result.ts';
import type { SearchExpression } from '../plan.ts';

/**
 * Returns the node of a parameter whose meaning is its own: a node that answers 501.
 *
 * @see https://hl7.org/fhir/R4/search.html#special
 */
export function parseSpecial(code: string): Result<SearchExpression> {
  return success({ kind: 'not-built', text: `The search parameter ${code} is not supported.` });
}

/** Whether the parameter cannot be answered from index entries: it is special, or has no expression. */
export function isSpecial({ type, expression }: SearchParameter): boolean {
  return type === 'special' || expression === undefined;
}

import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestRequest } from './rest.ts';
import type { Criteria, EntityTags } from './write-intent.ts';

/**
 * Returns the tags of If-Match, undefined without the header. Fails `invalid-request` when it is no
 * list of entity tags; a tag that no version can have is well-formed and matches none.
 *
 * @see https://hl7.org/fhir/R4/http.html#concurrency
 */
export function ifMatchOf(request: RestRequest): Result<EntityTags | undefined> {
  return entityTags(request, 'If-Match');
}

/**
 * Returns the tags of the If-None-Match of a write, as `ifMatchOf` does: `*` wants that nothing is there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function ifNoneMatchOf(request: RestRequest): Result<EntityTags | undefined> {
  return entityTags(request, 'If-None-Match');
}

function entityTags(request: RestRequest, name: string): Result<EntityTags | undefined> {
  const header = request.header(name.toLowerCase())?.trim();
  if (header === undefined) return success(undefined);
  if (header === '*') return success('*');
  const tags = header.split(',').map((part) => /^(?:W\/)?"([^"]*)"$/u.exec(part.trim())?.[1]);
  return tags.every((tag) => tag !== undefined)
    ? success(tags)
    : failed(failure('invalid-request', `${name} is not an entity tag such as W/"3".`));
}

/**
 * Returns the search of If-None-Exist, undefined without the header. It may carry a leading `?` or
 * the type (`Patient?identifier=1`). Fails `invalid-request` when it names another type or no criterion.
 *
 * @see https://hl7.org/fhir/R4/http.html#ccreate
 */
export function ifNoneExistOf(request: RestRequest, type: string): Result<Criteria | undefined> {
  const header = request.header('if-none-exist');
  if (header === undefined) return success(undefined);
  const mark = header.indexOf('?');
  const [before, query] = [header.slice(0, Math.max(mark, 0)), header.slice(mark + 1)];
  if (before !== '' && before !== type && !before.endsWith(`/${type}`)) {
    return failed(failure('invalid-request', `If-None-Exist does not search ${type}.`));
  }
  const criteria = criteriaOf([...new URLSearchParams(query)]);
  return criteria.length === 0
    ? failed(failure('invalid-request', 'If-None-Exist names no search parameter.'))
    : success(criteria);
}

/** Returns the part of a query that selects resources: without `_format`, `_pretty` and what shapes an answer. */
export function criteriaOf(query: Criteria): Criteria {
  return query.filter(([name, value]) => value !== '' && !shapesAnswer.has(name));
}

const shapesAnswer: ReadonlySet<string> = new Set([
  '_format',
  '_pretty',
  '_summary',
  '_elements',
  '_count',
  '_sort',
  '_total',
  '_contained',
  '_containedType',
  '_include',
  '_revinclude',
]);

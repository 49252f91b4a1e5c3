import type {
  JsonDocument,
  MemberSpan,
  ReferenceSpan,
  ResourceSpan,
  Span,
} from './json-document.ts';
import type { JsonObject } from './json-value.ts';

/**
 * Returns the document of a resource inside a Bundle or Parameters (`['entry', 0, 'resource']`),
 * undefined when there is none. Its text is cut out as it came, its tree is the branch of the whole, and
 * nothing is read again.
 */
export function subDocument(
  document: JsonDocument,
  path: readonly (string | number)[],
): JsonDocument | undefined {
  const resource = document.resources?.get(path.join('/'));
  if (resource === undefined) return undefined;
  const { start, end } = resource;
  return {
    text: document.text.slice(start, end),
    value: valueAt(document.value, path) as JsonObject,
    ...membersFrom(resource, start),
    references: referencesIn(document.references, resource).map((span) => ({
      ...span,
      start: span.start - start,
      end: span.end - start,
    })),
    numberTexts: document.numberTexts,
  };
}

function valueAt(root: JsonObject, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, step) => (node as Record<string | number, unknown>)[step],
    root,
  );
}

/** What is known of a resource, with offsets that count from `start`. */
function membersFrom(resource: ResourceSpan, start: number): Omit<ResourceSpan, keyof Span> {
  const { resourceType, id, meta, resources } = resource;
  return {
    ...(resourceType === undefined ? {} : { resourceType: from(resourceType, start) }),
    ...(id === undefined ? {} : { id: from(id, start) }),
    ...(meta === undefined ? {} : { meta: from(meta, start) }),
    ...(resources === undefined ? {} : { resources: allFrom(resources, start) }),
  };
}

function allFrom(resources: ReadonlyMap<string, ResourceSpan>, start: number) {
  return new Map(
    [...resources].map(([path, inner]): [string, ResourceSpan] => [
      path,
      { ...membersFrom(inner, start), start: inner.start - start, end: inner.end - start },
    ]),
  );
}

function from(span: MemberSpan, start: number): MemberSpan {
  return {
    start: span.start - start,
    valueStart: span.valueStart - start,
    end: span.end - start,
  };
}

function referencesIn(
  references: readonly ReferenceSpan[],
  { start, end }: Span,
): readonly ReferenceSpan[] {
  return references.slice(firstFrom(references, start), firstFrom(references, end));
}

/** The index of the first reference at or after the offset, found by halving. */
function firstFrom(references: readonly ReferenceSpan[], offset: number): number {
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((references[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

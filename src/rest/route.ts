import type { Definitions } from '../fhir/definitions/definitions.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { RestRequest } from './rest.ts';

/**
 * The interactions of the RESTful API. `transaction` is also the code of a batch until its Bundle is
 * read; `operation` is any `$name`.
 *
 * @see https://hl7.org/fhir/R4/valueset-restful-interaction.html
 */
export type InteractionCode =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'history-type'
  | 'history-system'
  | 'create'
  | 'search-type'
  | 'search-system'
  | 'search-compartment'
  | 'capabilities'
  | 'transaction'
  | 'operation';

/** The shape of a path below the base, `[…]` standing for any segment of its kind. */
export type PathShape =
  | ''
  | 'metadata'
  | '_search'
  | '_history'
  | '$'
  | '[type]'
  | '[type]/_search'
  | '[type]/_history'
  | '[type]/$'
  | '[type]/[id]'
  | '[type]/[id]/_history'
  | '[type]/[id]/_history/[vid]'
  | '[type]/[id]/$'
  | '[type]/[id]/[type]'
  | '[type]/[id]/[type]/_search';

/**
 * FHIR's URL grammar: shape of the path, method, interaction. Routing, the Allow header and the
 * CapabilityStatement read it.
 *
 * @see https://hl7.org/fhir/R4/http.html#summary
 */
export const routeTable = Object.freeze({
  '': { GET: 'search-system', POST: 'transaction' },
  metadata: { GET: 'capabilities' },
  _search: { GET: 'search-system', POST: 'search-system' },
  _history: { GET: 'history-system' },
  $: { GET: 'operation', POST: 'operation' },
  '[type]': {
    GET: 'search-type',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
  },
  '[type]/_search': { GET: 'search-type', POST: 'search-type' },
  '[type]/_history': { GET: 'history-type' },
  '[type]/$': { GET: 'operation', POST: 'operation' },
  '[type]/[id]': { GET: 'read', PUT: 'update', PATCH: 'patch', DELETE: 'delete' },
  '[type]/[id]/_history': { GET: 'history-instance' },
  '[type]/[id]/_history/[vid]': { GET: 'vread' },
  '[type]/[id]/$': { GET: 'operation', POST: 'operation' },
  '[type]/[id]/[type]': { GET: 'search-compartment' },
  '[type]/[id]/[type]/_search': { GET: 'search-compartment', POST: 'search-compartment' },
} as const satisfies Record<PathShape, RouteRow>);

type RouteRow = Readonly<Partial<Record<RouteMethod, InteractionCode>>>;

/** The methods of the table; HEAD is GET without a body. */
export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where a request goes. `allowed` are the methods of its path, for Allow. */
export interface Route {
  readonly shape: PathShape;
  readonly interaction: InteractionCode | undefined;
  readonly allowed: readonly RouteMethod[];
}

/**
 * Returns where a request goes; `interaction` is undefined when the path has none for the method.
 * Fails `unknown-type` and `not-found` when no path of FHIR looks like it.
 */
export function route(
  definitions: Definitions,
  request: Pick<RestRequest, 'method' | 'path'>,
): Result<Route> {
  const shape = shapeOf(definitions, request.path);
  if (!shape.ok) return shape;
  const row: RouteRow = routeTable[shape.value];
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return success({
    shape: shape.value,
    interaction: Object.hasOwn(row, method) ? row[method as RouteMethod] : undefined,
    allowed: Object.keys(row) as RouteMethod[],
  });
}

/** Returns the interactions of the shapes, each once, without operations. */
export function interactionsOf(shapes: readonly PathShape[]): readonly InteractionCode[] {
  const codes = shapes.flatMap((shape) => Object.values<InteractionCode>(routeTable[shape]));
  return [...new Set(codes)].filter((code) => code !== 'operation');
}

function shapeOf(definitions: Definitions, path: readonly string[]): Result<PathShape> {
  const [first] = path;
  if (first === undefined) return success('');
  const isSystem = first.startsWith('$') || Object.hasOwn(routeTable, first);
  if (!isSystem && !definitions.isResourceType(first)) {
    return failed(failure('unknown-type', 'R4 has no resource type of this name.'));
  }
  const shape = (isSystem ? path.map(keyword) : path.map(typeSegment)).join('/');
  if (!Object.hasOwn(routeTable, shape)) {
    return failed(failure('not-found', 'Nothing is served under this path.'));
  }
  const compartmentType = shape.startsWith('[type]/[id]/[type]') ? path[2] : undefined;
  return compartmentType === undefined ||
    compartmentType === '*' ||
    definitions.isResourceType(compartmentType)
    ? success(shape as PathShape)
    : failed(failure('unknown-type', 'R4 has no resource type of this name.'));
}

/** A segment that names itself. Operations are told apart by their name, not by their path. */
function keyword(segment: string): string {
  return segment.startsWith('$') ? '$' : segment;
}

/** A segment of a path that begins with a resource type. */
function typeSegment(segment: string, index: number): string {
  if (segment.startsWith('$') || segment.startsWith('_')) return keyword(segment);
  return segmentKinds[index] ?? '[unknown]';
}

const segmentKinds = ['[type]', '[id]', '[type]', '[vid]'] as const;

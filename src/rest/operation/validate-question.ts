import type { JsonDocument } from '../../fhir/json/json-document.ts';
import { parseDocument } from '../../fhir/json/parse.ts';
import { subDocument } from '../../fhir/json/sub-document.ts';
import type { JsonObject } from '../../fhir/json/json-value.ts';
import { failure } from '../../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import { objectsOf, textOf } from '../../trial/element.ts';
import type { RestContext, RestRequest } from '../rest.ts';

/** What a call of `$validate` asks: of what, for which interaction, and against which profile besides. */
export interface ValidationQuestion {
  /** Of the URL; undefined at the system level. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly document?: JsonDocument;
  readonly mode?: ValidationMode;
  readonly profile?: string;
}

/** @see https://hl7.org/fhir/R4/valueset-resource-validation-mode.html */
export type ValidationMode = 'create' | 'update' | 'delete' | 'profile';

/**
 * Returns what a call asks. Fails `malformed` when the body is no JSON of FHIR, `invalid-request` without
 * a resource or with one of another type than the URL's, `invalid-parameter` for an unknown mode.
 */
export async function readQuestion(
  context: RestContext,
  request: RestRequest,
): Promise<Result<ValidationQuestion>> {
  const path = request.path.slice(0, -1);
  const [type, id] = path;
  const given = givenBy(context, request);
  if (!given.ok) return given;
  const { mode, profile } = given.value;
  if (mode !== undefined && !isMode(mode)) {
    return failed(failure('invalid-parameter', 'The mode is create, update, delete or profile.'));
  }
  const asked = {
    type,
    id,
    ...(mode !== undefined ? { mode } : {}),
    ...(profile !== undefined ? { profile } : {}),
  };
  const { document } = given.value;
  if (document === undefined) {
    return id === undefined || type === undefined
      ? failed(failure('invalid-request', 'There is no resource to validate.'))
      : await withStored(context, request, { ...asked, type, id });
  }
  const found = document.value['resourceType'];
  if (typeof found !== 'string') {
    return failed(failure('malformed', 'The resource has no resourceType.'));
  }
  return type !== undefined && found !== type
    ? failed(failure('invalid-request', `The URL is that of ${type}; the resource is none.`))
    : success({ ...asked, document });
}

async function withStored(
  context: RestContext,
  request: RestRequest,
  asked: ValidationQuestion & { readonly type: string; readonly id: string },
): Promise<Result<ValidationQuestion>> {
  if (asked.mode === 'delete') return success(asked);
  const stored = await context.store.read({ type: asked.type, id: asked.id }, request.access);
  if (stored?.text === undefined) {
    return failed(
      stored === undefined
        ? failure('not-found', `${asked.type}/${asked.id} does not exist.`)
        : failure('gone', `${asked.type}/${asked.id} was deleted.`),
    );
  }
  const document = parseDocument(stored.text, { depthMax: context.limits.jsonDepthMax });
  return document.ok ? success({ ...asked, document: document.value }) : document;
}

interface Given {
  readonly document?: JsonDocument;
  readonly mode?: string;
  readonly profile?: string;
}

/** Reads the body and the URL; what the body's Parameters say goes first. */
function givenBy(context: RestContext, request: RestRequest): Result<Given> {
  const query = new Map(request.query);
  const [mode, profile] = [query.get('mode'), query.get('profile')];
  const inUrl = {
    ...(mode !== undefined ? { mode } : {}),
    ...(profile !== undefined ? { profile } : {}),
  };
  const body = request.body ?? '';
  if (request.document === undefined && body.trim() === '') return success(inUrl);
  const parsed =
    request.document === undefined
      ? parseDocument(body, { depthMax: context.limits.jsonDepthMax })
      : success(request.document);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  return success(
    isWrapper(document.value) ? { ...inUrl, ...fromParameters(document) } : { ...inUrl, document },
  );
}

/** Parameters that name no parameter of this operation are a resource to be validated. */
function isWrapper(value: JsonObject): boolean {
  return (
    value['resourceType'] === 'Parameters' &&
    objectsOf(value['parameter']).some(({ name }) =>
      ['resource', 'mode', 'profile'].includes(textOf(name) ?? ''),
    )
  );
}

function fromParameters(document: JsonDocument): Given {
  const parameters = objectsOf(document.value['parameter']);
  const named = (name: string) => parameters.find((parameter) => parameter['name'] === name);
  const index = parameters.findIndex((parameter) => parameter['name'] === 'resource');
  const resource = subDocument(document, ['parameter', index, 'resource']);
  const mode = textOf(named('mode')?.['valueCode']);
  const profile = ['valueUri', 'valueCanonical', 'valueUrl', 'valueString']
    .map((name) => textOf(named('profile')?.[name]))
    .find((value) => value !== undefined);
  return {
    ...(resource !== undefined ? { document: resource } : {}),
    ...(mode !== undefined ? { mode } : {}),
    ...(profile !== undefined ? { profile } : {}),
  };
}

function isMode(mode: string): mode is ValidationMode {
  return ['create', 'update', 'delete', 'profile'].includes(mode);
}

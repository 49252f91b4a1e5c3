import type { JsonDocument } from '../../fhir/json/json-document.ts';
import { parseDocument } from '../../fhir/json/parse.ts';
import { failure, type Failure } from '../../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import type { RestContext, RestRequest } from '../rest.ts';
import { readValidateInputs } from './validate-inputs.ts';

/** What a call of `$validate` asks: of what, for which interaction, and against which profiles besides. */
export interface ValidationQuestion {
  /** Of the URL; undefined at the system level. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly document?: JsonDocument;
  readonly mode?: ValidationMode;
  /** Canonicals that the server can hold a resource to. */
  readonly profiles: readonly string[];
}

/** @see https://hl7.org/fhir/R4/valueset-resource-validation-mode.html */
export type ValidationMode = 'create' | 'update' | 'delete' | 'profile';

/**
 * Returns what a call asks. Fails `malformed` when the body is no JSON of FHIR, `invalid-request` without
 * a resource, with one of another type than the URL's or without the instance that a mode needs,
 * `invalid-parameter` for an unknown mode and for a profile that the server cannot hold a resource to.
 */
export async function readQuestion(
  context: RestContext,
  request: RestRequest,
): Promise<Result<ValidationQuestion>> {
  const [type, id] = request.path.slice(0, -1);
  const inputs = readValidateInputs(context, request);
  if (!inputs.ok) return inputs;
  const { mode, profiles, document } = inputs.value;
  if (mode !== undefined && !isMode(mode)) {
    return failed(failure('invalid-parameter', 'The mode is create, update, delete or profile.'));
  }
  const uncheckable = uncheckableProfile(context, profiles);
  if (uncheckable !== undefined) return failed(uncheckable);
  const asked = { type, id, profiles, ...(mode !== undefined ? { mode } : {}) };
  const problem = typeProblem(context, type, document) ?? instanceProblem({ ...inputs.value, id });
  if (problem !== undefined) return failed(problem);
  if (document !== undefined) return success({ ...asked, document });
  return id === undefined || type === undefined
    ? failed(failure('invalid-request', 'There is no resource to validate.'))
    : await withStored(context, request, { ...asked, type, id });
}

/**
 * A server that cannot validate against a nominated profile says so instead.
 *
 * @see https://hl7.org/fhir/R4/resource-operation-validate.html
 */
function uncheckableProfile(
  { definitions, validator }: RestContext,
  profiles: readonly string[],
): Failure | undefined {
  for (const canonical of profiles) {
    if (definitions.structureDefinition(canonical) === undefined) {
      return failure('invalid-parameter', `The profile ${canonical} is not known here.`);
    }
    const why = validator.profileProblems(canonical);
    if (why.length > 0) {
      const text = `The profile ${canonical} cannot be compiled: ${why.join(' ')}`;
      return failure('invalid-parameter', text);
    }
  }
  return undefined;
}

function typeProblem(
  { definitions }: RestContext,
  type: string | undefined,
  document: JsonDocument | undefined,
): Failure | undefined {
  if (document === undefined) return undefined;
  const found = document.value['resourceType'];
  if (typeof found !== 'string') return failure('malformed', 'The resource has no resourceType.');
  if (type === undefined || found === type) return undefined;
  const isType = definitions.isResourceType(found);
  const what = isType ? `the resource is a ${found}` : 'the resource is of no type of R4';
  return failure('invalid-request', `The URL is that of ${type}; ${what}.`, 'resourceType');
}

/** An update and a delete are judged against what is stored under an id. */
function instanceProblem(given: {
  readonly mode?: string;
  readonly id: string | undefined;
  readonly document?: JsonDocument;
}): Failure | undefined {
  const { mode, id, document } = given;
  const { resourceType, id: named } = document?.value ?? {};
  if (mode !== 'update' && mode !== 'delete') return undefined;
  if (id !== undefined || named !== undefined || resourceType === 'Bundle') return undefined;
  const text = `The mode ${mode} needs the instance: call [type]/[id]/$validate.`;
  return failure('invalid-request', text);
}

async function withStored(
  context: RestContext,
  request: RestRequest,
  asked: ValidationQuestion & { readonly type: string; readonly id: string },
): Promise<Result<ValidationQuestion>> {
  const { type, id } = asked;
  if (asked.mode === 'delete') return success(asked);
  const stored = await context.store.read({ type, id }, request.access);
  if (stored?.text === undefined) {
    return failed(
      stored === undefined
        ? failure('not-found', `${type}/${id} does not exist.`)
        : failure('gone', `${type}/${id} was deleted.`),
    );
  }
  const document = parseDocument(stored.text, { depthMax: context.limits.jsonDepthMax });
  return document.ok ? success({ ...asked, document: document.value }) : document;
}

function isMode(mode: string): mode is ValidationMode {
  return ['create', 'update', 'delete', 'profile'].includes(mode);
}

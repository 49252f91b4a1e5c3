import type { JsonDocument } from '../../fhir/json/json-document.ts';
import { parseDocument } from '../../fhir/json/parse.ts';
import { isJsonObject, type JsonObject } from '../../fhir/json/json-value.ts';
import { subDocument } from '../../fhir/json/sub-document.ts';
import { failure } from '../../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import { objectsOf } from '../../trial/element.ts';
import type { RestContext, RestRequest } from '../rest.ts';

/** The inputs of `$validate` as they came, each once except the profiles; nothing is judged yet. */
export interface ValidateInputs {
  readonly document?: JsonDocument;
  readonly mode?: string;
  /** Each once, in their order. */
  readonly profiles: readonly string[];
}

/**
 * Returns the inputs of the body, bare resource or Parameters, and of the URL. Fails `malformed` when
 * the body is no JSON of FHIR, `unknown-parameter`, and `invalid-parameter` for a value that is none or
 * one too many.
 *
 * @see https://hl7.org/fhir/R4/resource-operation-validate.html
 */
export function readValidateInputs(
  context: RestContext,
  request: RestRequest,
): Result<ValidateInputs> {
  const body = request.body ?? '';
  if (request.document === undefined && body.trim() === '') {
    return inputsOf(urlInputs(request), undefined);
  }
  const parsed =
    request.document === undefined
      ? parseDocument(body, { depthMax: context.limits.jsonDepthMax })
      : success(request.document);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  if (!isWrapper(document.value)) return inputsOf(urlInputs(request), document);
  const given = bodyInputs(document);
  return given.ok
    ? inputsOf([...given.value.texts, ...urlInputs(request)], given.value.document)
    : given;
}

type Texts = readonly (readonly [name: string, text: string])[];

/** Names that begin with `_` are the server's, `_format` among them. */
function urlInputs({ query }: RestRequest): Texts {
  return query.filter(([name]) => !name.startsWith('_'));
}

function inputsOf(texts: Texts, document: JsonDocument | undefined): Result<ValidateInputs> {
  const unknown = texts.find(([name]) => name !== 'mode' && name !== 'profile');
  if (unknown !== undefined) return failed(unknownInput(unknown[0]));
  const valuesOf = (wanted: string) => [
    ...new Set(texts.filter(([name]) => name === wanted).map(([, text]) => text)),
  ];
  const [mode, second] = valuesOf('mode');
  if (second !== undefined) {
    return failed(failure('invalid-parameter', 'The parameter mode is given twice.', 'mode'));
  }
  return success({
    profiles: valuesOf('profile'),
    ...(mode !== undefined ? { mode } : {}),
    ...(document !== undefined ? { document } : {}),
  });
}

/** Parameters that name no parameter of this operation are a resource to be validated. */
function isWrapper(value: JsonObject): boolean {
  return (
    value['resourceType'] === 'Parameters' &&
    objectsOf(value['parameter']).some(({ name }) => typeof name === 'string' && names.has(name))
  );
}

const names: ReadonlySet<string> = new Set(['resource', 'mode', 'profile']);

interface BodyInputs {
  readonly texts: Texts;
  readonly document?: JsonDocument;
}

function bodyInputs(wrapper: JsonDocument): Result<BodyInputs> {
  const texts: (readonly [string, string])[] = [];
  let document: JsonDocument | undefined;
  for (const [index, parameter] of itemsOf(wrapper.value).entries()) {
    const name = typeof parameter['name'] === 'string' ? parameter['name'] : '';
    if (!names.has(name)) return failed(unknownInput(name));
    if (name === 'resource') {
      const resource = subDocument(wrapper, ['parameter', index, 'resource']);
      if (resource === undefined || document !== undefined) {
        const what = resource === undefined ? 'holds no resource' : 'is given twice';
        return failed(failure('invalid-parameter', `The parameter resource ${what}.`, name));
      }
      document = resource;
    } else {
      const text = textIn(parameter);
      if (text === undefined) {
        return failed(failure('invalid-parameter', `The parameter ${name} has no value.`, name));
      }
      texts.push([name, text]);
    }
  }
  return success({ texts, ...(document !== undefined ? { document } : {}) });
}

/** Every item keeps its index. */
function itemsOf(wrapper: JsonObject): readonly JsonObject[] {
  const items = wrapper['parameter'];
  return Array.isArray(items) ? items.map((item) => (isJsonObject(item) ? item : {})) : [];
}

/** A profile is a `uri`; clients also send it as what it is, a canonical. */
function textIn(parameter: JsonObject): string | undefined {
  const value = ['valueCode', 'valueUri', 'valueCanonical', 'valueUrl', 'valueString']
    .map((name) => parameter[name])
    .find((found) => typeof found === 'string');
  return typeof value === 'string' ? value : undefined;
}

function unknownInput(name: string) {
  return failure('unknown-parameter', `$validate has no parameter ${name}.`, name);
}

import { parseDocument } from '../../fhir/json/parse.ts';
import type { JsonObject, JsonValue } from '../../fhir/json/json-value.ts';
import { failure } from '../../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import { asOfTime, readAsOf, type AsOf } from '../../trial/as-of.ts';
import { objectsOf, textOf } from '../../trial/element.ts';
import type { Zone } from '../../trial/local-time.ts';
import type { RestContext, RestRequest } from '../rest.ts';

/** A parameter that an operation takes, at most once. */
export interface TrialInput {
  readonly name: string;
  readonly type: InputType;
  readonly isRequired?: boolean;
  /** The only values that are taken, as text. */
  readonly values?: readonly string[];
}

/** The value types of inputs; each may come as its own element or as text. */
export type InputType =
  'boolean' | 'code' | 'date' | 'dateTime' | 'integer' | 'positiveInt' | 'string';

/** The values of a call by the names of its inputs. */
export type Inputs = ReadonlyMap<string, string | number | boolean>;

/**
 * Returns what a call gives: of a GET its query, of a POST its Parameters and its query.
 * Fails `unknown-parameter`, `invalid-parameter` (a wrong or second value) and `invalid-request` (a
 * missing one), each naming the parameter.
 */
export function readInputs(
  context: RestContext,
  request: RestRequest,
  inputs: readonly TrialInput[],
): Result<Inputs> {
  const given = givenValues(context, request);
  if (!given.ok) return given;
  const values = new Map<string, string | number | boolean>();
  for (const [name, value] of given.value) {
    const input = inputs.find((known) => known.name === name);
    if (input === undefined) {
      return failed(failure('unknown-parameter', `The operation has no parameter ${name}.`, name));
    }
    if (values.has(name)) {
      return failed(failure('invalid-parameter', `The parameter ${name} is given twice.`, name));
    }
    const read = readers[input.type](value);
    const isListed = input.values === undefined || input.values.includes(String(read));
    if (read === undefined || !isListed) {
      const allowed = input.values === undefined ? '' : `: ${input.values.join(', ')}`;
      const text = `The parameter ${name} is a ${input.type}${allowed}.`;
      return failed(failure('invalid-parameter', text, name));
    }
    values.set(name, read);
  }
  const missing = inputs.find(({ name, isRequired }) => isRequired === true && !values.has(name));
  return missing === undefined
    ? success(values)
    : failed(failure('invalid-request', `The parameter ${missing.name} is missing.`, missing.name));
}

/** Returns the moment of `asOf`; without it now. Fails `invalid-parameter`. */
export function readMoment(context: RestContext, inputs: Inputs, zone: Zone): Result<AsOf> {
  const text = inputs.get('asOf');
  if (text === undefined) return success(asOfTime(Date.parse(context.clock()), zone));
  const asOf = readAsOf(String(text), zone);
  return asOf === undefined
    ? failed(failure('invalid-parameter', 'asOf is a date, or a dateTime with a zone.', 'asOf'))
    : success(asOf);
}

/** The input that every question has. */
export const asOfInput: TrialInput = { name: 'asOf', type: 'dateTime' };

type Given = readonly (readonly [name: string, value: JsonValue])[];

/** Names that begin with `_` are the server's, `_format` among them. */
function givenValues(context: RestContext, request: RestRequest): Result<Given> {
  const inUrl = request.query.filter(([name]) => !name.startsWith('_'));
  const body = bodyParameters(context, request);
  if (!body.ok) return body;
  return success([...inUrl, ...body.value]);
}

function bodyParameters(context: RestContext, request: RestRequest): Result<Given> {
  if (request.document === undefined && (request.body ?? '').trim() === '') return success([]);
  const parsed =
    request.document === undefined
      ? parseDocument(request.body ?? '', { depthMax: context.limits.jsonDepthMax })
      : success(request.document);
  if (!parsed.ok) return parsed;
  const { value } = parsed.value;
  if (value['resourceType'] !== 'Parameters') {
    return failed(failure('invalid-request', 'The body of an operation is a Parameters.'));
  }
  return success(
    objectsOf(value['parameter']).map((one) => [textOf(one['name']) ?? '', valueOf(one)]),
  );
}

function valueOf(parameter: JsonObject): JsonValue {
  const found = Object.entries(parameter).find(([name]) => /^value[A-Z]/u.test(name));
  return found?.[1] ?? null;
}

const readers: Readonly<
  Record<InputType, (value: JsonValue) => string | number | boolean | undefined>
> = {
  boolean: (value) => {
    if (value === true || value === 'true') return true;
    return value === false || value === 'false' ? false : undefined;
  },
  code: textValue,
  string: textValue,
  date: (value) => matching(value, /^\d{4}-\d{2}-\d{2}$/u),
  dateTime: (value) =>
    matching(value, /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/u),
  integer: (value) => wholeNumber(value, -Infinity),
  positiveInt: (value) => wholeNumber(value, 1),
};

function textValue(value: JsonValue): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function matching(value: JsonValue, pattern: RegExp): string | undefined {
  // In a URL a `+` that was not encoded arrives as a space.
  const text = textValue(value)?.replace(/ (?=\d{2}:\d{2}$)/u, '+');
  return text !== undefined && pattern.test(text) ? text : undefined;
}

function wholeNumber(value: JsonValue, least: number): number | undefined {
  const isText = typeof value === 'string' && /^-?\d{1,9}$/u.test(value);
  const number = isText ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= least
    ? number
    : undefined;
}

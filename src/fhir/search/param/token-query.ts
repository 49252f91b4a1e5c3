import { failure } from '../../operation-outcome.ts';
import { failed, success, type Result } from '../../result.ts';
import { malformedValue, refusedModifier } from '../failures.ts';
import { fold } from '../fold.ts';
import { elementTypes, type Parameter, type SearchSettings } from '../parameter.ts';
import type { SearchExpression, TokenTest } from '../plan.ts';
import { splitEscaped, unescapeValue } from '../query-text.ts';
import { ancestorsOf } from './concept-tree.ts';

/**
 * Returns the test of a token by its modifier; `:not` and `:not-in` negate the set of all alternatives
 * and are the caller's to apply around them. Fails `invalid-parameter`, `too-costly`.
 *
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function parseToken(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
  settings: SearchSettings,
): Result<SearchExpression> {
  const param = parameter.code;
  switch (modifier) {
    case undefined:
    case 'not':
      return plainToken(parameter, value, settings);
    case 'text':
      return success({ kind: 'token-text', param, text: fold(unescapeValue(value)) });
    case 'of-type':
      return tokenOfType(param, value);
    case 'in':
    case 'not-in':
      return tokenInValueSet(param, unescapeValue(value), settings);
    case 'below':
    case 'above':
      return subsumption(param, value, { direction: modifier, settings });
    default:
      return refusedModifier(param, modifier);
  }
}

/** Returns the system and code of `code`, `system|code`, `|code` or `system|`. */
export function splitToken(value: string): { readonly system?: string; readonly code?: string } {
  const [first = '', ...rest] = splitEscaped(value, '|');
  if (rest.length === 0) return { code: unescapeValue(first) };
  const code = unescapeValue(rest.join('|'));
  return { system: unescapeValue(first), ...(code === '' ? {} : { code }) };
}

function plainToken(
  parameter: Parameter,
  value: string,
  settings: SearchSettings,
): Result<SearchExpression> {
  const param = parameter.code;
  const { system, code } = splitToken(value);
  if (system === '' && code === undefined) {
    return malformedValue(param, 'a token such as code, system|code, |code or system|');
  }
  // A code has no system of its own; that of its value set is implicit.
  const isBare = specialValues.has(system ?? '') || (system === '' && isCode(parameter, settings));
  const exact = tokenTest(param, isBare ? undefined : system, code);
  const lower = code?.toLowerCase();
  if (lower === code || !mayBeString(parameter, settings)) return success(exact);
  return success({ kind: 'or', of: [exact, tokenTest(param, exact.system, lower)] });
}

/** The implicit system of booleans: its name in R4, and the one before. */
const specialValues: ReadonlySet<string> = new Set([
  'http://terminology.hl7.org/CodeSystem/special-values',
  'http://hl7.org/fhir/special-values',
]);

function isCode(parameter: Parameter, { definitions }: SearchSettings): boolean {
  const types = elementTypes(definitions, parameter);
  return types.size === 1 && types.has('code');
}

/** Strings are kept in lower case. */
function mayBeString(parameter: Parameter, { definitions }: SearchSettings): boolean {
  const types = elementTypes(definitions, parameter);
  return types.has('string') || types.has('*');
}

function tokenTest(param: string, system?: string, code?: string): TokenTest {
  return {
    kind: 'token',
    param,
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
  };
}

/** @see https://hl7.org/fhir/R4/search.html#token (modifier :of-type) */
function tokenOfType(param: string, value: string): Result<SearchExpression> {
  const [system = '', code = '', ...rest] = splitEscaped(value, '|').map(unescapeValue);
  if (system === '' || code === '' || rest.length === 0 || rest[0] === '') {
    return malformedValue(`${param}:of-type`, 'system|code|value with all three parts');
  }
  return success({
    kind: 'token',
    param: `${param}:of-type`,
    system,
    code: `${code}|${rest.join('|')}`,
  });
}

function tokenInValueSet(
  param: string,
  valueSet: string,
  settings: SearchSettings,
): Result<SearchExpression> {
  const codes = settings.terminology.expansion(canonicalOf(valueSet, settings));
  if (codes === undefined) {
    return success({
      kind: 'not-built',
      text: `The value set of ${param} cannot be expanded from what this server has.`,
    });
  }
  return anyToken(param, codes);
}

/** A value set is named by its canonical, or by where it is on this server: `ValueSet/1`. */
function canonicalOf(name: string, { definitions, baseUrl = '' }: SearchSettings): string {
  const local =
    baseUrl !== '' && name.startsWith(`${baseUrl}/`) ? name.slice(baseUrl.length + 1) : name;
  const found = definitions.added.find(
    ({ resourceType, id }) => resourceType === 'ValueSet' && `ValueSet/${id ?? ''}` === local,
  );
  return found?.url ?? name;
}

/** Limits the codes that one value may stand for. */
const codesMax = 5000;

function anyToken(
  param: string,
  codes: readonly { readonly system: string; readonly code: string }[],
): Result<SearchExpression> {
  if (codes.length > codesMax) {
    return failed(failure('too-costly', `${param} stands for more than ${codesMax} codes.`));
  }
  const tests = codes.map(({ system, code }) => tokenTest(param, system, code));
  return success(tests.length === 0 ? { kind: 'none' } : { kind: 'or', of: tests });
}

function subsumption(
  param: string,
  value: string,
  {
    direction,
    settings,
  }: { readonly direction: 'below' | 'above'; readonly settings: SearchSettings },
): Result<SearchExpression> {
  const { system = '', code } = splitToken(value);
  if (code === undefined) return malformedValue(`${param}:${direction}`, 'system|code');
  if (system === '') {
    return success({
      kind: 'not-built',
      text: `${param}:${direction} needs the code system: system|code.`,
    });
  }
  const codeSystem = settings.definitions.codeSystem(system);
  if (codeSystem?.content !== 'complete') {
    return success({
      kind: 'not-built',
      text: `The hierarchy of the code system in ${param}:${direction} is not known to this server.`,
    });
  }
  const codes =
    direction === 'below'
      ? settings.terminology.subsumed(system, code)
      : ancestorsOf(codeSystem, code);
  return anyToken(
    param,
    [...new Set([code, ...codes])].map((one) => ({ system, code: one })),
  );
}

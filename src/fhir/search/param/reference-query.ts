import { success, type Result } from '../../result.ts';
import { malformedValue, refusedModifier } from '../failures.ts';
import type { Parameter, SearchSettings } from '../parameter.ts';
import type { SearchExpression } from '../plan.ts';
import { unescapeValue } from '../query-text.ts';
import { targetOf } from './reference.ts';
import { splitToken } from './token-query.ts';

/**
 * Returns the test of a reference: `[id]`, `[type]/[id]`, a URL; with a type as modifier, `:identifier`, or
 * `:below` for the versions of a canonical. Fails `invalid-parameter`.
 *
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function parseReference(
  parameter: Parameter,
  value: string,
  modifier: string | undefined,
  settings: SearchSettings,
): Result<SearchExpression> {
  const param = parameter.code;
  const text = unescapeValue(value);
  switch (modifier) {
    case undefined:
      return literal(parameter, text, { settings });
    case 'identifier':
      return byIdentifier(param, value);
    case 'below':
      return text.includes('://')
        ? success({
            kind: 'reference',
            param: text.includes('|') ? `${param}:below` : param,
            url: text,
          })
        : hierarchy(param, modifier);
    case 'above':
      return hierarchy(param, modifier);
    default:
      return leadsTo(parameter, modifier, settings)
        ? literal(parameter, text, { settings, type: modifier })
        : refusedModifier(param, modifier);
  }
}

/** Whether a reference of the parameter may lead to a resource of the type. */
export function leadsTo(parameter: Parameter, type: string, settings: SearchSettings): boolean {
  return (
    settings.definitions.isResourceType(type) &&
    (parameter.targets.length === 0 ||
      parameter.targets.includes('Resource') ||
      parameter.targets.includes(type))
  );
}

function literal(
  parameter: Parameter,
  text: string,
  { settings, type }: { readonly settings: SearchSettings; readonly type?: string },
): Result<SearchExpression> {
  const param = parameter.code;
  const target = targetOf(text, settings.baseUrl);
  if (target !== undefined && 'type' in target) {
    return type !== undefined && type !== target.type
      ? success({ kind: 'none' })
      : success({ kind: 'reference', param, ...target });
  }
  if (idForm.test(text)) {
    const only = type ?? onlyTarget(parameter);
    return success({ kind: 'reference', param, ...(only ? { type: only } : {}), id: text });
  }
  return target === undefined || !/^[A-Za-z][\w+.-]*:|^#/u.test(text)
    ? malformedValue(param, 'an id, [type]/[id] or a URL')
    : success({ kind: 'reference', param, url: target.url });
}

const idForm = /^[A-Za-z0-9\-.]{1,64}$/u;

function onlyTarget({ targets }: Parameter): string | undefined {
  return targets.length === 1 && targets[0] !== 'Resource' ? targets[0] : undefined;
}

function byIdentifier(param: string, value: string): Result<SearchExpression> {
  const identifier = splitToken(value);
  return identifier.system === '' && identifier.code === undefined
    ? malformedValue(`${param}:identifier`, 'a token such as system|value')
    : success({ kind: 'reference', param, identifier });
}

function hierarchy(param: string, modifier: string): Result<SearchExpression> {
  return success({
    kind: 'not-built',
    text: `${param}:${modifier} through a hierarchy of resources is not supported.`,
  });
}

import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import { alternativeTexts } from './parameter.ts';

/**
 * How a parameter is answered by the entries of others, so that it needs none of its own:
 * `union`: one of the other parameters holds (`combo-code`: `code` or `component-code`);
 * `composite`: for one of the places, either all components hold on their own parameters, because the
 * place is the resource and each component is there once, or another composite holds.
 */
export type Derivation =
  | { readonly kind: 'union'; readonly of: readonly string[] }
  | { readonly kind: 'composite'; readonly places: readonly CompositePlace[] };

/** Where the values of a composite lie together; `params` are those of its components. */
export type CompositePlace =
  | { readonly kind: 'root'; readonly params: readonly string[] }
  | { readonly kind: 'composite'; readonly param: string; readonly params: readonly string[] };

/**
 * Returns how the parameter of a type is derived from others; undefined when it has entries of its own.
 * Parameters of references always have, for chains and includes follow them.
 */
export function derivationOf(
  definitions: Definitions,
  type: string,
  parameter: SearchParameter,
): Derivation | undefined {
  if (parameter.type === 'composite') return compositeDerivation(definitions, type, parameter);
  const { expression = '' } = parameter;
  // Most expressions name the type once, and then nothing can add up to them.
  const isOne = expression.indexOf(type) === expression.lastIndexOf(type);
  if (parameter.type === 'reference' || isOne) return undefined;
  const texts = textsOf(definitions, type, expression);
  return texts.length < 2 ? undefined : unionDerivation(definitions, type, { parameter, texts });
}

function unionDerivation(
  definitions: Definitions,
  type: string,
  { parameter, texts }: { readonly parameter: SearchParameter; readonly texts: readonly string[] },
): Derivation | undefined {
  const parts: { readonly code: string; readonly at: number }[] = [];
  const open = new Set(texts);
  for (const other of definitions.searchParameters(type).values()) {
    if (other.code === parameter.code || other.type !== parameter.type) continue;
    const own = textsOf(definitions, type, other.expression);
    const isShorter = own.length > 0 && own.length < texts.length;
    if (!isShorter || !own.every((text) => open.has(text))) continue;
    parts.push({ code: other.code, at: texts.indexOf(own[0] ?? '') });
    for (const text of own) open.delete(text);
  }
  if (open.size > 0) return undefined;
  return { kind: 'union', of: parts.sort((a, b) => a.at - b.at).map(({ code }) => code) };
}

function compositeDerivation(
  definitions: Definitions,
  type: string,
  parameter: SearchParameter,
): Derivation | undefined {
  const places: CompositePlace[] = [];
  const contexts = textsOf(definitions, type, parameter.expression);
  for (const context of contexts) {
    const place =
      context === type
        ? rootPlace(definitions, type, parameter)
        : contexts.length > 1
          ? otherComposite(definitions, type, { parameter, context })
          : undefined;
    if (place === undefined) return undefined;
    places.push(place);
  }
  return places.length === 0 ? undefined : { kind: 'composite', places };
}

/** The parameters of the components, each of an element that is there at most once. */
function rootPlace(
  definitions: Definitions,
  type: string,
  parameter: SearchParameter,
): CompositePlace | undefined {
  const params: string[] = [];
  for (const { definition, expression } of parameter.component ?? []) {
    const kind = definitions.searchParameter(definition)?.type;
    const wanted = componentTexts(definitions, type, { context: type, expression });
    const found = [...definitions.searchParameters(type).values()].find((one) => {
      const own = textsOf(definitions, type, one.expression);
      return (
        one.type === kind &&
        own.every((text) => isSingle(definitions, type, text)) &&
        wanted.every((text) => own.includes(text))
      );
    });
    if (found === undefined) return undefined;
    params.push(found.code);
  }
  return { kind: 'root', params };
}

/** Another composite of the same components that is about this place alone. */
function otherComposite(
  definitions: Definitions,
  type: string,
  { parameter, context }: { readonly parameter: SearchParameter; readonly context: string },
): CompositePlace | undefined {
  const wanted = componentKey(parameter);
  const found = [...definitions.searchParameters(type).values()].find(
    (one) =>
      one.type === 'composite' &&
      componentKey(one) === wanted &&
      textsOf(definitions, type, one.expression).join() === context,
  );
  if (found === undefined) return undefined;
  const params = (found.component ?? []).map(
    ({ definition }) => definitions.searchParameter(definition)?.code ?? '',
  );
  return { kind: 'composite', param: found.code, params };
}

function componentKey({ component = [] }: SearchParameter): string {
  return component.map(({ expression }) => expression).join('\n');
}

function componentTexts(
  definitions: Definitions,
  type: string,
  { context, expression }: { readonly context: string; readonly expression: string },
): readonly string[] {
  return expression
    .split(' | ')
    .flatMap((part) => textsOf(definitions, type, `${context}.${part.trim()}`));
}

/** Whether the first element of a path of one element (`Observation.value.as(Quantity)`) cannot repeat. */
function isSingle(definitions: Definitions, type: string, text: string): boolean {
  const [, name = ''] = /^[A-Za-z]+\.([A-Za-z]+)(?:\.as\([A-Za-z]+\))?$/u.exec(text) ?? [];
  const path = `${type}.${name}`;
  const elements = definitions.structureDefinition(type)?.snapshot?.element ?? [];
  return elements.some(
    (element) => (element.path === path || element.path === `${path}[x]`) && element.max === '1',
  );
}

/** The alternatives about the type in one spelling: `(a as T)` is `a.as(t)`. */
function textsOf(
  definitions: Definitions,
  type: string,
  expression: string | undefined,
): readonly string[] {
  return alternativeTexts(definitions, type, expression).map((text) =>
    text
      .replace(/^\((.*)\)$/u, '$1')
      .replace(/ as ([A-Za-z]+)$/u, '.as($1)')
      .replace(/\.as\(DateTime\)$/u, '.as(dateTime)'),
  );
}

import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { ElementPath } from './element-path.ts';
import type { SimpleEntry } from './index-entry.ts';
import { dateEntries } from './param/date.ts';
import { numberEntries } from './param/number.ts';
import { quantityEntries } from './param/quantity.ts';
import { referenceEntries } from './param/reference.ts';
import { stringEntries } from './param/string.ts';
import { tokenEntries } from './param/token.ts';
import type { Sink } from './path-tree.ts';
import { uriEntries } from './param/uri.ts';

/** What entries depend on besides the definitions. */
export interface ConversionOptions {
  /** The public FHIR base without a trailing slash; absolute references below it are local. */
  readonly baseUrl?: string;
  /** Minutes east of UTC of dates without a zone. Default: 0. */
  readonly offsetMinutes?: number;
}

/** What values are converted with. */
export interface Conversion {
  readonly param: string;
  readonly paramType: SearchParameter['type'];
  /** The system of a code's value set; empty when it has none or several. */
  readonly system: string;
  readonly offsetMinutes: number;
  readonly baseUrl: string | undefined;
}

/**
 * Returns the entries of a value of the FHIR type for a parameter; none when the parameter's type is
 * not for such values.
 *
 * @see https://hl7.org/fhir/R4/search.html#table
 */
export function convert(
  conversion: Conversion,
  value: JsonValue,
  type: string,
): readonly SimpleEntry[] {
  return converters[conversion.paramType](conversion, value, type);
}

/** Returns what adds the entries of a value; `type` undefined: the walk tells it. */
export function sinkOf(conversion: Conversion, type: string | undefined): Sink {
  const converter = converters[conversion.paramType];
  return (value, entries, told) => {
    for (const entry of converter(conversion, value, type ?? told ?? '')) entries.push(entry);
  };
}

type Converter = (conversion: Conversion, value: JsonValue, type: string) => readonly SimpleEntry[];

const none: Converter = () => [];

const converters: Readonly<Record<SearchParameter['type'], Converter>> = {
  token: ({ param, system }, value, type) => tokenEntries(param, value, { type, system }),
  reference: ({ param, baseUrl }, value, type) => referenceEntries(param, value, { type, baseUrl }),
  date: ({ param, offsetMinutes }, value, type) =>
    dateEntries(param, value, { type, offsetMinutes }),
  string: ({ param }, value) => stringEntries(param, value),
  quantity: ({ param }, value, type) => quantityEntries(param, value, type),
  number: ({ param }, value) => numberEntries(param, value),
  uri: ({ param }, value) => uriEntries(param, value),
  composite: none,
  special: none,
};

/** Returns how the values at the end of a path become entries of the parameter. */
export function conversionOf(
  definitions: Definitions,
  parameter: Pick<SearchParameter, 'code' | 'type'>,
  path: Pick<ElementPath, 'valueSet'>,
  { offsetMinutes = 0, baseUrl }: ConversionOptions,
): Conversion {
  return {
    param: parameter.code,
    paramType: parameter.type,
    system: path.valueSet === undefined ? '' : onlySystem(definitions, path.valueSet),
    offsetMinutes,
    baseUrl,
  };
}

/** The system of a value set that takes its codes from one; empty for others. */
function onlySystem(definitions: Definitions, canonical: string): string {
  const include = definitions.valueSet(canonical)?.compose?.include ?? [];
  const systems = new Set(include.map(({ system }) => system ?? ''));
  const [system = ''] = systems;
  return systems.size === 1 ? system : '';
}

import type { IndexEntry, SimpleEntry } from '../../fhir/search/index-entry.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';
import {
  identifierName,
  paramName,
  severalDatesName,
  spanName,
  systemName,
  typeName,
} from './names.ts';
import { noDate } from './schema.ts';

/** The system under which references to other servers are posted. */
export const urlSystem = -1;

/** The search parameter that orders postings, where a type has it. */
export const dateParam = 'date';

/** `[param, code, system, text]`: an exact key of a version. `text` is the folded display, when there is one. */
export type Key = readonly [number, string, number, string?];

/** The columns that a value fills; the same names in every table. */
export interface Columns {
  readonly system?: number;
  readonly code?: string;
  readonly low?: number;
  readonly high?: number;
  readonly unit?: string | undefined;
  readonly folded?: string;
  readonly exact?: string;
}

/** What the index holds of one version. */
export interface IndexRows {
  /** Milliseconds; `noDate` without one. */
  readonly date: number;
  /** Numbers of all parameters with an entry: `,3,17,`. */
  readonly params: string;
  readonly keys: readonly Key[];
  readonly ranges: readonly (Columns & { readonly param: number })[];
  readonly strings: readonly (Columns & { readonly param: number })[];
  readonly composites: readonly { readonly param: number; readonly parts: readonly Columns[] }[];
}

/** Returns the rows of the entries of a resource of the type. Gives names numbers. */
export function indexRows(
  type: string,
  entries: readonly IndexEntry[],
  names: Names,
  writer: Connection,
): IndexRows {
  const keys = new Map<string, Key>();
  const rows = { ranges: [] as ParamColumns[], strings: [] as ParamColumns[] };
  const composites: { param: number; parts: readonly Columns[] }[] = [];
  const params = new Set<number>();
  const post = (key: Key) => keys.set(`${key[0]} ${key[2]} ${key[1]}`, key);
  post([names.intern(typeName(type), writer), '', 0]);
  for (const entry of entries) {
    const param = names.intern(paramName(type, entry.param), writer);
    params.add(param);
    if (entry.kind === 'composite') {
      const parts = entry.components.map((part) => columns(part, names, writer));
      composites.push({ param, parts });
      const first = parts[0];
      if (first?.code !== undefined && first.system !== undefined && first.low === undefined) {
        post([param, first.code, first.system]);
      }
      continue;
    }
    const values = columns(entry, names, writer);
    if (entry.kind === 'string') {
      rows.strings.push({ param, ...values });
    } else if ('low' in entry) {
      rows.ranges.push({ param, ...values });
    } else {
      post(exactKey(param, values, entry));
      postOthers(type, entry, post, (text) => names.intern(text, writer));
    }
  }
  const list = params.size > 0 ? `,${[...params].join(',')},` : '';
  const date = onlyDate(type, entries, names, writer);
  return { date, params: list, keys: [...keys.values()], ...rows, composites };
}

type ParamColumns = Columns & { readonly param: number };

/** Returns the columns of a value. */
function columns(entry: SimpleEntry, names: Names, writer: Connection): Columns {
  switch (entry.kind) {
    case 'token':
      return { system: names.intern(systemName(entry.system), writer), code: entry.code };
    case 'string':
      return { folded: entry.folded, exact: entry.exact };
    case 'date':
    case 'number':
      return { low: entry.low, high: entry.high };
    case 'quantity': {
      const { low, high, code, unit } = entry;
      return { low, high, code, unit, system: names.intern(systemName(entry.system), writer) };
    }
    case 'reference':
      return entry.type !== undefined && entry.id !== undefined
        ? { system: names.intern(typeName(entry.type), writer), code: entry.id }
        : { system: urlSystem, code: entry.url ?? '' };
    case 'uri':
      return { system: 0, code: entry.value };
  }
}

function exactKey(param: number, values: Columns, entry: SimpleEntry): Key {
  const key = [param, values.code ?? '', values.system ?? 0] as const;
  return entry.kind === 'token' && entry.text !== undefined ? [...key, entry.text] : key;
}

/** A reference may be found by its identifier and, when it is local, by its URL too. */
function postOthers(
  type: string,
  entry: SimpleEntry,
  post: (key: Key) => void,
  intern: (text: string) => number,
): void {
  if (entry.kind !== 'reference') {
    return;
  }
  if (entry.url !== undefined) {
    post([intern(paramName(type, entry.param)), entry.url, urlSystem]);
  }
  if (entry.identifier !== undefined) {
    const { system, code } = entry.identifier;
    post([intern(identifierName(type, entry.param)), code, intern(systemName(system))]);
  }
}

/** Notes what keeps postings from being ordered and cut by date: several dates, and how long they are. */
function onlyDate(
  type: string,
  entries: readonly IndexEntry[],
  names: Names,
  writer: Connection,
): number {
  const lows = new Set<number>();
  for (const entry of entries) {
    if (entry.kind === 'date' && entry.param === dateParam) {
      lows.add(entry.low);
      names.intern(spanName(type, entry.high - entry.low), writer);
    }
  }
  const [low] = lows;
  if (lows.size > 1) {
    names.intern(severalDatesName(type), writer);
  }
  return low === undefined ? noDate : Math.max(low, noDate + 1);
}

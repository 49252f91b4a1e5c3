/** A variable of the environment. `byDefault` is its text when it is unset or empty. */
export interface Setting<T> {
  readonly byDefault: string;
  readonly meaning: string;
  /** What `read` wants, as the rest of "PORT must be …". */
  readonly wanted: string;
  /** Returns the value, or undefined for a bad text. */
  readonly read: (text: string) => T | undefined;
}

/** From everything to nothing. */
export type LogLevel = (typeof logLevels)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every variable that the server reads, as the README lists them. */
export const settings = Object.freeze({
  HOST: setting({
    byDefault: '127.0.0.1',
    meaning: 'address to listen on; another than loopback needs ALLOW_ANONYMOUS=1',
    wanted: 'an address or a host name',
    read: (text) => (/^[A-Za-z0-9.:%-]+$/u.test(text) ? text : undefined),
  }),
  PORT: wholeNumber('8080', [0, 65_535], 'port to listen on; 0: any free port, which is printed'),
  BASE_URL: setting<string | null>({
    byDefault: '',
    meaning: 'public FHIR base for links; without a path, /fhir is appended; empty: host and port',
    wanted: 'an http or https URL without query, fragment and user',
    read: publicBase,
  }),
  DATA_DIR: setting({
    byDefault: './data',
    meaning: 'folder of the SQLite files',
    wanted: 'a folder',
    read: (text) => text,
  }),
  MONGODB_URL: setting<null>({
    byDefault: '',
    meaning: 'reserved for the MongoDB store, which is not built yet',
    wanted: 'unset, for the MongoDB store is not built yet',
    read: (text) => (text === '' ? null : undefined),
  }),
  LOG_LEVEL: setting({
    byDefault: 'info',
    meaning: `least level that is logged: ${logLevels.join(', ')}`,
    wanted: `one of ${logLevels.join(', ')}`,
    read: (text) => logLevels.find((level) => level === text),
  }),
  ALLOW_ANONYMOUS: setting({
    byDefault: '0',
    meaning: '1: whoever reaches HOST may read and write everything',
    wanted: '0 or 1',
    read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
  }),
  CORS_ORIGINS: setting({
    byDefault: '',
    meaning: 'origins, separated by commas, whose pages may read answers; *: all',
    wanted: 'a list of origins such as https://viewer.example.org, or *',
    read: originList,
  }),
  REQUESTS_MAX: wholeNumber('512', [1, 100_000], 'requests at once; more are answered with 503'),
  BODY_BYTES_MAX: wholeNumber('33554432', [1024, 1_073_741_824], 'bytes of a body, unpacked'),
  JSON_DEPTH_MAX: wholeNumber('64', [16, 512], 'nesting of a JSON body'),
  BUNDLE_ENTRIES_MAX: wholeNumber('5000', [1, 100_000], 'entries of a batch or transaction'),
  PAGE_SIZE_DEFAULT: wholeNumber('50', [1, 10_000], 'matches on a page without _count'),
  PAGE_SIZE_MAX: wholeNumber('1000', [1, 10_000], 'matches on a page, whatever _count says'),
  PAGE_LINK_MINUTES: wholeNumber(
    '60',
    [1, 10_080],
    'minutes for which links to further pages hold',
  ),
  INCLUDES_MAX: wholeNumber('1000', [0, 100_000], 'resources that a page includes'),
  CHAIN_DEPTH_MAX: wholeNumber('4', [1, 16], 'links of a chained search parameter'),
  REPLANS_MAX: wholeNumber(
    '8',
    [0, 1000],
    'times that a write is planned again when others interfere',
  ),
  SUBJECT_RECORDS_MAX: wholeNumber(
    '50000',
    [0, 10_000_000],
    'records of the subjects last asked for that are kept in memory',
  ),
});

function setting<T>(row: Setting<T>): Setting<T> {
  return Object.freeze(row);
}

function wholeNumber(
  byDefault: string,
  [min, max]: readonly [number, number],
  meaning: string,
): Setting<number> {
  return setting({
    byDefault,
    meaning,
    wanted: `a whole number from ${min} to ${max}`,
    read: (text) => {
      const value = Number(text);
      return /^\d{1,12}$/u.test(text) && value >= min && value <= max ? value : undefined;
    },
  });
}

function publicBase(text: string): string | null | undefined {
  if (text === '') return null;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol)) return undefined;
  if (url.search !== '' || url.hash !== '' || url.username !== '') return undefined;
  const path = url.pathname.replace(/\/+$/u, '');
  return `${url.origin}${path === '' ? '/fhir' : path}`;
}

function originList(text: string): readonly string[] | undefined {
  const origins = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return origins.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin)
    ? Object.freeze(origins)
    : undefined;
}

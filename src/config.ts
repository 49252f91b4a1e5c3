import type { RestLimits } from './rest/rest.ts';
import { settings, type LogLevel, type Setting } from './settings.ts';

/** What a server is started with. Frozen; nothing else reads the environment. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The public FHIR base without a trailing slash; undefined: that of host and port. */
  readonly baseUrl: string | undefined;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly allowAnonymous: boolean;
  readonly corsOrigins: readonly string[];
  readonly requestsMax: number;
  readonly limits: RestLimits;
}

/** Either the configuration, or a sentence for each bad value. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

type Values = {
  readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer T>
    ? T
    : never;
};

/** Returns the configuration that the environment asks for. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConfigResult {
  const problems: string[] = [];
  const entries = Object.entries(settings).map(([name, setting]) => {
    const given = environment[name]?.trim() ?? '';
    const value = setting.read(given === '' ? setting.byDefault : given);
    if (value === undefined) problems.push(`${name} must be ${setting.wanted}.`);
    return [name, value] as const;
  });
  if (problems.length > 0) return { ok: false, problems };
  const config = configOf(Object.fromEntries(entries) as Values);
  const conflicts = conflictsOf(config);
  return conflicts.length > 0 ? { ok: false, problems: conflicts } : { ok: true, config };
}

function configOf(values: Values): Config {
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    baseUrl: values.BASE_URL ?? undefined,
    dataDir: values.DATA_DIR,
    logLevel: values.LOG_LEVEL,
    allowAnonymous: values.ALLOW_ANONYMOUS,
    corsOrigins: values.CORS_ORIGINS,
    requestsMax: values.REQUESTS_MAX,
    limits: Object.freeze({
      pageSizeDefault: values.PAGE_SIZE_DEFAULT,
      pageSizeMax: values.PAGE_SIZE_MAX,
      pageLinkMsMax: values.PAGE_LINK_MINUTES * 60_000,
      bundleEntriesMax: values.BUNDLE_ENTRIES_MAX,
      includesMax: values.INCLUDES_MAX,
      chainDepthMax: values.CHAIN_DEPTH_MAX,
      jsonDepthMax: values.JSON_DEPTH_MAX,
      bodyBytesMax: values.BODY_BYTES_MAX,
      replansMax: values.REPLANS_MAX,
      subjectRecordsMax: values.SUBJECT_RECORDS_MAX,
    }),
  });
}

/** What is wrong with values that are good by themselves. */
function conflictsOf({ host, allowAnonymous, limits }: Config): readonly string[] {
  return [
    ...(isLoopback(host) || allowAnonymous
      ? []
      : [
          'HOST must be a loopback address: no clients are configured, so whoever reaches the ' +
            'server could read and write everything. ALLOW_ANONYMOUS=1 allows just that.',
        ]),
    ...(limits.pageSizeDefault > limits.pageSizeMax
      ? ['PAGE_SIZE_DEFAULT must be at most PAGE_SIZE_MAX.']
      : []),
  ];
}

/** Returns whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

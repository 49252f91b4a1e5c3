import { randomBytes } from 'node:crypto';
import { pino, type Logger } from 'pino';
import { loadSeed } from '../seed/load-seed.ts';
import type { StudyLoader } from '../seed/load-study.ts';
import type { Config } from './config.ts';
import { readDefinitions } from './definition-files.ts';
import type { Definitions } from './fhir/definitions/definitions.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { dispatch } from './rest/dispatch.ts';
import type { RestRequest } from './rest/rest.ts';
import { createLiveContext } from './live-context.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import { unrestricted } from './store/resource-store.ts';

/** A server that takes requests. */
export interface RunningServer {
  /** The public FHIR base without a trailing slash. */
  readonly baseUrl: string;
  /** Where it listens (`http://127.0.0.1:8080`). */
  readonly origin: string;
  /** Finishes the requests that were accepted, writes everything to the database file, and ends. */
  readonly close: () => Promise<void>;
}

/** What a start does otherwise than by default. */
export interface StartOptions {
  /** Default: R4 and the trial's profiles, from the files of the package. */
  readonly definitions?: Definitions;
  /** Brings what the server starts with into the store; default: the study. */
  readonly load?: (loader: StudyLoader) => Promise<unknown>;
  /** Default: JSON lines to the standard error output. */
  readonly logger?: Logger;
}

/** Together with the rest of the end this stays below the 10 s that operators grant. */
const closeMsMax = 8_000;

/**
 * Starts a server and returns it once it is ready: opens the store, reads the definitions, listens, and
 * loads the study. Rejects when the address or the folder cannot be had, or the study is refused.
 */
export async function startServer(
  config: Config,
  {
    definitions = readDefinitions(),
    load = loadSeed,
    logger = loggerOf(config),
  }: StartOptions = {},
): Promise<RunningServer> {
  const store = await openSqliteStore({
    directory: config.dataDir,
    pageLifetimeMs: config.limits.pageLinkMsMax,
  });
  const state = { baseUrl: config.baseUrl ?? '', isReady: false };
  const context = await createLiveContext({
    store,
    definitions,
    limits: config.limits,
    linkKey: randomBytes(32).toString('base64url'),
  });
  const app = createApp({
    context,
    baseUrl: () => state.baseUrl,
    access: unrestricted,
    logger,
    isReady: () => state.isReady,
    requestsMax: config.requestsMax,
    corsOrigins: config.corsOrigins,
  });
  const ends: (() => Promise<void>)[] = [async () => store.close()];
  const close = async (): Promise<void> => {
    state.isReady = false;
    for (const end of ends) await end();
    logger.flush();
  };
  try {
    const { origin, close: stop } = await listen(app, { ...config, closeMsMax });
    ends.unshift(stop);
    if (config.baseUrl === undefined) state.baseUrl = `${origin}/fhir`;
    const send = async (request: RestRequest) => dispatch(context(), request);
    await load({ context, baseUrl: state.baseUrl, send });
    state.isReady = true;
    return { baseUrl: state.baseUrl, origin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function loggerOf({ logLevel }: Config): Logger {
  return pino(
    { level: logLevel, base: null },
    pino.destination({ fd: 2, sync: false, minLength: 0 }),
  );
}

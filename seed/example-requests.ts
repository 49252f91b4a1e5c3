import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../src/fhir/json/json-value.ts';

/** One row of the worked example: the request that a hospital or an investigator sends. */
export interface ExampleRequest {
  readonly row: number;
  readonly title: string;
  readonly method: string;
  /** Relative to the FHIR base; `{id}` stands for the id that the search `id` finds. */
  readonly url: string;
  readonly id?: string;
  readonly body?: JsonObject;
}

/** Returns the requests of `seed/example/*.json` in the order of their rows. */
export function readExample(
  directory = join(import.meta.dirname, 'example'),
): readonly ExampleRequest[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as ExampleRequest);
}

/** Returns the name of the operation that the request invokes (`$enrol`), if it invokes one. */
export function operationOf(request: ExampleRequest): string | undefined {
  return /\$[a-z-]+/.exec(request.url)?.[0];
}

import type { Result } from '../fhir/result.ts';
import type { RestContext, RestRequest, RestResponse } from './rest.ts';
import { commitWrites } from './write-commit.ts';
import type { WriteIntent } from './write-intent.ts';
import { writeResponse } from './write-response.ts';

/** Writes the one thing that a request asks for and answers with what became of it. */
export async function writeOne(
  context: RestContext,
  request: RestRequest,
  intent: Result<WriteIntent>,
): Promise<Result<RestResponse>> {
  if (!intent.ok) return intent;
  const written = await commitWrites(context, request, [intent.value]);
  if (!written.ok) return written;
  const [outcome] = written.value;
  const { interaction } = intent.value;
  if (outcome === undefined) throw new Error('A write of one intent has one outcome.');
  return { ok: true, value: { ...writeResponse(request, outcome), interaction } };
}

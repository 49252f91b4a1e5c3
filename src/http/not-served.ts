import type { Request, Response } from 'express';
import { failure } from '../fhir/operation-outcome.ts';
import { failureResponse } from '../rest/dispatch.ts';
import { plainFormat } from './content-negotiation.ts';
import { writeAnswer } from './response.ts';

/** Answers 404 for a path outside all roots. */
export async function notServed(request: Request, response: Response): Promise<void> {
  const answer = failureResponse(
    failure('not-found', 'Nothing is served under this path; FHIR is under /fhir.'),
  );
  await writeAnswer(request, response, { answer, format: plainFormat, headers: {} });
}

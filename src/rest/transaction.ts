import { failure, type Failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import type { BundleInteraction } from './batch.ts';
import { entryRequest, type EntryRequest } from './batch-entry.ts';
import {
  asAsked,
  failureEntry,
  responseBundle,
  responseEntry,
  type EntryText,
} from './batch-response.ts';
import { createIntent } from './create.ts';
import { deleteIntent } from './delete.ts';
import { patchIntent } from './patch.ts';
import { combined, placed } from './plan-failure.ts';
import { route, type InteractionCode } from './route.ts';
import type { Interaction, RestContext, RestRequest } from './rest.ts';
import { updateIntent } from './update.ts';
import { commitWrites } from './write-commit.ts';
import type { WriteIntent } from './write-intent.ts';
import { createPace } from './write-pace.ts';
import { writeResponse } from './write-response.ts';
import type { RequestBundle } from './batch-bundle.ts';

/**
 * Returns a function that answers a transaction: all of its writes in one commit, or none of them and
 * an OperationOutcome that names the entries at fault. Deletes come first, then creates, updates and
 * patches, then reads, which see what was written; `dispatch` answers these.
 *
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function createTransaction(dispatch: Interaction): BundleInteraction {
  return async (context, request, bundle) => {
    const steps = await readSteps(context, request, bundle);
    if (!steps.ok) return steps;
    const intents = steps.value.flatMap(({ intent }) => intent ?? []);
    const unreadable = await checkReads(context, steps.value, dispatch);
    if (unreadable !== undefined) return failed(unreadable);
    const written = await commitWrites(context, request, intents);
    if (!written.ok) return written;
    const entries: EntryText[] = [];
    let outcomeIndex = 0;
    for (const { entry, intent } of steps.value) {
      const outcome = intent === undefined ? undefined : written.value[outcomeIndex++];
      if (outcome === undefined) {
        const answer = await dispatch(context, entry.request);
        entries.push(
          answer.ok
            ? responseEntry(asAsked(entry.request.method, answer.value))
            : failureEntry(answer.failure),
        );
      } else {
        const response = writeResponse(request, outcome, 'minimal');
        entries.push(responseEntry(response, outcome.issues));
      }
    }
    return success(responseBundle('transaction-response', entries));
  };
}

/** Returns what a transaction wants written, in the order of its entries. Fails as the transaction would. */
export async function transactionIntents(
  context: RestContext,
  request: RestRequest,
  bundle: RequestBundle,
): Promise<Result<readonly WriteIntent[]>> {
  const steps = await readSteps(context, request, bundle);
  return steps.ok ? success(steps.value.flatMap(({ intent }) => intent ?? [])) : steps;
}

/** An entry, and what it wants written; without an intent it reads. */
interface Step {
  readonly entry: EntryRequest;
  readonly intent?: WriteIntent;
}

async function readSteps(
  context: RestContext,
  request: RestRequest,
  bundle: RequestBundle,
): Promise<Result<readonly Step[]>> {
  const pace = createPace();
  const steps: Step[] = [];
  const failures: Failure[] = [];
  for (const index of bundle.entries.keys()) {
    const entry = entryRequest(request, bundle, index);
    const step = entry.ok ? readStep(context, entry.value) : entry;
    if (step.ok) steps.push(step.value);
    else {
      const issues = placed(step.failure.issues, `Bundle.entry[${index}]`);
      failures.push({ ...step.failure, issues });
    }
    await pace();
  }
  const failure = combined([...failures, ...sharedUrls(steps)]);
  return failure === undefined ? success(steps) : failed(failure);
}

/**
 * What is linked by a `fullUrl` must be one resource.
 *
 * @see https://hl7.org/fhir/R4/bundle.html#bdl-7
 */
function sharedUrls(steps: readonly Step[]): readonly Failure[] {
  const seen = new Set<string>();
  return steps.flatMap(({ entry: { fullUrl, place }, intent }) => {
    if (fullUrl === undefined || intent === undefined) return [];
    const isShared = seen.has(fullUrl);
    seen.add(fullUrl);
    const text = 'Another entry of the transaction has the same fullUrl.';
    return isShared ? [failure('invalid-request', text, `${place}.fullUrl`)] : [];
  });
}

function readStep(context: RestContext, entry: EntryRequest): Result<Step> {
  const { request, place, fullUrl } = entry;
  const routed = route(context.definitions, request);
  if (!routed.ok) {
    const issues = routed.failure.issues.map((issue) => ({
      ...issue,
      expression: [`${place}.request.url`],
    }));
    return failed({ ...routed.failure, issues });
  }
  const intent = intentOf(context, request, routed.value.interaction);
  if (intent === 'read') return success({ entry });
  if (intent === 'refused') {
    const text = 'A transaction has creates, updates, patches, deletes and reads, nothing else.';
    return failed(failure('invalid-request', text, `${place}.request`));
  }
  return intent.ok
    ? success({
        entry,
        intent: { ...intent.value, place, ...(fullUrl !== undefined ? { fullUrl } : {}) },
      })
    : intent;
}

function intentOf(
  context: RestContext,
  request: RestRequest,
  interaction: InteractionCode | undefined,
): Result<WriteIntent> | 'read' | 'refused' {
  if (interaction === undefined || refused.has(interaction)) return 'refused';
  return writers.get(interaction)?.(context, request) ?? 'read';
}

type IntentReader = (context: RestContext, request: RestRequest) => Result<WriteIntent>;

const refused: ReadonlySet<InteractionCode> = new Set<InteractionCode>([
  'transaction',
  'operation',
]);

const writers: ReadonlyMap<InteractionCode, IntentReader> = new Map<InteractionCode, IntentReader>([
  ['create', createIntent],
  ['update', updateIntent],
  ['patch', patchIntent],
  ['delete', deleteIntent],
]);

/**
 * A read that cannot be answered fails the transaction before anything is written. One of a resource
 * that is not there yet may find it afterwards, when the transaction writes it.
 */
async function checkReads(
  context: RestContext,
  steps: readonly Step[],
  dispatch: Interaction,
): Promise<Failure | undefined> {
  const written = new Set(
    steps.flatMap(({ entry: { request }, intent }) =>
      intent === undefined || request.path.length < 2 ? [] : request.path.join('/'),
    ),
  );
  const failures: Failure[] = [];
  for (const { entry, intent } of steps) {
    if (intent !== undefined || written.has(entry.request.path.slice(0, 2).join('/'))) continue;
    const answer = await dispatch(context, entry.request);
    if (!answer.ok) {
      const { kind, issues } = answer.failure;
      failures.push({
        kind,
        issues: issues.map((issue) => ({ ...issue, expression: [entry.place] })),
      });
    }
  }
  return combined(failures);
}

import type { JsonDocument } from '../../fhir/json/json-document.ts';
import { isJsonObject, type JsonArray, type JsonValue } from '../../fhir/json/json-value.ts';
import { subDocument } from '../../fhir/json/sub-document.ts';
import { operationOutcome, statusOf, type Issue } from '../../fhir/operation-outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { success, type Result } from '../../fhir/result.ts';
import type { Pace } from '../../fhir/validate/validator.ts';
import { demandedProfile } from '../../trial/trial-record.ts';
import { requestBundle } from '../batch-bundle.ts';
import { createIntent } from '../create.ts';
import { deleteIntent } from '../delete.ts';
import { gradeIssues } from '../grade-recomputed.ts';
import { foreseen } from '../plan-derived.ts';
import { placed } from '../plan-failure.ts';
import { planWrites } from '../plan-writes.ts';
import type { Interaction, RestContext, RestRequest } from '../rest.ts';
import { transactionIntents } from '../transaction.ts';
import { updateIntent } from '../update.ts';
import type { WriteIntent } from '../write-intent.ts';
import { createPace } from '../write-pace.ts';
import { faultlessEntries } from './validate-entries.ts';
import { readQuestion, type ValidationQuestion } from './validate-question.ts';
import { questionnaireFindings } from './validate-questionnaires.ts';

/**
 * Answers 200 with the OperationOutcome of a resource as if it were stored, and stores nothing: one given
 * in the body, bare or in Parameters, or the stored one of the URL. With `mode` also what planning the
 * create, update or delete finds: references, conditions, what is the server's.
 *
 * @see https://hl7.org/fhir/R4/resource-operation-validate.html
 */
export const validate: Interaction = async (context, request) => {
  const question = await readQuestion(context, request);
  if (!question.ok) return question;
  const content = await contentIssues(context, question.value);
  const answers = await questionnaireFindings(context, request, question.value);
  const planned = await planIssues(context, request, question.value);
  if (!planned.ok) return planned;
  const found = distinct([...content, ...answers, ...planned.value]);
  const issues = [...found, ...faultlessEntries(question.value, found)];
  const body = JSON.stringify(operationOutcome(issues));
  return success({ status: 200, headers: {}, body });
};

/** A delete ignores the content. */
async function contentIssues(
  context: RestContext,
  { document, mode, profiles: asked }: ValidationQuestion,
): Promise<readonly Issue[]> {
  if (document === undefined || mode === 'delete') return [];
  const demanded = demandedProfile(document.value as Resource, context.terminology);
  const isKnown =
    demanded !== undefined && context.definitions.structureDefinition(demanded) !== undefined;
  const profiles = isKnown ? [demanded, ...asked] : asked;
  const pace = createPace();
  const { issues } = await context.validator.validatePaced(document, pace, profiles);
  return [
    ...issues,
    ...gradeIssues(document.value as Resource),
    ...(await entryIssues(context, document, pace)),
  ];
}

/** What planning the write finds; a plan that fails was judged, unless the server is at fault. */
async function planIssues(
  context: RestContext,
  request: RestRequest,
  question: ValidationQuestion,
): Promise<Result<readonly Issue[]>> {
  const intents = await intentsOf(context, request, question);
  if (intents === undefined) return success([]);
  const plan = intents.ok ? await planWrites(context, request, intents.value) : intents;
  if (plan.ok) return success(plan.value.outcomes.flatMap(({ issues }) => foreseen(issues)));
  return statusOf(plan.failure.kind) < 500 ? success(plan.failure.issues) : plan;
}

/**
 * What the profiles that this server demands find in the entries of a Bundle. Lets other requests go on
 * between entries.
 */
async function entryIssues(
  context: RestContext,
  bundle: JsonDocument,
  pace: Pace,
): Promise<readonly Issue[]> {
  const { resourceType, entry } = bundle.value;
  if (resourceType !== 'Bundle' || !Array.isArray(entry)) return [];
  const issues: Issue[] = [];
  for (const [index, one] of (entry as JsonArray).entries()) {
    issues.push(...placed(demandIssues(context, bundle, { one, index }), `Bundle.entry[${index}]`));
    await pace();
  }
  return issues;
}

function demandIssues(
  context: RestContext,
  bundle: JsonDocument,
  { one, index }: { readonly one: JsonValue; readonly index: number },
): readonly Issue[] {
  const resource = isJsonObject(one) ? one['resource'] : undefined;
  if (!isJsonObject(resource)) return [];
  const demanded = demandedProfile(resource as Resource, context.terminology);
  if (demanded === undefined || context.definitions.structureDefinition(demanded) === undefined) {
    return [];
  }
  const document = subDocument(bundle, ['entry', index, 'resource']);
  return document === undefined
    ? []
    : [
        ...context.validator.validate(document, [demanded]).issues,
        ...gradeIssues(resource as Resource),
      ];
}

/** The writes to plan; undefined when the content alone is asked for. */
async function intentsOf(
  context: RestContext,
  request: RestRequest,
  question: ValidationQuestion,
): Promise<Result<readonly WriteIntent[]> | undefined> {
  const { mode, document } = question;
  // Against a profile the content is judged, as without a mode.
  if (mode === undefined || mode === 'profile') return undefined;
  const write = {
    ...request,
    path: targetOf(question),
    query: [],
    ...(document !== undefined ? { document } : {}),
  };
  if (mode === 'delete') return one(deleteIntent(context, write));
  const bundle = requestBundle(context, write);
  if (bundle.ok) return transactionIntents(context, write, bundle.value);
  return one(mode === 'create' ? createIntent(context, write) : updateIntent(context, write));
}

function targetOf({ mode, type, id, document }: ValidationQuestion): readonly string[] {
  const { resourceType, id: named } = (document?.value ?? {}) as Partial<Resource>;
  const target = [id ?? named].filter((part) => part !== undefined);
  return [type ?? resourceType ?? '', ...(mode === 'create' ? [] : target)];
}

function one(intent: Result<WriteIntent>): Result<readonly WriteIntent[]> {
  return intent.ok ? success([intent.value]) : intent;
}

/** Planning validates too; what was found twice is said once. */
function distinct(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

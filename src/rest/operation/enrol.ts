import { parseDocument } from '../../fhir/json/parse.ts';
import { failure } from '../../fhir/operation-outcome.ts';
import type { ResourceKey } from '../../fhir/resource.ts';
import { failed, success, type Result } from '../../fhir/result.ts';
import { asOfTime, type AsOf } from '../../trial/as-of.ts';
import { studyReference } from '../../trial/canonical.ts';
import { deviationResource, storedCode } from '../../trial/deviation.ts';
import { objectsOf, textOf } from '../../trial/element.ts';
import {
  enrolledGroup,
  enrolledSubject,
  enrolmentOf,
  orderOf,
  type Enrolment,
} from '../../trial/enrolment.ts';
import { searchAll } from '../../trial/load-records.ts';
import { trialRecord } from '../../trial/record-versions.ts';
import { readTime, type Zone } from '../../trial/local-time.ts';
import { referenceKey, type TrialRecord } from '../../trial/subject-records.ts';
import type { Trial } from '../../trial/trial.ts';
import type { OperationRow } from '../operation-row.ts';
import { readTrial } from '../read-trial.ts';
import type { Interaction, RestContext, RestRequest } from '../rest.ts';
import { commitPrepared, type Prepared } from '../write-prepared.ts';
import type { UpdateIntent, WriteIntent } from '../write-intent.ts';
import { readInputs, type Inputs } from './trial-input.ts';
import { knownRecords, rowOf, subjectOf } from './trial-operation.ts';

/** The row of `POST ResearchSubject/[id]/$enrol`. */
export const enrolOperation: OperationRow = {
  ...rowOf('enrol', 'ResearchSubject'),
  methods: ['POST'],
  run: async (context, request) => enrol(context, request),
};

/**
 * Answers with the ResearchSubject once it has the next order number of the study, a subject number and
 * an arm; one that has an order number already is answered unchanged. The numbers are those of the
 * commits, without gaps, however many calls arrive at once.
 * Fails `business-rule` when the gate is closed and not overridden with a reason.
 */
const enrol: Interaction = async (context, request) => {
  const inputs = readInputs(context, request, [
    { name: 'date', type: 'dateTime' },
    { name: 'override', type: 'boolean' },
    { name: 'reason', type: 'string' },
  ]);
  if (!inputs.ok) return inputs;
  const subject = await subjectOf(context, request);
  if (!subject.ok) return subject;
  if (orderOf(subject.value) !== undefined) return subjectResponse(context, request);
  const checked = checkOverride(inputs.value);
  if (!checked.ok) return checked;
  const written = await commitPrepared(
    context,
    { ...request, asServer: true },
    {
      turnKeys: [enrolKey],
      prepare: async () => prepareEnrolment(context, request, inputs.value),
    },
  );
  return written.ok ? subjectResponse(context, request) : written;
};

/** Every enrolment advances it, so that no two of them read the same highest number. */
const enrolKey = studyReference;

function checkOverride(inputs: Inputs): Result<Inputs> {
  return inputs.get('override') === true && inputs.get('reason') === undefined
    ? failed(failure('business-rule', 'An override needs a reason.', 'reason'))
    : success(inputs);
}

async function subjectResponse(context: RestContext, request: RestRequest) {
  const [, id = ''] = request.path;
  const version = await context.store.read({ type: 'ResearchSubject', id }, request.access);
  if (version?.text === undefined) {
    return failed(failure('gone', `ResearchSubject/${id} was deleted.`));
  }
  return success({
    status: 200,
    headers: {
      ETag: `W/"${version.versionId}"`,
      'Last-Modified': new Date(version.lastUpdated).toUTCString(),
    },
    lastUpdated: version.lastUpdated,
    body: version.text,
  });
}

async function prepareEnrolment(
  context: RestContext,
  request: RestRequest,
  inputs: Inputs,
): Promise<Result<Prepared>> {
  const sequence = await context.store.lastChange(enrolKey);
  const trial = await readTrial(context);
  if (!trial.ok) return trial;
  const subject = await subjectOf(context, request);
  if (!subject.ok) return subject;
  if (orderOf(subject.value) !== undefined) return success({ intents: [] });
  const known = await knownRecords(context, request);
  if (!known.ok) return known;
  const { records } = known.value;
  const moment = momentOf(context, inputs, trial.value.zone);
  if (!moment.ok) return moment;
  const highestOrder = await highestOrderOf(context);
  if (!highestOrder.ok) return highestOrder;
  const enrolment = enrolmentOf({
    trial: trial.value,
    records,
    asOf: moment.value,
    date: moment.value.text,
    isOverride: inputs.get('override') === true,
    reason: inputs.get('reason')?.toString(),
    highestOrder: highestOrder.value,
  });
  if (!enrolment.ok) return enrolment;
  const intents = await enrolmentIntents(context, subject.value, {
    enrolment: enrolment.value,
    trial: trial.value,
  });
  return intents.ok
    ? success({
        intents: intents.value,
        preconditions: [
          { kind: 'unchangedSince', changeKey: enrolKey, sequence },
          { kind: 'versionIs', key: keyOf(subject.value), versionId: subject.value.versionId },
          ...known.value.preconditions,
        ],
        touches: [enrolKey],
      })
    : intents;
}

function keyOf({ key }: TrialRecord): ResourceKey {
  const [type = '', id = ''] = key.split('/');
  return { type, id };
}

/** The date of the enrolment, which is also the moment of the gate; a later day than today is refused. */
function momentOf(context: RestContext, inputs: Inputs, zone: Zone): Result<AsOf> {
  const now = Date.parse(context.clock());
  const text = inputs.get('date');
  if (text === undefined) return success(asOfTime(now, zone));
  const time = readTime(String(text), zone);
  if (time?.date === undefined) {
    return failed(failure('invalid-parameter', 'The date is no date of the calendar.', 'date'));
  }
  if (time.start > now) {
    return failed(failure('business-rule', 'The date of an enrolment lies not ahead.', 'date'));
  }
  const at = time.hasTime ? time.start : Math.min(time.end - 1, now);
  return success({ at, date: time.date, text: String(text) });
}

/** A deleted subject keeps its number: the order gap that its deletion wrote names the version that had it. */
async function highestOrderOf(context: RestContext): Promise<Result<number>> {
  const [type = '', id = ''] = studyReference.split('/');
  const where = { kind: 'reference', param: 'study', type, id } as const;
  const access = {};
  const byOrder = { kind: 'number', param: 'enrolment-order', descending: true } as const;
  const highest = await context.store.search(
    { plan: { types: ['ResearchSubject'], where, sort: [byOrder] }, count: 1, total: false },
    access,
  );
  if (!highest.ok) return highest;
  const subjects = highest.value.matches.map(trialRecord);
  const code = { kind: 'token', param: 'code', code: 'order-gap' } as const;
  const gaps = await searchAll(
    context.store,
    { types: ['DetectedIssue'], where: code, sort: [] },
    access,
  );
  if (!gaps.ok) return gaps;
  const deleted = await Promise.all(gaps.value.map(async (gap) => deletedSubject(context, gap)));
  const orders = [...subjects, ...deleted].map((subject) =>
    subject === undefined ? 0 : (orderOf(subject) ?? 0),
  );
  return success(orders.reduce((most, order) => Math.max(most, order), 0));
}

async function deletedSubject(
  context: RestContext,
  gap: TrialRecord,
): Promise<TrialRecord | undefined> {
  if (storedCode(gap.resource) !== 'order-gap') return undefined;
  const [focal] = objectsOf(gap.resource['implicated']);
  const [key = '', versionId = ''] = (textOf(focal?.['reference']) ?? '').split('/_history/');
  const [type = '', id = ''] = key.split('/');
  const version = await context.store.readVersion({ type, id }, Number(versionId), {});
  return version === undefined ? undefined : trialRecord(version);
}

async function enrolmentIntents(
  context: RestContext,
  subject: TrialRecord,
  { enrolment, trial }: { readonly enrolment: Enrolment; readonly trial: Trial },
): Promise<Result<readonly WriteIntent[]>> {
  const { resource } = subject;
  const id = subject.key.slice('ResearchSubject/'.length);
  const patient = referenceKey(resource['individual']) ?? '';
  const [enrollment] = objectsOf(trial.study.resource['enrollment']);
  const group = referenceKey(enrollment)?.split('/')[1] ?? '';
  const keys = [
    { type: 'ResearchSubject', id },
    { type: 'Group', id: group },
  ];
  const [stored, members] = await context.store.readMany(keys, {});
  if (stored?.text === undefined || members?.text === undefined) {
    return failed(failure('conflict', 'The group of the enrolled is not on this server.'));
  }
  const updates = [
    updateOf(context, stored, enrolledSubject(stored.text, resource, enrolment)),
    updateOf(context, members, enrolledGroup(members.text, patient, enrolment.date)),
  ];
  const intents: WriteIntent[] = [];
  for (const update of updates) {
    if (!update.ok) return update;
    intents.push(update.value);
  }
  if (enrolment.deviation !== undefined) {
    const issue = deviationResource(enrolment.deviation, context.clock());
    const document = parseDocument(JSON.stringify(issue), {
      depthMax: context.limits.jsonDepthMax,
    });
    if (!document.ok) return document;
    intents.push({
      interaction: 'create',
      type: 'DetectedIssue',
      document: document.value,
      newId: context.newId(),
    });
  }
  return success(intents);
}

function updateOf(
  context: RestContext,
  stored: { readonly type: string; readonly id: string; readonly versionId: number },
  text: string,
): Result<UpdateIntent> {
  const document = parseDocument(text, { depthMax: context.limits.jsonDepthMax });
  return document.ok
    ? success({
        interaction: 'update',
        type: stored.type,
        id: stored.id,
        newId: stored.id,
        document: document.value,
      })
    : document;
}

import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import { failure } from '../fhir/operation-outcome.ts';
import { failed, success, type Result } from '../fhir/result.ts';
import { unrestricted, type Precondition, type ResourceStore } from '../store/resource-store.ts';
import { objectsOf, textOf } from './element.ts';
import { studyReference } from './canonical.ts';
import { searchAll } from './load-records.ts';
import { trialRecord } from './record-versions.ts';
import { createZone } from './local-time.ts';
import { readProtocolParameters } from './protocol-parameters.ts';
import { readProtocolPlan } from './protocol-plan.ts';
import { referenceKey, type TrialRecord } from './subject-records.ts';
import { createConditions, type Trial } from './trial.ts';

/** What a trial is read with. */
export interface TrialSource {
  readonly store: ResourceStore;
  readonly definitions: Definitions;
  readonly terminology: Terminology;
}

/** The types whose resources make the trial what it is. */
export const trialTypes: ReadonlySet<string> = new Set([
  'ActivityDefinition',
  'Basic',
  'PlanDefinition',
  'ResearchStudy',
]);

/** A commit that writes a resource of `trialTypes` advances this change key. */
export const trialChangeKey = `${studyReference}#protocol`;

/** Reads the trial; again only after a commit changed it. */
export type TrialReader = (source: TrialSource) => Promise<Result<Trial>>;

/** Returns a reader that keeps the trial of each store until it changes. */
export function createTrialReader(): TrialReader {
  const known = new WeakMap<ResourceStore, KnownTrial>();
  return async (source) => {
    const { store, definitions } = source;
    const sequence = await store.lastChange(trialChangeKey);
    const kept = known.get(store);
    if (kept?.sequence === sequence && kept.definitions === definitions) return success(kept.trial);
    const loaded = await loadTrial(source);
    if (!loaded.ok) return loaded;
    const trial = { ...loaded.value, sequence };
    if (sequence > 0) known.set(store, { sequence, definitions, trial });
    return success(trial);
  };
}

/** Returns what must hold of a commit that was judged by a trial: that nobody has amended it since. */
export function trialPreconditions({ sequence }: Trial): readonly Precondition[] {
  return sequence === undefined
    ? []
    : [{ kind: 'unchangedSince', changeKey: trialChangeKey, sequence }];
}

interface KnownTrial {
  readonly sequence: number;
  readonly definitions: Definitions;
  readonly trial: Trial;
}

const parametersKey = { type: 'Basic', id: 'h2c-protocol-parameters' };

/**
 * Reads the study, its plan and its protocol parameters. Fails `not-found` when one of them is not on
 * this server, and `business-rule` when they cannot be read.
 */
async function loadTrial({ store, definitions, terminology }: TrialSource): Promise<Result<Trial>> {
  const [type = '', id = ''] = studyReference.split('/');
  const [study, basic] = (await store.readMany([{ type, id }, parametersKey], unrestricted)).map(
    (version) => (version === undefined ? undefined : trialRecord(version)),
  );
  if (study === undefined || basic === undefined) {
    return failed(failure('not-found', 'The study and its protocol parameters are not here.'));
  }
  const plans = await searchAll(
    store,
    { types: ['PlanDefinition', 'ActivityDefinition'], where: { kind: 'all' }, sort: [] },
    unrestricted,
  );
  if (!plans.ok) return plans;
  const [protocol] = objectsOf(study.resource['protocol']);
  const plan = plans.value.find(({ key }) => key === referenceKey(protocol));
  if (plan === undefined) return failed(failure('not-found', 'The plan of the study is not here.'));
  const parameters = readProtocolParameters(basic.resource);
  const zone = createZone(parameters.texts('PP-01')[0] ?? '');
  if (zone === undefined) {
    return failed(failure('business-rule', 'PP-01 names no time zone.', 'Basic.extension'));
  }
  return success({
    study,
    parameters,
    parametersRecord: basic,
    plan: readProtocolPlan(plan.resource, canonicalLookup(plans.value)),
    zone,
    terminology,
    holds: createConditions({ definitions, terminology }),
  });
}

/** Of several with one URL the version that the canonical names counts, without one the latest. */
function canonicalLookup(
  records: readonly TrialRecord[],
): (canonical: string) => JsonObject | undefined {
  const byUrl = new Map<string, JsonObject>();
  for (const { resource } of records) {
    const [url, version] = [textOf(resource['url']), textOf(resource['version'])];
    if (url === undefined) continue;
    byUrl.set(url, resource);
    if (version !== undefined) byUrl.set(`${url}|${version}`, resource);
  }
  return (canonical) => byUrl.get(canonical) ?? byUrl.get(canonical.split('|')[0] ?? '');
}

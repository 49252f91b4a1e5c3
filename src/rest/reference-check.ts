import type { Issue } from '../fhir/operation-outcome.ts';
import { refuses, type ReferenceDemand } from '../fhir/validate/validator.ts';
import type { Precondition } from '../store/resource-store.ts';
import { stringsOf } from '../trial/element.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import type { Draft } from './plan-draft.ts';
import { localTarget } from './reference-local.ts';
import type { Target, Targets } from './reference-target.ts';
import type { RestContext } from './rest.ts';

/** What checking the references of one record found, and that their targets must not change until the commit. */
export interface CheckedReferences {
  readonly issues: readonly Issue[];
  readonly preconditions: readonly Precondition[];
}

/**
 * Checks the references of a record of the trial: each target exists, and satisfies one of the profiles
 * that the record's profiles demand of it. What is on another server can only be warned of, unless a
 * profile is demanded of it. `base` is the public FHIR base.
 */
export async function checkReferences(
  context: RestContext,
  draft: Draft,
  demands: readonly ReferenceDemand[],
  { targets, base }: { readonly targets: Targets; readonly base: string },
): Promise<CheckedReferences> {
  const outward = merged(demands.filter(({ reference }) => !reference.startsWith('#')));
  const keys = outward.flatMap(({ reference }) => localTarget(reference, base) ?? []);
  await targets.load(keys);
  const issues: Issue[] = [];
  const preconditions = new Map<string, Precondition>();
  for (const demand of outward) {
    const key = localTarget(demand.reference, base);
    const target = key === undefined ? undefined : targets.get(key);
    if (target === undefined) {
      const isSaid = issues.some(({ expression }) => expression?.[0] === demand.expression);
      if (!isSaid) issues.push(absent(demand, key !== undefined, wasHeld(draft, demand.reference)));
      continue;
    }
    issues.push(...checkTarget(context, demand, target));
    if (target.version !== undefined) {
      const { versionId } = target.version;
      const name = `${target.key.type}/${target.key.id}`;
      preconditions.set(name, { kind: 'versionIs', key: target.key, versionId });
    }
  }
  return { issues, preconditions: [...preconditions.values()] };
}

/** Base R4 and each profile demand something of one reference; where profiles do, R4 demands nothing more. */
function merged(demands: readonly ReferenceDemand[]): readonly ReferenceDemand[] {
  const profiled = new Set(
    demands.flatMap(({ expression, targetProfiles }) =>
      targetProfiles.length > 0 ? [expression] : [],
    ),
  );
  const plain = new Map<string, ReferenceDemand>();
  const kept: ReferenceDemand[] = [];
  for (const demand of demands) {
    if (demand.targetProfiles.length > 0) kept.push(demand);
    else if (!profiled.has(demand.expression)) plain.set(demand.expression, demand);
  }
  return [...kept, ...plain.values()];
}

function checkTarget(
  context: RestContext,
  demand: ReferenceDemand,
  target: Target,
): readonly Issue[] {
  const { targetTypes, targetProfiles, expression, profile } = demand;
  if (targetTypes.length > 0 && !targetTypes.includes(target.key.type)) return [];
  if (targetProfiles.length === 0) return [];
  const isSatisfied = targetProfiles.some((canonical) => {
    const judge = () => satisfies(context, target, canonical);
    const { version } = target;
    return version === undefined ? judge() : context.verdicts(version.sequence, canonical, judge);
  });
  if (isSatisfied) return [];
  return [
    {
      severity: 'error',
      code: 'business-rule',
      text: `The referenced ${target.key.type} does not satisfy ${targetProfiles.join(' or ')}, which is demanded of it. (rule target-profile of ${profile})`,
      expression: [expression],
      rule: 'target-profile',
      profile,
    },
  ];
}

/**
 * A resource that claims a profile, or is demanded it, was held to it when it was written and is not
 * judged again; any other is judged now.
 */
function satisfies(context: RestContext, target: Target, canonical: string): boolean {
  const resource = target.resource();
  const isHeld =
    stringsOf(resource.meta?.profile).includes(canonical) ||
    demandedProfile(resource, context.terminology) === canonical;
  if (isHeld && target.version !== undefined) return true;
  const validation =
    target.document === undefined
      ? context.validator.validateTree(resource, [canonical])
      : context.validator.validate(target.document, [canonical]);
  return !validation.issues.some(refuses);
}

function absent(demand: ReferenceDemand, isLocal: boolean, isHeld: boolean): Issue {
  const isElsewhere = !isLocal && /^https?:/u.test(demand.reference);
  const isWarning = isHeld || (isElsewhere && demand.targetProfiles.length === 0);
  const found = isHeld
    ? 'The referenced resource was deleted since this one was written.'
    : isLocal
      ? 'The referenced resource does not exist; send it first, or in the same transaction.'
      : 'The reference leads to no resource of this server; what it leads to must be stored here.';
  return {
    severity: isWarning ? 'warning' : 'error',
    code: isWarning ? 'business-rule' : 'not-found',
    text: `${found} (rule reference-exists of ${demand.profile})`,
    expression: [demand.expression],
    rule: 'reference-exists',
    profile: demand.profile,
  };
}

/** Whether the stored version already has the reference. */
function wasHeld(draft: Draft, reference: string): boolean {
  const text = draft.located.current?.text;
  return text !== undefined && text.includes(JSON.stringify(reference));
}

import { parseDocument } from '../fhir/json/parse.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { ResourceKey } from '../fhir/resource.ts';
import { success, type Result } from '../fhir/result.ts';
import type { DeviationChange } from '../trial/deviation-changes.ts';
import type { Draft } from './plan-draft.ts';
import type { RestContext } from './rest.ts';

/** The deviations that a commit writes besides its own records. */
export interface DerivedDrafts {
  readonly drafts: readonly Draft[];
  /** What the client is told, by the key (`Observation/1`) of the draft that it is about. */
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
}

/** Returns what a dry run says: the deviations that it foresees are information, for none is written. */
export function foreseen(issues: readonly Issue[]): readonly Issue[] {
  return issues.map((issue) =>
    deviationRule.test(issue.rule ?? '') ? { ...issue, severity: 'information' } : issue,
  );
}

/** The rules of deviations are those of the protocol by section: `R3/UT-1`. */
const deviationRule = /^R\d+\//u;

/** Returns the drafts of the deviations that change; `planned` has the keys of what the commit writes anyway. */
export function derivedDrafts(
  context: RestContext,
  changes: readonly DeviationChange[],
  planned: ReadonlySet<string>,
): Result<DerivedDrafts> {
  const drafts: Draft[] = [];
  const issues = new Map<string, Issue[]>();
  for (const change of changes) {
    // A client that changes the mitigation of the same one goes first; the next commit judges again.
    if (change.stored !== undefined && planned.has(change.stored.key)) continue;
    const draft = draftOf(context, change);
    if (!draft.ok) return draft;
    drafts.push(draft.value);
    if (change.deviation === undefined) continue;
    const focal = [...change.deviation.implicated, ...planned].find((key) => planned.has(key));
    if (focal === undefined) continue;
    const known = issues.get(focal) ?? [];
    issues.set(focal, [...known, issueOf(change.deviation, focal)]);
  }
  return success({ drafts, issues });
}

function draftOf(context: RestContext, { stored, resource }: DeviationChange): Result<Draft> {
  const type = 'DetectedIssue';
  const id = stored?.key.slice(`${type}/`.length) ?? context.newId();
  const document = parseDocument(JSON.stringify({ ...resource, id }), {
    depthMax: context.limits.jsonDepthMax,
  });
  if (!document.ok) return document;
  const key: ResourceKey = { type, id };
  const intent = { type, document: document.value, newId: id } as const;
  return success({
    document: document.value,
    located:
      stored === undefined
        ? {
            intent: { ...intent, interaction: 'create' },
            key,
            effect: 'created',
            preconditions: [{ kind: 'absent', key }],
          }
        : {
            intent: { ...intent, interaction: 'update', id },
            key,
            effect: 'updated',
            current: {
              ...key,
              versionId: stored.versionId,
              lastUpdated: stored.lastUpdated,
              sequence: 0,
              method: 'PUT',
              text: JSON.stringify(stored.resource),
            },
            preconditions: [{ kind: 'versionIs', key, versionId: stored.versionId }],
          },
  });
}

function issueOf(
  { code, detail, rules }: NonNullable<DeviationChange['deviation']>,
  focal: string,
): Issue {
  return {
    severity: 'warning',
    code: 'business-rule',
    text: `A deviation from the protocol (${code}), for which nothing is refused: ${detail}`,
    expression: [focal.split('/')[0] ?? ''],
    rule: rules.join(', '),
  };
}

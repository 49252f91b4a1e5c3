import { describe, expect, it } from '@jest/globals';
import cases from '../../../test/cases/validate/questionnaire-response.json' with { type: 'json' };
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Issue } from '../operation-outcome.ts';
import { isEnabled } from './questionnaire-enabled.ts';
import { questionnaireResponseIssues } from './questionnaire-response.ts';
import { responseTree } from './questionnaire-tree.ts';

interface Row {
  readonly title: string;
  readonly items: readonly JsonObject[];
  readonly status?: string;
  readonly issues: readonly string[];
}

interface Condition {
  readonly title: string;
  readonly enableWhen: readonly JsonObject[];
  readonly enableBehavior?: string;
  readonly answers: readonly JsonObject[];
  /** Null: open. */
  readonly enabled: boolean | null;
}

const { questionnaire, rows, conditions } = cases as unknown as {
  readonly questionnaire: JsonObject;
  readonly rows: readonly Row[];
  readonly conditions: readonly Condition[];
};

describe('a QuestionnaireResponse beside its Questionnaire', () => {
  const terminology = createTerminology(testR4());
  const issuesOf = (item: readonly JsonObject[], status: string) =>
    questionnaireResponseIssues(
      { resourceType: 'QuestionnaireResponse', status, item },
      questionnaire,
      terminology,
    );

  it.each(rows)('$title', ({ items, status = 'completed', issues }) => {
    expect(issuesOf(items, status).map(line)).toEqual(issues);
  });

  it('keeps answers out of every message', () => {
    const told = rows.flatMap(({ items, status = 'completed' }) => issuesOf(items, status));
    expect(told.map(({ text }) => text).join()).not.toMatch(/longer"|many|blue|Wealth|\b11\b/u);
  });

  it('judges what is no item by its shape without failing', () => {
    const items = [null, 'x', { linkId: 1, answer: {}, item: [[]] }, { answer: [3] }];
    expect(issuesOf(items as unknown as readonly JsonObject[], 'in-progress')).toEqual([]);
  });
});

describe('enableWhen', () => {
  const place = { ancestors: [], order: Number.POSITIVE_INFINITY };

  it.each(conditions)('$title', ({ enableWhen, enableBehavior, answers, enabled }) => {
    const tree = responseTree({ item: answers });
    const definition =
      enableBehavior === undefined ? { enableWhen } : { enableWhen, enableBehavior };
    expect(isEnabled(definition, tree, place) ?? null).toBe(enabled);
  });
});

function line({ severity, code, rule, expression }: Issue): string {
  return [severity, code, rule, expression?.[0]].join(' ');
}

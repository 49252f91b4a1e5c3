import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../../test/support/definitions.ts';
import { createTerminology } from '../definitions/create-terminology.ts';
import { compileFhirPath } from '../fhirpath/compile.ts';
import { repairedExpression, repairedInvariants } from './repaired-invariant.ts';

describe('the invariants of R4', () => {
  const definitions = testR4();
  const environment = { definitions, terminology: createTerminology(definitions) };
  const types = [...definitions.resourceTypes, 'ElementDefinition', 'Timing', 'Period', 'Quantity'];
  const published = types.flatMap((type) =>
    (definitions.structureDefinition(type)?.snapshot?.element ?? []).flatMap((element) =>
      (element.constraint ?? []).flatMap(({ key, expression }) =>
        expression === undefined
          ? []
          : [{ key, expression, path: element.path, type: element.type }],
      ),
    ),
  );

  it('all compile but one, which names an element that its type does not have', () => {
    const failed = published.filter(({ key, expression, path, type }) => {
      const [only] = type?.length === 1 ? type : [];
      const isInline = only === undefined || /^(BackboneElement|Element)$/.test(only.code);
      const context = isInline ? path : only.code;
      const isNative = /^(dom|ext|txt)-/.test(key);
      return !isNative && !compileFhirPath(repairedExpression(expression), context, environment).ok;
    });
    expect(failed.map(({ key }) => key)).toEqual(['cid-0']);
  });

  it('are repaired only where they are published as the repair believes', () => {
    const texts = new Set(published.map(({ expression }) => expression));
    expect([...repairedInvariants.keys()].filter((expression) => !texts.has(expression))).toEqual(
      [],
    );
  });
});

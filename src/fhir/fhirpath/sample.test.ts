import { describe, expect, it } from '@jest/globals';
import { fhirPathEnvironment } from '../../../test/support/fhirpath.ts';
import { sampleOf, type SampleShape } from '../../../test/support/sample-resource.ts';
import { nativeInvariants, repairedExpression } from '../validate/repaired-invariant.ts';
import { compileFhirPath } from './compile.ts';
import type { CompiledFhirPath } from './fhirpath.ts';

const environment = fhirPathEnvironment();
const { definitions } = environment;

const shapes: readonly SampleShape[] = [
  { items: 1, choice: 0 },
  { items: 2, choice: 1 },
  { items: 2, choice: 2 },
];
const dataTypes = (
  'Address Age Annotation Attachment CodeableConcept Coding ContactDetail ContactPoint Contributor Count ' +
  'DataRequirement Distance Dosage Duration ElementDefinition Expression Extension HumanName Identifier Meta ' +
  'Money Narrative ParameterDefinition Period Quantity Range Ratio Reference RelatedArtifact SampledData ' +
  'Signature Timing TriggerDefinition UsageContext'
).split(' ');
const types = [...definitions.resourceTypes, ...dataTypes];
const samples = new Map(
  types.map((type) => [type, shapes.map((shape) => sampleOf(definitions, type, shape))]),
);

/** Says which samples an expression fails on, and with what. */
function failuresOf(compiled: CompiledFhirPath, key: string, type: string): readonly string[] {
  return (samples.get(type) ?? []).flatMap((resource, index) => {
    const result = compiled.evaluate({ value: resource, resource, now: 0 });
    if (result.ok) return [];
    return [`${type} ${key} on ${index}: ${result.failure.issues.map(({ text }) => text).join()}`];
  });
}

function compiledAt(expression: string, type: string): CompiledFhirPath | undefined {
  const compiled = compileFhirPath(expression, type, environment);
  return compiled.ok ? compiled.value : undefined;
}

describe('on full samples of every type', () => {
  it('every search parameter of R4 is evaluated without failing', () => {
    let count = 0;
    const failures = definitions.resourceTypes.flatMap((type) =>
      [...definitions.searchParameters(type).values()].flatMap(({ code, expression = '' }) => {
        const compiled = compiledAt(expression, type);
        count += compiled === undefined ? 0 : 1;
        return compiled === undefined ? [] : failuresOf(compiled, code, type);
      }),
    );
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });

  it('every invariant of R4 is evaluated wherever it applies without failing', () => {
    let count = 0;
    const failures = types.flatMap((type) => {
      const elements = definitions.structureDefinition(type)?.snapshot?.element ?? [];
      return elements.flatMap(({ path, constraint = [] }) =>
        constraint
          .filter(({ key }) => !nativeInvariants.has(key))
          .flatMap(({ key, expression = '' }) => {
            const rule = compiledAt(repairedExpression(expression), path);
            const place = compiledAt(path.replace(/\[x\]/g, ''), type);
            if (rule === undefined || place === undefined) return [];
            return (samples.get(type) ?? []).flatMap((resource) => {
              const places = place.evaluate({ value: resource, resource });
              return (places.ok ? places.value : []).flatMap(({ value }) => {
                count += 1;
                const result = rule.evaluate({ value, resource, now: 0 });
                return result.ok ? [] : [`${key} on ${path}: ${failureText(result.failure)}`];
              });
            });
          }),
      );
    });
    expect([...new Set(failures)]).toEqual([]);
    expect(count).toBeGreaterThan(700);
  });
});

function failureText({ issues }: { readonly issues: readonly { readonly text: string }[] }) {
  return issues.map(({ text }) => text).join();
}

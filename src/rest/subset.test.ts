import { describe, expect, it } from '@jest/globals';
import { testR4 } from '../../test/support/definitions.ts';
import { subsetOf } from './subset.ts';

const tag = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};
const observation = `{"resourceType":"Observation", "id":"1","meta":{"versionId":"1"},
  "text":{"status":"generated","div":"<div/>"},"status":"final","_status":{"id":"s"},
  "code":{"text":"x"},"note":[{"text":"n"}],"method":{"text":"m"},
  "valueQuantity":{"value":1.00},"component":[{"id":"c","code":{"text":"y"},"valueString":"v",
  "dataAbsentReason":{"text":"d"}}]}`;

function subset(query: readonly (readonly [string, string])[], text = observation): string {
  const made = subsetOf(testR4(), { query });
  if (!made.ok) throw new Error('The query is refused.');
  return made.value((JSON.parse(text) as { resourceType: string }).resourceType, text);
}
const namesOf = (text: string) => Object.keys(JSON.parse(text) as object);

describe('a subset', () => {
  it('is the text itself when nothing is asked for', () => {
    expect(subset([])).toBe(observation);
    expect(subset([['_summary', 'false']])).toBe(observation);
  });

  it('_summary=true has the elements that the definition marks, also within elements', () => {
    const text = subset([['_summary', 'true']]);
    expect(namesOf(text)).toEqual([
      'resourceType',
      'id',
      'meta',
      'status',
      '_status',
      'code',
      'valueQuantity',
      'component',
    ]);
    expect(JSON.parse(text)).toMatchObject({ meta: { versionId: '1', tag: [tag] } });
    expect(text).toContain('"value":1.00');
  });

  it('_summary=text has narrative and mandatory elements', () => {
    const names = ['resourceType', 'id', 'meta', 'text', 'status', '_status', 'code'];
    expect(namesOf(subset([['_summary', 'text']]))).toEqual(names);
  });

  it('_summary=data has all but the narrative', () => {
    const names = namesOf(subset([['_summary', 'data']]));
    expect(names).not.toContain('text');
    expect(names).toContain('note');
  });

  it('_elements has what it names and what is mandatory', () => {
    const names = ['resourceType', 'id', 'meta', 'status', '_status', 'code'];
    expect(namesOf(subset([['_elements', 'note,Observation.value,nonsense']]))).toEqual([
      ...names,
      'note',
      'valueQuantity',
    ]);
    expect(namesOf(subset([['_elements', 'method']]))).toEqual([...names, 'method']);
  });

  it('is tagged once, whether or not the resource has tags', () => {
    const tagged = `{"resourceType":"Patient","meta":{"tag":[{"code":"a"}]},"active":true}`;
    const once = subset([['_summary', 'true']], tagged);
    expect(JSON.parse(once)).toEqual({
      resourceType: 'Patient',
      meta: { tag: [{ code: 'a' }, tag] },
      active: true,
    });
    expect(subset([['_summary', 'true']], once)).toBe(once);
    expect(JSON.parse(subset([['_summary', 'text']], '{"resourceType":"Patient"}'))).toEqual({
      resourceType: 'Patient',
      meta: { tag: [tag] },
    });
  });

  it('refuses a _summary that R4 does not know', () => {
    expect(subsetOf(testR4(), { query: [['_summary', 'some']] }).ok).toBe(false);
  });
});

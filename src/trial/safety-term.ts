import type { Terminology } from '../fhir/definitions/terminology.ts';
import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { codeSystem, valueSet } from './canonical.ts';
import { codesOf, extensionOf, objectsOf, textOf } from './element.ts';
import { ncit } from './observation-value.ts';
import type { TrialRecord } from './subject-records.ts';

/** The term of an adverse event: that of this trial, else that of CTCAE. */
export interface SafetyTerm {
  /** What makes two events the same term, `system|code`. */
  readonly key: string;
  /** Names the term in the answer. */
  readonly text: string;
  /** CTCAE, the trial's own, and the grading scale. */
  readonly codings: readonly JsonObject[];
}

/** Returns what names the terms of adverse events; CTCAE's as they are shipped, without the capital. */
export function createTermReader(
  terminology: Terminology,
): (record: TrialRecord) => SafetyTerm | undefined {
  const shipped = new Map(
    (terminology.expansion(valueSet('ctcae-vs')) ?? []).map(({ code, display }) => [code, display]),
  );
  return ({ resource }) => {
    const { event } = resource;
    const codings = codesOf(event);
    const local = codings.find(({ system }) => system === codeSystem('ae-term'));
    const ctcae = codings.find(({ system }) => system === ncit);
    const named = local ?? ctcae;
    if (named === undefined) return undefined;
    const display = ctcae === undefined ? '' : (shipped.get(ctcae.code) ?? displayOf(event, ctcae));
    const scale = textOf(extensionOf(resource, 'grading-scale')?.['valueCode']);
    return {
      key: `${named.system}|${named.code}`,
      text: local?.code ?? withoutCapital(display),
      codings: [
        ...(ctcae === undefined ? [] : [{ ...ctcae, ...(display === '' ? {} : { display }) }]),
        ...(local === undefined ? [] : [{ ...local }]),
        ...(scale === undefined ? [] : [{ system: codeSystem('grading-scale'), code: scale }]),
      ],
    };
  };
}

function displayOf(event: unknown, { code }: { readonly code: string }): string {
  const codings = isJsonObject(event) ? objectsOf(event['coding']) : [];
  const coding = codings.find((one) => one['system'] === ncit && one['code'] === code);
  return textOf(coding?.['display']) ?? code;
}

/** An abbreviation or a code keeps its capitals. */
function withoutCapital(term: string): string {
  return /^[A-Z][a-z]/u.test(term) ? term.charAt(0).toLowerCase() + term.slice(1) : term;
}

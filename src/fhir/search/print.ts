import type { NumberTexts } from '../json/json-document.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/**
 * Which members of an object are kept: those named, of each all or again a selection; `undefined` in
 * place of a selection keeps all.
 */
export type Selection = ReadonlyMap<string, Selection | undefined>;

/** Returns the JSON text of the selected members, every number with the digits it was written with. */
export function printSelected(
  value: JsonObject,
  selection: Selection | undefined,
  numberTexts: NumberTexts,
): string {
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    // The sibling of a primitive goes where the primitive goes.
    const own = name.startsWith('_') ? name.slice(1) : name;
    if (selection !== undefined && !selection.has(own)) continue;
    const below = selection?.get(own);
    const text = printMember(member, { parent: value, name, below, numberTexts });
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

interface Place {
  readonly parent: object;
  readonly name: string | number;
  readonly below: Selection | undefined;
  readonly numberTexts: NumberTexts;
}

/** Undefined for an object of which nothing is kept. */
function printMember(value: JsonValue, place: Place): string | undefined {
  const { parent, name, below, numberTexts } = place;
  if (typeof value === 'number') {
    return numberTexts.get(parent)?.get(name) ?? JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[])
      .map((item, index) => printMember(item, { parent: value, name: index, below, numberTexts }))
      .filter((item) => item !== undefined);
    return items.length === 0 ? undefined : `[${items.join(',')}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const text = printSelected(value, below, numberTexts);
  return text === '{}' ? undefined : text;
}

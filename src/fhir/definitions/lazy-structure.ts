import type { StructureDefinition } from '@medplum/fhirtypes';

/** How SUSHI, and a print of what it made, begin the elements of a profile: nearly all of its text. */
const starts = [',\n  "snapshot": {', ',"snapshot":{'];

/**
 * Returns a conformance resource that SUSHI made, whose `snapshot` and `differential` come last in its
 * text and are parsed when they are asked for.
 */
export function lazyStructure(text: string): { readonly resourceType: string } {
  const at = Math.max(...starts.map((start) => text.indexOf(start)));
  if (at === -1) return JSON.parse(text) as { readonly resourceType: string };
  const head = JSON.parse(`${text.slice(0, at)}}`) as StructureDefinition;
  // Bytes take half of what a string with one character beyond Latin-1 takes.
  const rest = new TextEncoder().encode(text.slice(at + 1));
  let elements: Elements | undefined;
  const parsed = (): Elements => {
    elements ??= JSON.parse(`{${new TextDecoder().decode(rest)}`) as Elements;
    return elements;
  };
  return Object.defineProperties(head, {
    snapshot: { enumerable: true, get: () => parsed().snapshot },
    differential: { enumerable: true, get: () => parsed().differential },
  });
}

type Elements = Pick<StructureDefinition, 'snapshot' | 'differential'>;

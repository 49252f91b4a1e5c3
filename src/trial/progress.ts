import { insertItem, setMember, spanOf } from '../fhir/json-text.ts';
import type { JsonObject } from '../fhir/json/json-value.ts';
import type { Resource } from '../fhir/resource.ts';
import { profile } from './canonical.ts';
import { objectsOf, textOf } from './element.ts';

/** Returns the text of a subject whose progress says that it is in a state since a dateTime, and in no other since. */
export function withProgress(text: string, state: string, start: string): string {
  const extensions = objectsOf((JSON.parse(text) as JsonObject)['extension']);
  const closed = extensions.reduce((next, extension, index) => {
    const parts = objectsOf(extension['extension']);
    const isOpen = extension['url'] === profile('progress') && partOf(parts, 'end') === undefined;
    const end = JSON.stringify({ url: 'end', valueDateTime: start });
    return isOpen ? insertItem(next, ['extension', index, 'extension'], parts.length, end) : next;
  }, text);
  const entry = JSON.stringify({
    url: profile('progress'),
    extension: [
      { url: 'state', valueCode: state },
      { url: 'start', valueDateTime: start },
    ],
  });
  return spanOf(closed, ['extension']) === undefined
    ? setMember(closed, [], 'extension', `[${entry}]`)
    : insertItem(closed, ['extension'], extensions.length, entry);
}

/** Returns since when a subject is in the state that its progress names last; undefined when it names none. */
export function lastProgress(subject: Resource): string | undefined {
  return objectsOf(subject['extension'])
    .filter(({ url }) => url === profile('progress'))
    .map(({ extension }) => partOf(objectsOf(extension), 'start'))
    .at(-1);
}

function partOf(parts: readonly JsonObject[], name: string): string | undefined {
  return textOf(parts.find(({ url }) => url === name)?.['valueDateTime']);
}

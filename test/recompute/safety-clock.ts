import { eventOf, eventsOf, isRelated, type Event } from './adverse-event.ts';
import { addDays, asOfDate, localDate, moment } from './calendar.ts';
import { at, extension, extensionUrl, isRead, objects, ofType, referenceOf } from './dump.ts';
import { text, type Dossier, type Dump, type Line } from './dump.ts';

/** One clock of R11. */
export interface Clock {
  readonly event: string;
  readonly clockStart: string;
  readonly days: number;
  readonly due: string;
  readonly completeDue: string | undefined;
  readonly state: 'open' | 'overdue' | 'closed';
  readonly query: boolean;
}

/** `$safety-clock`: the clocks by the key of their event, and the keys of the periodic list. */
export function safetyClocks(
  dump: Dump,
  asOf: number,
): { readonly clocks: readonly Clock[]; readonly periodic: readonly string[] } {
  const judged = dump.dossiers.flatMap((dossier) =>
    eventsOf(dossier).map((event) => ({ event, clock: clockOf(event, dossier, dump, asOf) })),
  );
  return {
    clocks: judged.flatMap(({ clock }) => clock ?? []),
    periodic: judged
      .filter(({ event, clock }) => clock === undefined && event.isSerious && daysOf(event) === 0)
      .filter(({ event }) => (event.onset?.start ?? Infinity) <= asOf)
      .map(({ event }) => keyOf(event.line)),
  };
}

const keyOf = (line: Line) => `${line.resourceType}/${line.id}`;

/** 7 or 15 days; 0 when it is not reportable. */
function daysOf(event: Event): 0 | 7 | 15 {
  const isCaused = event.suspects.length === 0 || event.suspects.some(isRelated);
  if (!event.isSerious || !isCaused || event.isExpected === true) return 0;
  return event.criteria.has('C48275') || event.criteria.has('C84266') ? 7 : 15;
}

/** Which is more urgent: 7 before 15 before none. */
const urgency = [0, 15, 7];

function clockOf(event: Event, dossier: Dossier, dump: Dump, asOf: number): Clock | undefined {
  const versions = dump.versions(keyOf(event.line));
  let startedAt: number | undefined;
  let [days, before, isStopped] = [0, 0, false];
  versions.forEach((version, index) => {
    const now = isRead(version) ? daysOf(eventOf(version)) : 0;
    const known = knownAt(version, versions[index - 1]);
    if (urgency.indexOf(now) > urgency.indexOf(before)) {
      if (known <= asOf) [startedAt, days, isStopped] = [known, now, false];
    } else if (startedAt !== undefined && receivedAt(version) <= asOf) {
      isStopped = now === 0;
      if (now !== 0) days = now;
    }
    before = now;
  });
  if (startedAt === undefined) return undefined;
  const clockStart = localDate(startedAt);
  const due = addDays(clockStart, days);
  const sent = reportSent(event, dossier, startedAt, asOf);
  const isOpen = sent === undefined && !isStopped;
  return {
    event: keyOf(event.line),
    clockStart,
    days,
    due,
    completeDue: days === 7 ? addDays(sent ?? due, 8) : undefined,
    state: !isOpen ? 'closed' : asOf > asOfDate(due) ? 'overdue' : 'open',
    query:
      event.isExpected === undefined ||
      event.suspects.length === 0 ||
      event.suspects.some(({ relatedness }) => relatedness === undefined),
  };
}

const receivedAt = (version: Line) => Date.parse(version.meta.lastUpdated);

/** The receipt; the sponsor's awareness when it is earlier, but not earlier than the receipt before. */
function knownAt(version: Line, previous: Line | undefined): number {
  const received = receivedAt(version);
  const aware = moment(extension(version, extensionUrl('sponsor-awareness'))?.['valueDateTime']);
  const least = previous === undefined ? -Infinity : receivedAt(previous);
  return aware !== undefined && aware.start < received && aware.start >= least
    ? aware.start
    : received;
}

/** The local date of the first completed safety report about the event since its clock started. */
function reportSent(
  event: Event,
  dossier: Dossier,
  startedAt: number,
  asOf: number,
): string | undefined {
  return ofType(dossier, 'Communication')
    .filter(
      (line) =>
        line['status'] === 'completed' &&
        objects(line['category']).some((one) =>
          objects(at(one, 'coding')).some(({ code }) => code === 'safety-report'),
        ) &&
        objects(line['about']).some((one) => referenceOf(one) === keyOf(event.line)),
    )
    .map((line) => Date.parse(text(line['sent']) ?? ''))
    .filter((sent) => sent >= startedAt && sent <= asOf)
    .toSorted((a, b) => a - b)
    .map(localDate)[0];
}

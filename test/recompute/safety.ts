import { eventsOf, isDead, isRelated, suspectKind, termCode, type Event } from './adverse-event.ts';
import type { Answer } from './answer.ts';
import { daysBetween, firstInfusion, onsetDate } from './calendar.ts';
import { codeIn, codings, ncit, text, type Dossier, type Dump } from './dump.ts';
import { clopperPearson } from './statistics.ts';

/** Names of section 3.2 that the displays of the records do not repeat. */
const ctcaeTerms: Readonly<Record<string, string>> = {
  C143394: 'cytokine release syndrome',
  C143583: 'infusion related reaction',
  C143485: 'fever',
  C58188: 'hypoxia',
  C143436: 'ejection fraction decreased',
  C143764: 'platelet count decreased',
  C143283: 'anemia',
  C57896: 'vomiting',
  C146764: 'nausea',
  C143702: 'nervous system disorders - other, specify',
};

const horizon = 168;

interface Counted {
  readonly event: Event;
  readonly isProduct: boolean;
  readonly isQuery: boolean;
}

interface Safety {
  readonly dossier: Dossier;
  readonly events: readonly Counted[];
  readonly before: number;
}

/** `$safety-endpoint`: proportions, limits and counts by the names of their groups and strata. */
export function safetyEndpoint(dump: Dump, asOf: number): Answer {
  const set = dump.dossiers.flatMap((dossier) => safetyOf(dossier, dump, asOf) ?? []);
  const total = set.length;
  const answer = new Map<string, number | undefined>();
  const share = (name: string, count: number) => {
    const limits = total === 0 ? undefined : clopperPearson(count, total);
    answer.set(name, total === 0 ? undefined : count / total);
    answer.set(`${name} lower95`, limits?.[0]);
    answer.set(`${name} upper95`, limits?.[1]);
  };
  const having = (holds: (one: Counted) => boolean) =>
    set.filter(({ events }) => events.some(holds)).length;
  const terms = new Set(set.flatMap(({ events }) => events.map(({ event }) => termName(event))));
  for (const term of terms) {
    const bySubject = set
      .map(({ events }) => events.filter(({ event }) => termName(event) === term))
      .filter((events) => events.length > 0);
    share(term, bySubject.length);
    answer.set(`${term} events`, bySubject.flat().length);
    const worst = bySubject.map((events) => Math.max(...events.map(({ event }) => event.grade)));
    for (const grade of [1, 2, 3, 4, 5]) {
      answer.set(`${term} grade ${grade}`, worst.filter((one) => one === grade).length);
    }
    answer.set(`${term} grade >=3`, worst.filter((one) => one >= 3).length);
    const ofProduct = bySubject.filter((events) => events.some(({ isProduct }) => isProduct));
    answer.set(`${term} relatedness cart-her-2`, ofProduct.length);
    answer.set(`${term} relatedness any`, bySubject.length);
  }
  share(
    'any study-related',
    having(() => true),
  );
  share(
    'any cart-her-2-related',
    having(({ isProduct }) => isProduct),
  );
  share(
    'serious',
    having(({ event }) => event.isSerious),
  );
  share(
    'dlt',
    having(({ event }) => event.isDlt),
  );
  share('deaths', set.filter(({ dossier }) => isDead(dossier, asOf)).length);
  answer.set(
    'pre-infusion',
    set.reduce((sum, { before }) => sum + before, 0),
  );
  answer.set(
    'queries',
    set.flatMap(({ events }) => events).filter(({ isQuery }) => isQuery).length,
  );
  return answer;
}

function safetyOf(dossier: Dossier, dump: Dump, asOf: number): Safety | undefined {
  const start = firstInfusion(dossier, dump, asOf);
  if (start === undefined) return undefined;
  const dated = eventsOf(dossier).flatMap((event) => {
    const { onset } = event;
    if (onset === undefined || onset.start > asOf) return [];
    return [{ event, day: daysBetween(start.day0, onsetDate(onset, start.day0)) }];
  });
  return {
    dossier,
    events: dated
      .filter(({ day }) => day >= 0 && day <= horizon)
      .flatMap(({ event }) => counted(event, dump)),
    before: dated.filter(
      ({ event, day }) =>
        day < 0 &&
        event.suspects.some((one) => suspectKind(one, dump) === 'procedure' && isRelated(one)),
    ).length,
  };
}

function counted(event: Event, dump: Dump): readonly Counted[] {
  const related = event.suspects
    .filter(isRelated)
    .map((one) => suspectKind(one, dump))
    .filter((kind) => kind !== 'other');
  const isAssumed = event.suspects.length === 0;
  if (related.length === 0 && !isAssumed) return [];
  return [
    {
      event,
      isProduct: isAssumed || related.includes('product'),
      isQuery: isAssumed || event.suspects.some(({ relatedness }) => relatedness === undefined),
    },
  ];
}

function termName(event: Event): string {
  const code = termCode(event);
  const { line } = event;
  if (codeIn(line['event'], ncit) !== code) return code;
  const display = codings(line['event']).find((one) => one['code'] === code)?.['display'];
  return ctcaeTerms[code] ?? text(display) ?? code;
}

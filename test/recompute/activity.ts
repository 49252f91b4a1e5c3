import {
  codeSystem,
  codings,
  hasCode,
  objects,
  referenceOf,
  type Dump,
  type Line,
} from './dump.ts';
import { at } from './dump.ts';

/** Which codes of an Observation are results of which activity (4.3, 3.2, 3.3). */
const codesOfActivity: Readonly<Record<string, string>> = {
  her2: '48676-1',
  'product-release': 'product-release',
  vitals: '8310-5 8867-4 9279-1 85354-9 2708-6 59408-5 29463-7 8302-2 8277-6',
  ecog: '89247-1',
  exam: '89247-1',
  labs: '6690-2 751-8 731-0 777-3 718-7 24467-3 1742-6 1920-8 14804-9 1975-2 2160-0 14631-6 14682-9',
  cytokines: '26881-3 27415-9 26848-2 33211-4 13629-1 tnf-alpha il-2 il-15 2276-4 1988-5',
  'iec-tox': 'crs-grade icans-grade',
  lvef: '10230-1',
  'cardiac-markers': '89579-7 33762-6',
  'pcr-blood': 'persist-tcrz-cd137 persist-tcrz',
  'pcr-tumour': 'persist-tcrz-cd137 persist-tcrz',
  flow: 'tcell-subsets',
  humoral: 'host-ab-anti-murine-her2 host-hama',
  elispot: 'host-cell-elispot',
  imaging: 'C96684 C96685 C96643 C96613 C94534 C94535 C103420 C94536',
  rcl: 'rcl-blood',
  'vital-status': 'vital-status',
};

const activitiesOfCode = new Map<string, readonly string[]>();
for (const [activity, codes] of Object.entries(codesOfActivity)) {
  for (const code of codes.split(' ')) {
    activitiesOfCode.set(code, [...(activitiesOfCode.get(code) ?? []), activity]);
  }
}

/** The activities that a record is a result of; without a dump the compartment of a PCR is not asked. */
export function activityOf(line: Line, dump?: Dump): readonly string[] {
  switch (line.resourceType) {
    case 'Consent':
      return ['consent'];
    case 'Procedure':
      return hasCode(line['code'], codeSystem('code'), 'leukapheresis') ? ['apheresis'] : [];
    case 'MedicationAdministration':
      return ['infusion'];
    case 'Observation': {
      const found = codings(line['code']).flatMap(
        ({ code }) => activitiesOfCode.get(String(code)) ?? [],
      );
      if (dump === undefined || !found.includes('pcr-blood')) return [...new Set(found)];
      return [isTumour(line, dump) ? 'pcr-tumour' : 'pcr-blood'];
    }
    default:
      return [];
  }
}

function isTumour(line: Line, dump: Dump): boolean {
  const type = at(dump.current(referenceOf(line['specimen'])), 'type');
  return objects(at(type, 'coding')).some(({ code }) => code === 'TUMOR' || code === '258435002');
}

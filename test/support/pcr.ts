import type { Resource } from '../../src/fhir/resource.ts';
import { concept, dateOf, local, resultOf, specimen } from './subject.ts';

/** A PCR result: on a whole day or at a time; `ND`, `DET` (below LLOQ), `failed`, or the copies. */
export interface Pcr {
  readonly day?: number;
  readonly at?: string;
  readonly level: number | string;
  readonly method?: string;
  readonly target?: string;
  readonly type?: string;
  readonly status?: string;
}

/** Every test run's limits, `{copies}/ug`. */
const lod = 10;
const lloq = 25;

/** Returns the specimens and results of a series; ids by position. */
export function pcrSeries(results: readonly Pcr[]): readonly Resource[] {
  return results.flatMap((result, index) => {
    const id = `${result.type ?? 'BLD'}-${index}`.toLowerCase();
    const collected = result.at ?? dateOf(result.day ?? 0);
    return [specimen(id, collected, result.type), pcr(id, result)];
  });
}

function pcr(id: string, { level, method, target, status }: Pcr): Resource {
  return resultOf(id, target ?? 'persist-tcrz-cd137', {
    status: status ?? 'final',
    method: local('pcr-method', method ?? 'rt-pcr-rna'),
    component: [
      { code: local('code', 'lod'), valueQuantity: copies(lod) },
      { code: local('code', 'lloq'), valueQuantity: copies(lloq) },
    ],
    ...contentOf(level),
  });
}

function contentOf(level: number | string) {
  const verdict = (code: string) => [
    concept('http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code),
  ];
  switch (level) {
    case 'failed':
      return { dataAbsentReason: { coding: [{ code: 'error' }] } };
    case 'ND':
      return { valueQuantity: { ...copies(lod), comparator: '<' }, interpretation: verdict('ND') };
    case 'DET':
      return {
        valueQuantity: { ...copies(lloq), comparator: '<' },
        interpretation: verdict('DET'),
      };
    default:
      return { valueQuantity: copies(Number(level)), interpretation: verdict('DET') };
  }
}

function copies(value: number) {
  return { value, code: '{copies}/ug' };
}

import type { Resource } from '../../src/fhir/resource.ts';
import { concept, dateOf, local, resultOf, specimen } from './subject.ts';

/** A result of an assay: the verdict, and the titre or the spots, `<20` below a first dilution. */
export type TestAssay = readonly [
  assay: 'murine' | 'hama' | 'elispot',
  day: number,
  verdict: 'POS' | 'NEG' | 'IND' | null,
  level?: number | string,
  background?: number,
];

const codes = {
  murine: 'host-ab-anti-murine-her2',
  hama: 'host-hama',
  elispot: 'host-cell-elispot',
} as const;

/** Returns the specimens and results of assays; ids by position. */
export function assayRecords(assays: readonly TestAssay[]): readonly Resource[] {
  return assays.flatMap((assay, index) => {
    const id = `${assay[0]}-${index}`;
    return [specimen(id, dateOf(assay[1]), 'SER'), resultOf(id, codes[assay[0]], contentOf(assay))];
  });
}

function contentOf([assay, , verdict, level, background]: TestAssay) {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
  const name = assay === 'elispot' ? 'elispot-sfu' : 'titre';
  return {
    ...(verdict === null ? {} : { valueCodeableConcept: concept(system, verdict) }),
    component: [
      ...(level === undefined ? [] : [{ code: local('code', name), valueQuantity: amount(level) }]),
      ...(background === undefined
        ? []
        : [{ code: local('code', 'elispot-background'), valueQuantity: amount(background) }]),
    ],
  };
}

function amount(level: number | string) {
  return typeof level === 'number'
    ? { value: level }
    : { value: Number(level.replace('<', '')), comparator: '<' };
}

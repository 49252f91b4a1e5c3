import type { Resource } from '../../src/fhir/resource.ts';
import { codeSystem } from '../../src/trial/canonical.ts';
import { ncit } from '../../src/trial/observation-value.ts';
import { concept, dateOf, extension, local } from './subject.ts';

/** A lesion: by study day millimetres, `missing`, or a lesion status. */
export interface TestLesion {
  readonly label: string;
  readonly role?: string;
  readonly nodal?: boolean;
  readonly organ?: string;
  readonly sizes: Readonly<Record<string, number | string>>;
}

/** Returns a lesion and its measurements; its id is its label. */
export function lesionRecords(lesion: TestLesion): readonly Resource[] {
  const id = lesion.label.toLowerCase();
  return [
    {
      resourceType: 'BodyStructure',
      id,
      location: concept('http://snomed.info/sct', lesion.organ ?? '10200004'),
      extension: [
        extension('lesion', {
          extension: [
            { url: 'role', valueCode: lesion.role ?? 'target' },
            { url: 'nodal', valueBoolean: lesion.nodal === true },
            { url: 'label', valueString: lesion.label },
          ],
        }),
      ],
    },
    ...Object.entries(lesion.sizes).map(([day, size]) => ({
      resourceType: 'Observation',
      id: `${id}-${day}`,
      status: 'final',
      code: concept(ncit, codeOf(lesion, size)),
      focus: [{ reference: `BodyStructure/${id}` }],
      effectiveDateTime: dateOf(Number(day)),
      ...valueOf(size),
    })),
  ];
}

function codeOf({ nodal }: TestLesion, size: number | string): string {
  if (typeof size === 'string' && size !== 'missing') return 'C96643';
  return nodal === true ? 'C96685' : 'C96684';
}

function valueOf(size: number | string) {
  if (typeof size === 'number') return { valueQuantity: { value: size, code: 'mm' } };
  return size === 'missing' ? {} : { valueCodeableConcept: local('lesion-status', size) };
}

const responseCodes: Readonly<Record<string, readonly [system: string, code: string]>> = {
  CR: [ncit, 'C4870'],
  PR: [ncit, 'C18058'],
  SD: [ncit, 'C18213'],
  PD: [ncit, 'C35571'],
  NE: [ncit, 'C62222'],
  NED: [ncit, 'C40413'],
  'NON-CR/NON-PD': [codeSystem('recist'), 'non-cr-non-pd'],
};

/** Returns an investigator's overall response; with a sum of diameters, if there is one. */
export function overallRecord(day: number, response: string, sum?: number): Resource {
  const [system = '', code = ''] = responseCodes[response] ?? [];
  return {
    resourceType: 'Observation',
    id: `overall-${day}`,
    status: 'final',
    code: concept(ncit, 'C96613'),
    effectiveDateTime: dateOf(day),
    valueCodeableConcept: concept(system, code),
    ...(sum === undefined
      ? {}
      : {
          component: [
            {
              code: local('code', 'sum-of-diameters'),
              valueQuantity: { value: sum, code: 'mm' },
            },
          ],
        }),
  };
}

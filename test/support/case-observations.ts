import type { JsonObject } from '../../src/fhir/json/json-value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { codeSystem } from '../../src/trial/canonical.ts';
import { interpretation, loinc, ncit, snomed } from '../../src/trial/observation-value.ts';
import {
  casePatient,
  caseTime,
  given,
  type CaseBuilder,
  textIn,
  type CaseRecord,
} from './case-row.ts';
import { concept, extension, local } from './subject.ts';

type Row = CaseRecord & { readonly id: string };

/** The builders of Observations. */
export const caseObservations: Readonly<Record<string, CaseBuilder>> = {
  her2: (row) => [
    observation(row, concept(loinc, '48676-1'), {
      visit: 'SCR',
      ...coded(interpretation, row['value']),
      component: [
        ...component(local('code', 'her2-ihc-score'), coded(codeSystem('ihc'), row['ihc'])),
        ...component(concept(loinc, '31150-6'), coded(interpretation, row['ish'])),
        ...component(concept(loinc, '49683-6'), quantity(row['ratio'], '1')),
      ],
    }),
  ],
  ecog: (row) => [
    observation(row, concept(loinc, '89247-1'), given({ valueInteger: row['value'] })),
  ],
  measure: (row) => [
    observation(row, concept(loinc, textIn(row, 'code')), {
      ...quantity(row['value'], textIn(row, 'unit', '%')),
      ...(row['high'] === undefined
        ? {}
        : {
            referenceRange: [
              { high: { value: row['high'] as number, code: textIn(row, 'unit', '%') } },
            ],
          }),
      ...(row['parts'] === undefined
        ? {}
        : {
            component: Object.entries(row['parts'] as Readonly<Record<string, number>>).flatMap(
              ([code, value]) => component(concept(loinc, code), quantity(value, 'mm[Hg]')),
            ),
          }),
    }),
  ],
  pregnancy: (row) => [
    observation(
      row,
      concept(loinc, textIn(row, 'code', '82810-3')),
      coded(row['code'] === '2106-3' ? interpretation : snomed, row['value']),
    ),
  ],
  grade: (row) => [
    observation(
      row,
      local('code', `${textIn(row, 'kind')}-grade`),
      coded(codeSystem('astct'), `grade-${textIn(row, 'grade')}`),
    ),
  ],
  rcl: (row) => [
    observation(row, local('code', 'rcl-blood'), {
      ...coded(interpretation, row['value']),
      method: local('rcl-method', textIn(row, 'method', 'vsv-g-qpcr')),
    }),
  ],
  release: (row) => [
    observation(row, local('code', 'product-release'), {
      focus: [{ reference: `Medication/${textIn(row, 'lot', 'lot')}` }],
      ...coded(codeSystem('release'), row['verdict'] ?? 'released'),
      component: component(local('code', 'product-rcl'), coded(interpretation, row['rcl'])),
    }),
  ],
  vital: (row) => [
    observation(
      row,
      local('code', 'vital-status'),
      row['value'] === 'alive'
        ? coded(codeSystem('code'), 'alive')
        : coded(snomed, row['value'] ?? '419099009'),
    ),
  ],
  pcr: (row) => sampled(row, textIn(row, 'type', 'BLD'), pcr(row)),
  assay: (row) => sampled(row, 'SER', assay(row)),
  flow: (row) => sampled(row, textIn(row, 'type', 'BLD'), flow(row)),
  lesion: (row) => [
    {
      resourceType: 'BodyStructure',
      id: row.id,
      patient: casePatient,
      location: concept(snomed, textIn(row, 'organ', '10200004')),
      extension: [
        extension('lesion', {
          extension: [
            { url: 'role', valueCode: textIn(row, 'role', 'target') },
            { url: 'nodal', valueBoolean: row['nodal'] === true },
            { url: 'label', valueString: textIn(row, 'label', row.id) },
          ],
        }),
      ],
    },
  ],
  size: (row) => [
    observation(row, concept(ncit, textIn(row, 'code', 'C96684')), {
      focus: [{ reference: `BodyStructure/${textIn(row, 'of')}` }],
      ...(typeof row['value'] === 'string'
        ? coded(codeSystem('lesion-status'), row['value'])
        : quantity(row['value'], 'mm')),
    }),
  ],
  response: (row) => [
    observation(row, concept(ncit, textIn(row, 'code', 'C96613')), {
      ...responseValue(textIn(row, 'value')),
      component: component(local('code', 'sum-of-diameters'), quantity(row['sum'], 'mm')),
    }),
  ],
};

const responses: Readonly<Record<string, JsonObject>> = {
  CR: concept(ncit, 'C4870'),
  PR: concept(ncit, 'C18058'),
  SD: concept(ncit, 'C18213'),
  PD: concept(ncit, 'C35571'),
  NE: concept(ncit, 'C62222'),
  'NON-CR/NON-PD': local('recist', 'non-cr-non-pd'),
};

function responseValue(value: string): JsonObject {
  return { valueCodeableConcept: responses[value] ?? local('lesion-status', value) };
}

function observation(row: Row, code: JsonObject, content: JsonObject): Resource {
  const { visit = row['visit'], component: components, ...rest } = content;
  return given({
    resourceType: 'Observation',
    id: row.id,
    status: row['status'] ?? 'final',
    code,
    subject: casePatient,
    ...(row['end'] === undefined
      ? { effectiveDateTime: caseTime(row.at) }
      : { effectivePeriod: { start: caseTime(row.at), end: row['end'] } }),
    issued: row['issued'],
    ...(visit === undefined
      ? {}
      : { extension: [extension('visit', { valueCode: visit as string })] }),
    ...rest,
    ...(Array.isArray(components) && components.length > 0 ? { component: components } : {}),
  }) as Resource;
}

/** A result of a specimen, whose collection is the time of the row. */
function sampled(row: Row, type: string, [code, content]: readonly [JsonObject, JsonObject]) {
  const specimen: Resource = {
    resourceType: 'Specimen',
    id: `${row.id}-specimen`,
    type: type.includes('-')
      ? local('code', type)
      : concept('http://terminology.hl7.org/CodeSystem/v2-0487', type),
    subject: casePatient,
    collection: { collectedDateTime: caseTime(row.at) },
    extension: [extension('visit', { valueCode: textIn(row, 'visit', 'UNS') })],
  };
  const result = observation({ ...row, at: row['reported'] as string }, code, {
    specimen: { reference: `Specimen/${specimen.id ?? ''}` },
    ...content,
  });
  return [specimen, result];
}

/** `level`: a number, `DET` below LLOQ 25, `ND` below LOD 10, `failed`. */
function pcr(row: Row): readonly [JsonObject, JsonObject] {
  const detected = (code: string) => [concept(interpretation, code)];
  const values: Readonly<Record<string, JsonObject>> = {
    failed: { dataAbsentReason: { coding: [{ code: 'error' }] } },
    ND: { ...quantity(10, '{copies}/ug', '<'), interpretation: detected('ND') },
    DET: { ...quantity(25, '{copies}/ug', '<'), interpretation: detected('DET') },
  };
  return [
    local('code', textIn(row, 'target', 'persist-tcrz-cd137')),
    {
      method: local('pcr-method', textIn(row, 'method', 'rt-pcr-rna')),
      component: [
        ...component(local('code', 'lod'), quantity(10, '{copies}/ug')),
        ...component(local('code', 'lloq'), quantity(25, '{copies}/ug')),
      ],
      ...(values[textIn(row, 'level')] ?? {
        ...quantity(row['level'], '{copies}/ug'),
        interpretation: detected('DET'),
      }),
    },
  ];
}

const assays: Readonly<Record<string, string>> = {
  murine: 'host-ab-anti-murine-her2',
  hama: 'host-hama',
  elispot: 'host-cell-elispot',
};

/** `level`: a titre or spots, `<20` below a first dilution. */
function assay(row: Row): readonly [JsonObject, JsonObject] {
  const name = row['test'] === 'elispot' ? 'elispot-sfu' : 'titre';
  const text = textIn(row, 'level');
  const level =
    row['level'] === undefined
      ? {}
      : quantity(Number(text.replace('<', '')), '{titer}', text.startsWith('<') ? '<' : undefined);
  return [
    local('code', assays[textIn(row, 'test')] ?? ''),
    {
      ...coded(interpretation, row['value']),
      component: [
        ...component(local('code', name), level),
        ...component(
          local('code', 'elispot-background'),
          quantity(row['background'], '{SFU}/10*6'),
        ),
      ],
    },
  ];
}

function flow(row: Row): readonly [JsonObject, JsonObject] {
  const numbers = ['tcm', 'tem', 'treg', 'car-of-cd3', 'car-count'];
  const gate = row['gate'] ?? 'car-cd3';
  return [
    local('code', 'tcell-subsets'),
    {
      component: [
        ...component(local('code', 'parent-gate'), coded(codeSystem('gate'), gate)),
        ...numbers.flatMap((name) => component(local('code', name), quantity(row[name], '%'))),
      ],
    },
  ];
}

function coded(system: string, code: unknown): JsonObject {
  return typeof code === 'string' ? { valueCodeableConcept: concept(system, code) } : {};
}

function quantity(value: unknown, code: string, comparator?: string): JsonObject {
  if (value === undefined || value === null) return {};
  return { valueQuantity: given({ value, comparator, code }) };
}

function component(code: JsonObject, value: JsonObject): readonly JsonObject[] {
  return Object.keys(value).length === 0 ? [] : [{ code, ...value }];
}

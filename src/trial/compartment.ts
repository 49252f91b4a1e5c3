import type { Resource } from '../fhir/resource.ts';
import { codeSystem } from './canonical.ts';
import { codesOf } from './element.ts';
import { snomed } from './observation-value.ts';
import type { SubjectRecords } from './subject-records.ts';

/** What of the body, or of the product, a specimen is. */
export type Compartment = 'blood' | 'tumour' | 'serum' | 'plasma' | 'product';

const specimenTypes = 'http://terminology.hl7.org/CodeSystem/v2-0487';

const byType: ReadonlyMap<string, Compartment> = new Map([
  [`${specimenTypes}|BLD`, 'blood'],
  [`${specimenTypes}|WB`, 'blood'],
  [`${snomed}|258580003`, 'blood'],
  [`${codeSystem('code')}|pbmc`, 'blood'],
  [`${specimenTypes}|TUMOR`, 'tumour'],
  [`${snomed}|258435002`, 'tumour'],
  [`${specimenTypes}|SER`, 'serum'],
  [`${snomed}|119364003`, 'serum'],
  [`${specimenTypes}|PLAS`, 'plasma'],
  [`${snomed}|119361006`, 'plasma'],
  [`${codeSystem('code')}|product-sample`, 'product'],
  [`${codeSystem('product')}|cart-her-2`, 'product'],
]);

/** Returns the compartment of the specimen of an Observation; undefined when the specimen does not say. */
export function compartmentOf(
  observation: Resource,
  records: Pick<SubjectRecords, 'referred'>,
): Compartment | undefined {
  const specimen = records.referred(observation['specimen'])?.resource;
  return codesOf(specimen?.['type'])
    .map(({ system, code }) => byType.get(`${system}|${code}`))
    .find((compartment) => compartment !== undefined);
}

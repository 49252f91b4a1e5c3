import { isJsonObject, type JsonObject } from '../fhir/json/json-value.ts';
import { codesOf, objectsOf, textOf } from './element.ts';

const groups: readonly (readonly [units: readonly string[], codes: readonly string[]])[] = [
  [['Cel'], ['8310-5']],
  [['/min'], ['8867-4', '9279-1']],
  [['mm[Hg]'], ['85354-9', '8480-6', '8462-4']],
  [['%'], ['2708-6', '59408-5', '10230-1']],
  [['kg'], ['29463-7']],
  [['cm'], ['8302-2']],
  [['m2'], ['8277-6']],
  [
    ['10*3/uL', '10*9/L'],
    ['6690-2', '751-8', '731-0', '777-3'],
  ],
  [['g/dL', 'g/L'], ['718-7']],
  [['/uL'], ['24467-3']],
  [['U/L'], ['1742-6', '1920-8', '14804-9']],
  [['mg/dL'], ['1975-2', '2160-0']],
  [['umol/L'], ['14631-6', '14682-9']],
  [['ng/mL', 'ug/L'], ['2276-4']],
  [['mg/L', 'mg/dL'], ['1988-5']],
  [['ug/mL{FEU}'], ['48065-7']],
  [
    ['pg/mL'],
    ['26881-3', '27415-9', '26848-2', '33211-4', '13629-1', 'tnf-alpha', 'il-2', 'il-15'],
  ],
  [
    ['ng/L', 'pg/mL'],
    ['89579-7', '33762-6'],
  ],
];

/** The UCUM units in which each measurement may be sent, by its code: those of `h2c-measurement-unit`. */
export const measurementUnits: ReadonlyMap<string, readonly string[]> = new Map(
  groups.flatMap(([units, codes]) => codes.map((code) => [code, units] as const)),
);

/** Returns whether an Observation, and each of its components, is in a unit listed for its code. */
export function isInListedUnit(observation: JsonObject, code: string): boolean {
  return (
    isListed(observation, code) &&
    objectsOf(observation['component']).every((component) =>
      codesOf(component['code']).every((coding) => isListed(component, coding.code)),
    )
  );
}

/** Without a number, and of a code that is no measurement, no unit is asked for. */
function isListed(element: JsonObject, code: string): boolean {
  const quantity = element['valueQuantity'];
  const units = measurementUnits.get(code);
  return (
    !isJsonObject(quantity) || units === undefined || units.includes(textOf(quantity['code']) ?? '')
  );
}

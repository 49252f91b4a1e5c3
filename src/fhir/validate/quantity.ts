import { ucum } from '@atomic-ehr/ucum';
import { report, type ObjectCheck } from './pass.ts';

const ucumSystem = 'http://unitsofmeasure.org';
const unitLengthMax = 100;

/**
 * A code of the system UCUM is a unit of UCUM.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Quantity
 */
export const unitRules: ObjectCheck = (quantity, pass) => {
  const { system, code } = quantity;
  if (system === ucumSystem && typeof code === 'string' && !isUnit(code)) {
    report(pass, {
      code: 'code-invalid',
      rule: 'ucum',
      text: 'The code of the unit is not a unit of UCUM.',
      child: 'code',
    });
  }
};

/** Units that are everywhere, so that most quantities need no parser. */
const common: ReadonlySet<string> = new Set(
  '1 % kg g mg ug ng cm mm m L mL uL a mo wk d h min s Cel mm[Hg] /min kg/m2 10*9/L mmol/L mg/dL U/L'.split(
    ' ',
  ),
);

/** Its own declarations import without extensions, which TypeScript does not resolve here. */
const parser = ucum as { validate(unit: string): { readonly valid: boolean } };

/**
 * Returns whether `code` is a unit of UCUM. Annotations are text in braces; the parser reads only some
 * characters of them, so it sees a plain one.
 *
 * @see https://ucum.org/ucum
 */
export function isUnit(code: string): boolean {
  if (common.has(code)) {
    return true;
  }
  if (code.length > unitLengthMax || !/^[!-~]+$/.test(code)) {
    return false;
  }
  const plain = code.replace(/\{[^{}]*\}/g, '{a}');
  try {
    return parser.validate(plain).valid;
  } catch {
    return false; // The lexer throws at a character that no unit has.
  }
}

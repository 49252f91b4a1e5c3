import { ucum } from '@atomic-ehr/ucum';
import { absoluteSystem } from './absolute-system.ts';
import { report, type ObjectCheck } from './pass.ts';

const ucumSystem = 'http://unitsofmeasure.org';
const unitLengthMax = 100;

/**
 * A code of the system UCUM is a unit of UCUM.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Quantity
 */
export function unitRules(): ObjectCheck {
  const known = new Map<string, boolean>();
  return (quantity, pass) => {
    absoluteSystem(quantity, pass);
    const { system, code } = quantity;
    if (system === ucumSystem && typeof code === 'string' && !isKnownUnit(known, code)) {
      report(pass, {
        code: 'code-invalid',
        rule: 'ucum',
        text: 'The code of the unit is not a unit of UCUM.',
        child: 'code',
      });
    }
  };
}

const unitsMax = 1_000;

/** The answers are kept, up to a limit; units repeat. */
function isKnownUnit(known: Map<string, boolean>, code: string): boolean {
  const answer = known.get(code);
  if (answer !== undefined) {
    return answer;
  }
  const isValid = isUnit(code);
  if (known.size < unitsMax) {
    known.set(code, isValid);
  }
  return isValid;
}

/** Its own declarations import without extensions, which TypeScript does not resolve here. */
const parser = ucum as { validate(unit: string): { readonly valid: boolean } };

/**
 * Returns whether `code` is a unit of UCUM. Annotations are text in braces; the parser reads only some
 * characters of them, so it sees a plain one.
 *
 * @see https://ucum.org/ucum
 */
export function isUnit(code: string): boolean {
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

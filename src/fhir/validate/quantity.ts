import { isUnit, ucumSystem } from '../ucum.ts';
import { absoluteSystem } from './absolute-system.ts';
import { report, type ObjectCheck } from './pass.ts';

/**
 * A code of the system UCUM is a unit of UCUM.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Quantity
 */
export function unitRules(): ObjectCheck {
  return (quantity, pass) => {
    absoluteSystem(quantity, pass);
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
}

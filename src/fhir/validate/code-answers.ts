import type { Membership } from '../definitions/terminology.ts';
import type { Compiler } from './compiler.ts';

/** Whether a code is in one value set; without a system, that of the value set. */
export type IsMember = (system: string | undefined, code: string) => Membership;

/**
 * Returns who is in a value set. Each code is asked for once: the answers are kept, up to a limit,
 * because terminology never changes.
 */
export function answersOf(
  { terminology }: Pick<Compiler, 'terminology'>,
  valueSet: string,
): IsMember {
  // By system and then by code, so that no key is put together for each look.
  const bySystem = new Map<string | undefined, Map<string, Membership>>();
  let count = 0;
  return (system, code) => {
    const known = bySystem.get(system);
    const answer = known?.get(code);
    if (answer !== undefined) {
      return answer;
    }
    const membership = terminology.membership(valueSet, system, code);
    if (count < answersMax) {
      count += 1;
      if (known === undefined) {
        bySystem.set(system, new Map([[code, membership]]));
      } else {
        known.set(code, membership);
      }
    }
    return membership;
  };
}

const answersMax = 500;

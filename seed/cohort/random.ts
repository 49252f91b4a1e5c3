import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A deterministic source of choices: the same seed makes the same cohort on every machine. */
export interface Random {
  /** An integer from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** A decimal between `from` and `to`, rounded to `digits` places. */
  decimal(from: number, to: number, digits: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** Returns a source whose choices depend on `seed` and `stream` alone; streams do not disturb each other. */
export function random(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(
    Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b),
  );
  const integer = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    integer,
    decimal: (from, to, digits) =>
      Number((from + (to - from) * uniformFloat64(generator)).toFixed(digits)),
    chance: (probability) => uniformFloat64(generator) < probability,
    pick: (choices) => choices[integer(0, choices.length - 1)] ?? choices[0],
  };
}

import * as atomicUcum from '@atomic-ehr/ucum';

const unitLengthMax = 100;
const unitsMax = 1_000;

/** The code system of UCUM. */
export const ucumSystem = 'http://unitsofmeasure.org';

/**
 * A unit in terms of UCUM's base units: a value `v` in it is `v * factor + offset` in `base`, a unit of
 * UCUM itself (`g.m-3`; `1` for a pure number).
 */
export interface UnitScale {
  readonly base: string;
  readonly factor: number;
  /** Not 0 for temperatures in degrees only. */
  readonly offset: number;
}

/**
 * Returns whether `code` is a unit of UCUM. Annotations are text in braces; the parser reads only some
 * characters of them, so it sees a plain one.
 *
 * @see https://ucum.org/ucum
 */
export const isUnit: (code: string) => boolean = remembered(readIsUnit);

/**
 * Returns the scale of a unit of UCUM; undefined for one that only equals itself: one with an annotation
 * (`{copies}/ug` is no `/ug`, whatever UCUM's arithmetic says), a logarithm, and no unit at all. An
 * arbitrary unit (`[IU]`) is a base unit of its own.
 *
 * @see docs/spec-clarifications.md#search
 */
export const unitScale: (code: string) => UnitScale | undefined = remembered(readScale);

/** Returns the value in the base unit, to 12 significant digits; an infinite one stays. */
export function toBase({ factor, offset }: UnitScale, value: number): number {
  const exact = value * factor + offset;
  return isShort(exact) ? exact : (nearShort(exact) ?? rounded(exact, valueDigits));
}

// Most values are short: the same result without printing them.
function isShort(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 10 ** valueDigits;
}

function nearShort(value: number): number | undefined {
  const millionths = Math.round(value * 1e6);
  const isNear = Math.abs(millionths - value * 1e6) <= Math.abs(millionths) * 1e-13;
  return isNear && isShort(millionths) ? millionths / 1e6 : undefined;
}

/**
 * Returns `answer` with a memo, not a state: answers are a pure function of the code. Units repeat; a long
 * text is none and is not kept.
 */
function remembered<Answer>(answer: (code: string) => Answer): (code: string) => Answer {
  const known = new Map<string, Answer>();
  return (code) => {
    const found = known.get(code);
    if (found !== undefined || known.has(code)) return found as Answer;
    const fresh = answer(code);
    if (known.size < unitsMax && code.length <= unitLengthMax) known.set(code, fresh);
    return fresh;
  };
}

function readIsUnit(code: string): boolean {
  if (code.length > unitLengthMax || !/^[!-~]+$/.test(code)) return false;
  const plain = code.replace(/\{[^{}]*\}/g, '{a}');
  try {
    return library.ucum.validate(plain).valid;
  } catch {
    return false; // The lexer throws at a character that no unit has.
  }
}

function readScale(code: string): UnitScale | undefined {
  const degree = degrees.get(code);
  if (degree !== undefined) return degree;
  if (code.includes('{') || !isUnit(code)) return undefined;
  try {
    const { ast } = library.parseUnit(code);
    const { magnitude, units, specialFunction } = library.toCanonicalForm(code);
    if (ast === undefined || specialFunction !== undefined) return undefined;
    const factor = rounded(magnitude, factorDigits);
    if (!Number.isFinite(factor) || factor <= 0) return undefined;
    const exponents = new Map(units.map(({ unit, exponent }) => [unit, exponent]));
    addArbitrary(ast, 1, exponents);
    return { base: baseText(exponents), factor, offset: 0 };
  } catch {
    return undefined; // The library throws where a unit is defined by one that it does not know.
  }
}

// The library multiplies doubles: 1 L is 0.0010000000000000002 m3. Fewer digits for values than for
// factors, so that 60 /min is 1 /s.
const factorDigits = 14;
const valueDigits = 12;

/** Alone they name a temperature; within a product (`W/Cel`) UCUM gives them no meaning. */
const degrees: ReadonlyMap<string, UnitScale> = new Map([
  ['Cel', { base: 'K', factor: 1, offset: 273.15 }],
  ['[degF]', { base: 'K', factor: 5 / 9, offset: (459.67 * 5) / 9 }],
]);

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Arbitrary units and counts by a procedure: the library takes them for the number 1. */
function addArbitrary(node: UnitNode, sign: number, exponents: Map<string, number>): void {
  switch (node.type) {
    case 'unit': {
      if (!isArbitrary(node.atom)) return;
      const name = node.atom === '[IU]' ? '[iU]' : node.atom;
      exponents.set(name, (exponents.get(name) ?? 0) + sign * (node.exponent ?? 1));
      return;
    }
    case 'binary':
      addArbitrary(node.left, sign, exponents);
      addArbitrary(node.right, node.operator === '/' ? -sign : sign, exponents);
      return;
    case 'unary':
      addArbitrary(node.operand, node.operator === '/' ? -sign : sign, exponents);
      return;
    case 'group':
      addArbitrary(node.expression, sign, exponents);
      return;
    case 'factor':
  }
}

function isArbitrary(atom: string): boolean {
  if (!atom.startsWith('[')) return false;
  const { magnitude, units, specialFunction } = library.toCanonicalForm(atom);
  return magnitude === 1 && units.length === 0 && specialFunction === undefined;
}

function baseText(exponents: ReadonlyMap<string, number>): string {
  const terms = [...exponents]
    .filter(([, exponent]) => exponent !== 0)
    .map(([unit, exponent]) => (exponent === 1 ? unit : `${unit}${exponent}`));
  return terms.length === 0 ? '1' : terms.sort().join('.');
}

type UnitNode =
  | { readonly type: 'unit'; readonly atom: string; readonly exponent?: number }
  | { readonly type: 'factor' }
  | { readonly type: 'group'; readonly expression: UnitNode }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: UnitNode }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: UnitNode;
      readonly right: UnitNode;
    };

interface Library {
  readonly ucum: { validate(unit: string): { readonly valid: boolean } };
  parseUnit(unit: string): { readonly ast?: UnitNode };
  toCanonicalForm(unit: string): {
    readonly magnitude: number;
    readonly units: readonly { readonly unit: string; readonly exponent: number }[];
    readonly specialFunction?: object;
  };
}

/** Its own declarations import without extensions, which TypeScript does not resolve here. */
const library = atomicUcum as unknown as Library;

import type { ElementDefinition } from '@medplum/fhirtypes';
import type { Membership } from '../definitions/terminology.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { answersOf, type IsMember } from './code-answers.ts';
import type { Compiler } from './compiler.ts';
import { report, type Pass } from './pass.ts';

/** Checks a coded value against the value set that its element is bound to. */
export type BindingCheck = (value: JsonValue | undefined, pass: Pass) => void;

type Binding = NonNullable<ElementDefinition['binding']>;
/** `maximum` is R4's extension beside an extensible binding: a code must be in it, text alone may stand. */
type Strength = 'required' | 'maximum' | 'extensible' | 'preferred';

/**
 * Compiles a binding: required refuses, extensible warns, preferred informs. What the shipped
 * definitions cannot decide passes. Undefined where nothing is to be checked.
 *
 * @see https://hl7.org/fhir/R4/terminologies.html#strength
 */
export function compileBinding(
  compiler: Compiler,
  binding: Binding | undefined,
  type: string,
): BindingCheck | undefined {
  const valueSet = binding?.valueSet;
  const strength = binding?.strength;
  if (valueSet === undefined || strength === undefined || strength === 'example') {
    return undefined;
  }
  const checks = [
    checkOf({ compiler, valueSet, strength }, type),
    maximum(compiler, binding, type),
  ];
  const present = checks.filter((check) => check !== undefined);
  return present.length < 2
    ? present[0]
    : (value, pass) => {
        for (const check of present) {
          check(value, pass);
        }
      };
}

const maxValueSet = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';

/**
 * Returns the value set that no code may leave, however weak the binding beside it.
 *
 * @see https://hl7.org/fhir/R4/extension-elementdefinition-maxvalueset.html
 */
export function maximumValueSet(binding: Binding | undefined): string | undefined {
  const extension = binding?.extension?.find(({ url }) => url === maxValueSet);
  return extension?.valueCanonical ?? extension?.valueUri;
}

function maximum(compiler: Compiler, binding: Binding | undefined, type: string) {
  const valueSet = maximumValueSet(binding);
  return valueSet === undefined
    ? undefined
    : checkOf({ compiler, valueSet, strength: 'maximum' }, type);
}

interface Bound {
  readonly compiler: Compiler;
  readonly valueSet: string;
  readonly strength: Strength;
}

function checkOf(bound: Bound, type: string): BindingCheck | undefined {
  switch (type) {
    case 'code':
      return codeCheck(bound);
    case 'string':
    case 'uri':
    case 'url':
    case 'canonical':
    case 'markdown':
      return textCheck(bound);
    case 'Coding':
      return codingCheck(bound);
    case 'Quantity':
    case 'Age':
    case 'Duration':
      return quantityCheck(bound);
    case 'CodeableConcept':
      return conceptCheck(bound);
    default:
      return undefined;
  }
}

/** A code that has only an extension is none, which a required binding does not allow. */
function codeCheck(bound: Bound): BindingCheck {
  const check = textCheck(bound);
  return (value, pass) => {
    if (value !== undefined) {
      check(value, pass);
    } else if (bound.strength === 'required') {
      reportOut(bound, 'There is no code', pass);
    }
  };
}

function textCheck(bound: Bound): BindingCheck {
  const isMember = answersOf(bound.compiler, bound.valueSet);
  return (value, pass) => {
    if (typeof value === 'string' && isMember(undefined, value) === 'out') {
      reportOut(bound, 'The code is not in the value set', pass);
    }
  };
}

function codingCheck(bound: Bound): BindingCheck {
  const isMember = answersOf(bound.compiler, bound.valueSet);
  return (value, pass) => {
    if (isJsonObject(value) && codingMembership(isMember, value) === 'out') {
      reportOut(bound, 'The code is not in the value set', pass);
    }
  };
}

function quantityCheck(bound: Bound): BindingCheck {
  const isMember = answersOf(bound.compiler, bound.valueSet);
  return (value, pass) => {
    if (!isJsonObject(value)) {
      return;
    }
    const isCoded = value['code'] !== undefined;
    if (isCoded ? codingMembership(isMember, value) === 'out' : bound.strength === 'required') {
      reportOut(
        bound,
        isCoded ? 'The unit is not in the value set' : 'The quantity has no coded unit',
        pass,
      );
    }
  };
}

function conceptCheck(bound: Bound): BindingCheck {
  const isMember = answersOf(bound.compiler, bound.valueSet);
  return (value, pass) => {
    const codings = isJsonObject(value) ? value['coding'] : undefined;
    if (!Array.isArray(codings) || codings.length === 0) {
      if (bound.strength === 'required') {
        reportOut(bound, 'There is no code', pass);
      }
      return;
    }
    for (const coding of codings) {
      if (!isJsonObject(coding) || codingMembership(isMember, coding) !== 'out') {
        return;
      }
    }
    reportOut(bound, 'None of the codes is in the value set', pass);
  };
}

function codingMembership(isMember: IsMember, coding: JsonObject): Membership {
  const code = coding['code'];
  const system = coding['system'];
  if (typeof code !== 'string' || typeof system !== 'string') {
    return 'out';
  }
  return isMember(system, code);
}

const levels = {
  required: { severity: 'error', word: 'required' },
  maximum: { severity: 'error', word: 'required' },
  extensible: { severity: 'warning', word: 'expected where one fits' },
  preferred: { severity: 'information', word: 'preferred' },
} as const;

function reportOut(bound: Bound, found: string, pass: Pass): void {
  const { valueSet, strength } = bound;
  const { severity, word } = levels[strength];
  report(pass, {
    code: 'code-invalid',
    severity,
    rule: 'binding',
    text: `${found}; a code of the value set ${valueSet}${codesOf(bound)} is ${word}.`,
  });
}

/** The codes of a value set that has only a few: ` (male, female, other, unknown)`. */
function codesOf({ compiler, valueSet }: Bound): string {
  const codes = compiler.terminology.expansion(valueSet) ?? [];
  const isShown = codes.length > 0 && codes.length <= shownMax;
  return isShown ? ` (${codes.map(({ code }) => code).join(', ')})` : '';
}

const shownMax = 12;

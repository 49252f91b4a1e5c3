import type { JsonValue } from '../json/json-value.ts';
import type { ValueCheck } from './compiler.ts';
import { choiceValue, type ElementNode } from './element-tree.ts';
import { report } from './pass.ts';
import { equalsFixed, matchesPattern } from './pattern.ts';
import { compareToLimit } from './range.ts';

/** Compiles the fixed value, pattern, limits and length that an element demands. */
export function compileValueRules(node: ElementNode): readonly ValueCheck[] {
  const checks: (ValueCheck | undefined)[] = [
    compileFixed(node),
    compilePattern(node),
    compileLimit(node, 'minValue'),
    compileLimit(node, 'maxValue'),
    compileLength(node),
  ];
  return checks.filter((check) => check !== undefined);
}

function compileFixed(node: ElementNode): ValueCheck | undefined {
  const fixed = choiceValue(node.definition, 'fixed');
  if (fixed === undefined) {
    return undefined;
  }
  return ({ value }, pass) => {
    if (!equalsFixed(value, fixed.value as JsonValue)) {
      report(pass, {
        code: 'value',
        rule: fixed.name,
        text: `${node.path} is not the fixed value ${shown(fixed.value)}.`,
      });
    }
  };
}

function compilePattern(node: ElementNode): ValueCheck | undefined {
  const pattern = choiceValue(node.definition, 'pattern');
  if (pattern === undefined) {
    return undefined;
  }
  return ({ value }, pass) => {
    if (!matchesPattern(value, pattern.value as JsonValue)) {
      report(pass, {
        code: 'value',
        rule: pattern.name,
        text: `${node.path} does not have the required ${shown(pattern.value)}.`,
      });
    }
  };
}

function compileLimit(node: ElementNode, stem: 'minValue' | 'maxValue'): ValueCheck | undefined {
  const limit = choiceValue(node.definition, stem);
  if (limit === undefined) {
    return undefined;
  }
  const isMin = stem === 'minValue';
  return ({ value }, pass) => {
    const order = compareToLimit(value, limit.value);
    if (order !== undefined && (isMin ? order < 0 : order > 0)) {
      report(pass, {
        code: 'value',
        rule: stem,
        text: `${node.path} is ${isMin ? 'less than the least' : 'greater than the greatest'} value ${shown(limit.value)}.`,
      });
    }
  };
}

function compileLength(node: ElementNode): ValueCheck | undefined {
  const { maxLength } = node.definition;
  if (maxLength === undefined) {
    return undefined;
  }
  return ({ value }, pass) => {
    if (typeof value === 'string' && value.length > maxLength) {
      report(pass, {
        code: 'too-long',
        rule: 'maxLength',
        text: `${node.path} has ${value.length} characters; at most ${maxLength} are allowed.`,
      });
    }
  };
}

const shownMax = 200;

/** What a profile demands, shortened; it comes from the profile, never from the resource. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

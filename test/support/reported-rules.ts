import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A rule that sources report, with the issue codes and severities that they give it. */
export interface ReportedRule {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severities: readonly string[];
}

/**
 * Returns the rules of the findings that the sources in a folder report: objects with a `code` and a
 * `rule`. What is computed instead of written is named as its expression is (`fixed.name`).
 */
export function reportedRules(folder: string): readonly ReportedRule[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
      return objectsIn(source).flatMap((object) => rulesOf(source, object));
    });
}

function objectsIn(node: ts.Node): readonly ts.ObjectLiteralExpression[] {
  const below = node.getChildren().flatMap(objectsIn);
  return ts.isObjectLiteralExpression(node) ? [node, ...below] : below;
}

function rulesOf(
  source: ts.SourceFile,
  object: ts.ObjectLiteralExpression,
): readonly ReportedRule[] {
  const members = new Map(
    object.properties.flatMap((property) =>
      ts.isPropertyAssignment(property)
        ? [[property.name.getText(), leaves(property.initializer)] as const]
        : ts.isShorthandPropertyAssignment(property)
          ? [[property.name.getText(), [property.name.getText()]] as const]
          : [],
    ),
  );
  const [codes, rules] = [members.get('code'), members.get('rule')];
  const isPassedOn = rules?.includes('finding.rule') === true;
  if (codes === undefined || rules === undefined || isPassedOn) return [];
  const severities = members.get('severity') ?? ['error'];
  const named = rules.flatMap((rule) => (rule === 'rule' ? givenTo(source, object) : [rule]));
  // Two alternatives of each are two alternatives of one question.
  const isPaired = rules.length > 1 && rules.length === codes.length;
  return named.map((rule, index) => ({
    rule,
    codes: isPaired ? codes.slice(index, index + 1) : codes,
    severities,
  }));
}

/** The texts that an expression can be; anything but a text stands for itself. */
function leaves(expression: ts.Expression): readonly string[] {
  if (ts.isConditionalExpression(expression)) {
    return [...leaves(expression.whenTrue), ...leaves(expression.whenFalse)];
  }
  return [ts.isStringLiteral(expression) ? expression.text : expression.getText()];
}

/** The rules that calls give as first argument to the function around, whose parameter `rule` is. */
function givenTo(source: ts.SourceFile, object: ts.Node): readonly string[] {
  let around = object;
  while (!ts.isVariableDeclaration(around) && !ts.isFunctionDeclaration(around)) {
    around = around.parent;
  }
  const name = around.name?.getText();
  return callsIn(source)
    .filter(({ expression }) => expression.getText() === name)
    .flatMap(({ arguments: [first] }) => (first === undefined ? [] : leaves(first)));
}

function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const below = node.getChildren().flatMap(callsIn);
  return ts.isCallExpression(node) ? [node, ...below] : below;
}

import type { SQLInputValue } from 'node:sqlite';

/** A piece of SQL with the values of its parameters, in order. Values never become part of the text. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Returns the fragment of a template; fragments in it are inlined, everything else becomes a parameter. */
export function sql(
  texts: TemplateStringsArray,
  ...parts: readonly (Fragment | string | number | null)[]
): Fragment {
  let text = texts[0] ?? '';
  const values: SQLInputValue[] = [];
  parts.forEach((part, index) => {
    if (typeof part === 'object' && part !== null) {
      text += part.sql;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += texts[index + 1] ?? '';
  });
  return { sql: text, values };
}

/** Returns a name of the schema as a fragment. Never call it with what a client sent. */
export function name(identifier: string): Fragment {
  return { sql: identifier, values: [] };
}

/** Returns `(?, ?, …)`; an empty list is a list that holds nothing. */
export function list(values: readonly (string | number)[]): Fragment {
  return { sql: `(${values.map(() => '?').join(',')})`, values };
}

/** Returns the conjunction, true when empty. */
export function every(conditions: readonly Fragment[]): Fragment {
  return balanced(conditions, 'AND') ?? { sql: '1', values: [] };
}

/** Returns the disjunction, false when empty. */
export function some(conditions: readonly Fragment[]): Fragment {
  return balanced(conditions, 'OR') ?? { sql: '0', values: [] };
}

/** A balanced tree, because SQLite limits the depth of an expression and not its size. */
function balanced(conditions: readonly Fragment[], operator: string): Fragment | undefined {
  const [first] = conditions;
  if (conditions.length < 2 || first === undefined) {
    return first;
  }
  const middle = conditions.length >> 1;
  const left = balanced(conditions.slice(0, middle), operator);
  const right = balanced(conditions.slice(middle), operator);
  return left && right && sql`(${left} ${name(operator)} ${right})`;
}

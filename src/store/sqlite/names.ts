import type { Connection } from './connection.ts';

/**
 * Small integers that stand for types, search parameters and systems in every index row. Known names
 * are kept in memory; a transaction that is rolled back takes its new names with it.
 */
export class Names {
  readonly #known = new Map<string, number>();
  readonly #types = new Map<number, string>();
  #fresh: string[] = [];

  /** The number of the name; undefined when nothing stored uses it. */
  find(text: string, connection: Connection): number | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) {
      return known;
    }
    const found = connection.get('SELECT id FROM name WHERE text = ?', text)?.['id'];
    if (typeof found === 'number') {
      this.#known.set(text, found);
      return found;
    }
    return undefined;
  }

  /** The number of the name, given out now when it has none. Only inside a transaction of the writer. */
  intern(text: string, writer: Connection): number {
    const found = this.find(text, writer);
    if (found !== undefined) {
      return found;
    }
    const id = Number(writer.get('INSERT INTO name (text) VALUES (?) RETURNING id', text)?.['id']);
    this.#known.set(text, id);
    this.#fresh.push(text);
    return id;
  }

  /** The name of a number. */
  text(id: number, connection: Connection): string {
    const known = this.#types.get(id);
    if (known !== undefined) {
      return known;
    }
    const text = String(connection.get('SELECT text FROM name WHERE id = ?', id)?.['text']);
    this.#types.set(id, text);
    return text;
  }

  /** The names given out since the last call are in the file. */
  keepFresh(): void {
    this.#fresh = [];
  }

  /** The transaction was rolled back, so the numbers will be given to other names. */
  forgetFresh(): void {
    this.#fresh.forEach((text) => this.#known.delete(text));
    this.#types.clear();
    this.#fresh = [];
  }
}

/** The name of a type. */
export function typeName(type: string): string {
  return `type ${type}`;
}

/** The name of a search parameter of a type. */
export function paramName(type: string, param: string): string {
  return `param ${type}.${param}`;
}

/** The name of the identifiers of logical references. */
export function identifierName(type: string, param: string): string {
  return `param ${type}.${param}:identifier`;
}

/** The name of a system of codes; empty for codes without one. */
export function systemName(system: string): string {
  return `system ${system}`;
}

/** Set once a resource of the type had several dates: then no single date orders its postings. */
export function severalDatesName(type: string): string {
  return `several-dates ${type}`;
}

/** Set once a resource of the type had a date of about so many milliseconds. */
export function spanName(type: string, milliseconds: number): string {
  const exponent = Number.isFinite(milliseconds) ? Math.ceil(Math.log2(milliseconds + 1)) : 99;
  return `span ${type} ${String(exponent).padStart(2, '0')}`;
}

/** Returns a length, in milliseconds, that no date of the type exceeds. */
export function spanMax(type: string, connection: Connection): number {
  const found = connection.get(
    'SELECT max(text) AS longest FROM name WHERE text > ? AND text < ?',
    `span ${type} `,
    `span ${type} :`,
  );
  const exponent = Number(String(found?.['longest'] ?? '00').slice(-2));
  return exponent === 99 ? Infinity : 2 ** exponent;
}

import { createReadStream, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One resource to validate, as text, and where it came from (`visit.ndjson:12`). */
export interface ValidationInput {
  readonly name: string;
  readonly text: string;
}

/**
 * Yields the resources of a file, of every `.json` and `.ndjson` file below a folder, or of the standard
 * input (`-`). NDJSON is read line by line, whatever its length. Rejects when the path cannot be read.
 */
export async function* validationInputs(path: string): AsyncGenerator<ValidationInput> {
  if (path === '-') {
    yield* standardInputs(linesOf(process.stdin));
  } else if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      const file = join(path, name);
      if (/\.(json|ndjson)$/.test(name) && statSync(file).isFile()) yield* fileInputs(file);
    }
  } else {
    yield* fileInputs(path);
  }
}

async function* fileInputs(path: string): AsyncGenerator<ValidationInput> {
  if (!path.endsWith('.ndjson')) {
    yield { name: path, text: await readFile(path, 'utf8') };
    return;
  }
  for await (const { number, text } of linesOf(createReadStream(path))) {
    yield { name: `${path}:${number}`, text };
  }
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * Yields the lines that are not blank. Only a line feed ends one: JSON may have U+2028 in its strings,
 * where `node:readline` would cut.
 */
async function* linesOf(bytes: NodeJS.ReadableStream): AsyncGenerator<Line> {
  bytes.setEncoding('utf8');
  let number = 0;
  let begun = '';
  for await (const chunk of bytes as AsyncIterable<string>) {
    const parts = (begun + chunk).split('\n');
    begun = parts.pop() ?? '';
    for (const text of parts) {
      number += 1;
      if (text.trim() !== '') yield { number, text };
    }
  }
  if (begun.trim() !== '') yield { number: number + 1, text: begun };
}

/**
 * The standard input is one JSON document, or one document a line: then its first line is an object, and
 * so is what begins the second.
 */
async function* standardInputs(lines: AsyncGenerator<Line>): AsyncGenerator<ValidationInput> {
  const first = await lines.next();
  if (first.done === true) return;
  const second = await lines.next();
  if (second.done === true) {
    yield { name: '-', text: first.value.text };
  } else if (isObject(first.value.text) && second.value.text.trimStart().startsWith('{')) {
    for (const line of [first.value, second.value]) yield numbered(line);
    for await (const line of lines) yield numbered(line);
  } else {
    const texts = [first.value.text, second.value.text];
    for await (const { text } of lines) texts.push(text);
    yield { name: '-', text: texts.join('\n') };
  }
}

function isObject(line: string): boolean {
  const text = line.trim();
  return text.startsWith('{') && text.endsWith('}');
}

function numbered({ number, text }: Line): ValidationInput {
  return { name: `-:${number}`, text };
}

import { createReadStream, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** One resource to validate, as text, and where it came from (`visit.ndjson:12`). */
export interface ValidationInput {
  readonly name: string;
  readonly text: string;
}

/**
 * Yields the resources of a file, of every `.json` and `.ndjson` file below a folder, or of the standard
 * input (`-`). Rejects when the path cannot be read.
 */
export async function* validationInputs(path: string): AsyncGenerator<ValidationInput> {
  if (path === '-') {
    yield* split('-', await text(process.stdin));
  } else if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      if (/\.(json|ndjson)$/.test(name)) yield* fileInputs(join(path, name));
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
  let line = 0;
  for await (const content of createInterface(createReadStream(path, 'utf8'))) {
    line += 1;
    if (content.trim() !== '') yield { name: `${path}:${line}`, text: content };
  }
}

/** The standard input is one JSON document, or one document a line. */
function* split(name: string, content: string): Generator<ValidationInput> {
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) {
    for (const [index, line] of lines.entries()) yield { name: `${name}:${index + 1}`, text: line };
  } else {
    yield { name, text: content };
  }
}

/**
 * Returns the cells of the first table below a heading, row by row, without the head of the table. Code
 * marks and the bars of cells are taken off.
 */
export function tableAfter(page: string, heading: string): readonly (readonly string[])[] {
  const start = `\n${page}`.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`The page has no heading ${heading}.`);
  const lines = page.slice(start).split('\n');
  const head = lines.findIndex((line) => line.startsWith('|'));
  const rows = lines.slice(head + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return (end < 0 ? rows : rows.slice(0, end)).map((line) =>
    line
      .split(/(?<!\\)\|/u)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')),
  );
}

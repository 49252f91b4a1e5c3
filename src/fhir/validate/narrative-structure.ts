/** The elements that each of these consists of; text has no place in them. */
const childrenOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    ul: ['li'],
    ol: ['li'],
    dl: ['dt', 'dd'],
    table: ['caption', 'colgroup', 'col', 'thead', 'tfoot', 'tbody', 'tr'],
    colgroup: ['col'],
    thead: ['tr'],
    tfoot: ['tr'],
    tbody: ['tr'],
    tr: ['td', 'th'],
  }).map(([name, children]) => [name, new Set(children)]),
);

/** Elements that stand nowhere else. */
const partsOnly = new Set([...childrenOf.values()].flatMap((children) => [...children]));

const lines: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 dt caption pre a span b em i strong small big tt dfn q var abbr acronym cite bdo kbd sub sup code samp'.split(
    ' ',
  ),
);
const blocks: ReadonlySet<string> = new Set(['div', 'ul', 'ol', 'table', 'pre', 'blockquote']);

/**
 * Says why an element has no place in another one, by the content models of HTML 4.0; undefined when
 * it has. Lists and tables are made of their parts only; a paragraph or a word holds no block.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#xhtml
 */
export function placeFault(parent: string, element: string): string | undefined {
  const children = childrenOf.get(parent);
  const isPart = partsOnly.has(element);
  if (children === undefined ? isPart : !children.has(element)) {
    return `the element ${element} does not belong into ${parent}`;
  }
  const isBlockInLine =
    lines.has(parent) && (blocks.has(element) || (parent === 'p' && element === 'p'));
  return isBlockInLine ? `the element ${element} does not belong into ${parent}` : undefined;
}

/** Returns whether an element may have text of its own. */
export function holdsText(element: string): boolean {
  return !childrenOf.has(element);
}

import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';

/** The concepts of one code system, by code. */
export interface CodeIndex {
  readonly system: string;
  /** False: the shipped content is a fragment or examples, so an absent code may still exist. */
  readonly complete: boolean;
  readonly isCaseSensitive: boolean;
  has(code: string): boolean;
  concept(code: string): CodeSystemConcept | undefined;
  /** In the order of the code system, those above before those below. */
  concepts(): readonly CodeSystemConcept[];
  /** The code itself and every code below it. */
  below(code: string): readonly string[];
  children(code: string): readonly string[];
  /** Whether the concept only groups others and is not to be used itself. */
  isAbstract(concept: CodeSystemConcept): boolean;
}

interface Node {
  readonly concept: CodeSystemConcept;
  readonly children: string[];
}

type Nodes = ReadonlyMap<string, Node>;
type Fold = (code: string) => string;

/**
 * Returns the index of a code system, undefined when none of its content is shipped. A concept lies below
 * another by nesting or by the properties `parent`, `subsumedBy` and `child`.
 *
 * @see https://hl7.org/fhir/R4/codesystem.html#hierarchy
 */
export function codeIndexOf(codeSystem: CodeSystem | undefined): CodeIndex | undefined {
  if (codeSystem?.url === undefined || codeSystem.content === 'not-present') return undefined;
  const isCaseSensitive = codeSystem.caseSensitive !== false;
  const fold: Fold = (code) => (isCaseSensitive ? code : code.toLowerCase());
  const nodes = new Map<string, Node>();
  collect(codeSystem.concept ?? [], nodes, fold);
  linkProperties(nodes, fold);
  const codeOf = (key: string) => nodes.get(key)?.concept.code ?? key;
  const isNotSelectable = notSelectableTest(codeSystem);
  return {
    system: codeSystem.url,
    complete: codeSystem.content === 'complete',
    isCaseSensitive,
    has: (code) => nodes.has(fold(code)),
    concept: (code) => nodes.get(fold(code))?.concept,
    concepts: () => [...nodes.values()].map(({ concept }) => concept),
    below: (code) => descendants(nodes, fold(code)),
    children: (code) => (nodes.get(fold(code))?.children ?? []).map(codeOf),
    isAbstract: isNotSelectable,
  };
}

function collect(
  concepts: readonly CodeSystemConcept[],
  nodes: Map<string, Node>,
  fold: Fold,
): void {
  for (const concept of concepts) {
    const children = concept.concept ?? [];
    nodes.set(fold(concept.code), { concept, children: children.map(({ code }) => fold(code)) });
    collect(children, nodes, fold);
  }
}

function linkProperties(nodes: Nodes, fold: Fold): void {
  for (const [key, node] of nodes) {
    for (const { code, valueCode, valueString } of node.concept.property ?? []) {
      const other = fold(valueCode ?? valueString ?? '');
      if (code === 'subsumedBy' || code === 'parent') link(nodes.get(other), key);
      else if (code === 'child' && nodes.has(other)) link(node, other);
    }
  }
}

function link(parent: Node | undefined, child: string): void {
  if (parent !== undefined && !parent.children.includes(child)) parent.children.push(child);
}

function descendants(nodes: Nodes, root: string): readonly string[] {
  const found = new Map<string, string>();
  const pending = [root];
  for (let code = pending.pop(); code !== undefined; code = pending.pop()) {
    const node = nodes.get(code);
    if (found.has(code) || node === undefined) continue;
    found.set(code, node.concept.code);
    pending.push(...node.children);
  }
  return [...found.values()];
}

/** @see https://hl7.org/fhir/R4/codesystem-concept-properties.html */
function notSelectableTest({ property }: CodeSystem): (concept: CodeSystemConcept) => boolean {
  const uri = 'http://hl7.org/fhir/concept-properties#notSelectable';
  const name = property?.find((one) => one.uri === uri)?.code ?? 'notSelectable';
  return (concept) =>
    concept.property?.some(({ code, valueBoolean }) => code === name && valueBoolean === true) ===
    true;
}

import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';
import type { Coding } from './terminology.ts';

/** The codes of one code system, by code. */
export interface CodeIndex {
  readonly system: string;
  /** False: the shipped content is a fragment or examples, so an absent code may still exist. */
  readonly complete: boolean;
  has(code: string): boolean;
  all(): readonly Coding[];
  /** The code itself and every code below it. */
  below(code: string): readonly string[];
  concept(code: string): CodeSystemConcept | undefined;
}

interface Node {
  readonly concept: CodeSystemConcept;
  readonly children: string[];
}

/**
 * Returns the index of a code system, undefined when none of its content is shipped. A concept lies below
 * another by nesting or by the property `subsumedBy` or `parent`.
 *
 * @see https://hl7.org/fhir/R4/codesystem.html#hierarchy
 */
export function codeIndexOf(codeSystem: CodeSystem | undefined): CodeIndex | undefined {
  if (codeSystem?.url === undefined || codeSystem.content === 'not-present') return undefined;
  const fold = (code: string) => (codeSystem.caseSensitive === false ? code.toLowerCase() : code);
  const nodes = new Map<string, Node>();
  collect(codeSystem.concept ?? [], nodes, fold);
  linkProperties(nodes, fold);
  const system = codeSystem.url;
  return {
    system,
    complete: codeSystem.content === 'complete',
    has: (code) => nodes.has(fold(code)),
    all: () => [...nodes.values()].map(({ concept }) => codingOf(system, concept)),
    below: (code) => descendants(nodes, fold(code)),
    concept: (code) => nodes.get(fold(code))?.concept,
  };
}

function codingOf(system: string, { code, display }: CodeSystemConcept): Coding {
  return display === undefined ? { system, code } : { system, code, display };
}

function collect(
  concepts: readonly CodeSystemConcept[],
  nodes: Map<string, Node>,
  fold: (code: string) => string,
): void {
  for (const concept of concepts) {
    const children = concept.concept ?? [];
    nodes.set(fold(concept.code), {
      concept,
      children: children.map((child) => fold(child.code)),
    });
    collect(children, nodes, fold);
  }
}

function linkProperties(nodes: Map<string, Node>, fold: (code: string) => string): void {
  for (const [code, { concept }] of nodes) {
    for (const property of concept.property ?? []) {
      if (property.code !== 'subsumedBy' && property.code !== 'parent') continue;
      const parent = nodes.get(fold(property.valueCode ?? property.valueString ?? ''));
      parent?.children.push(code);
    }
  }
}

function descendants(nodes: ReadonlyMap<string, Node>, root: string): readonly string[] {
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

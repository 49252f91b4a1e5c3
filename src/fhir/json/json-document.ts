import type { JsonObject } from './json-value.ts';

/** Half-open range of UTF-16 offsets in the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a member of the root object lies: from the quote of its name to the end of its value. */
export interface MemberSpan extends Span {
  readonly valueStart: number;
}

/** Where an object in a member named `resource` lies, and the members that the server sets. */
export interface ResourceSpan extends Span {
  readonly resourceType?: MemberSpan;
  readonly id?: MemberSpan;
  readonly meta?: MemberSpan;
  /** Those inside it, by their steps from it. */
  readonly resources?: ReadonlyMap<string, ResourceSpan>;
}

/** The value of one member named `reference`, anywhere in the document; the span is that of the string without its quotes. */
export interface ReferenceSpan extends Span {
  readonly value: string;
}

/**
 * The source text of every number that JavaScript does not print as it was written (`1.00`, `1e-3`,
 * twenty digits): parent object or array of the tree, then member name or index.
 */
export type NumberTexts = ReadonlyMap<object, ReadonlyMap<string | number, string>>;

/**
 * A JSON text that was accepted, its tree, and what the tree has lost. The text is what is stored
 * and returned; the tree is what is read.
 */
export interface JsonDocument {
  readonly text: string;
  readonly value: JsonObject;
  readonly resourceType?: MemberSpan;
  readonly id?: MemberSpan;
  readonly meta?: MemberSpan;
  /** In the order of the text. */
  readonly references: readonly ReferenceSpan[];
  /** The resources of entries and parameters, by their steps joined with `/`; `subDocument` cuts them out. */
  readonly resources?: ReadonlyMap<string, ResourceSpan>;
  readonly numberTexts: NumberTexts;
}

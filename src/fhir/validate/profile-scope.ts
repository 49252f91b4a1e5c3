import type { Compiler, ValueCheck } from './compiler.ts';
import type { ElementNode } from './element-tree.ts';

/** What the parts of one profile share while it is compiled. */
export interface ProfileScope {
  readonly compiler: Compiler;
  /** What could not be compiled, in words; added to while compiling. */
  readonly problems: string[];
  /** The tree of the profile's base type. */
  readonly base: ElementNode;
  /** Compiles what `node` demands of each value beyond `base`; undefined when that is nothing. */
  readonly compileValue: (
    scope: ProfileScope,
    node: ElementNode,
    base: ElementNode,
  ) => ValueCheck | undefined;
}

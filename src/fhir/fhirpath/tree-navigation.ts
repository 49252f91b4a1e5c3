import { rule, spend, type Frame, type FunctionTable } from './expression.ts';
import type { Item, Items } from './item.ts';
import { childrenOf } from './path.ts';

/** @see http://hl7.org/fhirpath/N1/#tree-navigation */
export const treeFunctions: FunctionTable = {
  children: rule(0, 0, ({ input }) => ({
    types: undefined,
    isMany: true,
    items: (frame) => childrenOf(input.items(frame), frame.model),
  })),
  descendants: rule(0, 0, ({ input }) => ({
    types: undefined,
    isMany: true,
    items: (frame) => descendantsOf(input.items(frame), frame),
  })),
};

function descendantsOf(items: Items, frame: Frame): Items {
  const found: Item[] = [];
  let level: Items = items;
  while (level.length > 0) {
    level = childrenOf(level, frame.model);
    spend(frame, level.length);
    for (const item of level) found.push(item);
  }
  return found;
}

import { systemItem, type Item, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** The type of what `type()` returns. */
export const asksType = systemTypes.TypeInfo;

/**
 * Returns the namespace and name of an item's type.
 *
 * @see http://hl7.org/fhirpath/N1/#reflection
 */
export function typeInfoItems(item: Item): Items {
  const { namespace, name } = item.type;
  return [systemItem(asksType, { namespace, name })];
}

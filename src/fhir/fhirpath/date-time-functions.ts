import type { DateTime } from './date-time.ts';
import { formatDateTime } from './date-time.ts';
import { isTemporal, temporalOf } from './equality.ts';
import { ofSingle, rule, type FunctionTable } from './expression.ts';
import { decimalItems, integerItems, kindOf, none, systemItem, type Items } from './item.ts';
import { systemTypes } from './type.ts';

/** Functions that take a date, dateTime or time apart; a part that was not written is empty.
 *
 * @see https://build.fhir.org/ig/HL7/FHIRPath/#date-and-time-component-functions
 */
export const dateTimeFunctions: FunctionTable = {
  yearOf: part((value) => fieldOf(value, 0, true)),
  monthOf: part((value) => fieldOf(value, 1, true)),
  dayOf: part((value) => fieldOf(value, 2, true)),
  hourOf: part((value) => fieldOf(value, 3)),
  minuteOf: part((value) => fieldOf(value, 4)),
  secondOf: part((value) => secondOf(value)),
  millisecondOf: part(({ fields, fractionDigits }) =>
    integerItems(fractionDigits === 0 ? undefined : Math.floor(fields[5]) % 1000),
  ),
  timezoneOffsetOf: part(({ offset }) =>
    decimalItems(offset === undefined ? undefined : String(offset / 60)),
  ),
  dateOf: part((value) => dateOf(value)),
  timeOf: part((value) => timeOf(value)),
};

function part(read: (value: DateTime) => Items) {
  return rule(0, 0, (call) =>
    ofSingle(call, [systemTypes.Any], (item) => {
      const kind = kindOf(item);
      const value = kind !== undefined && isTemporal(kind) ? temporalOf(item) : undefined;
      return value === undefined ? none : read(value);
    }),
  );
}

function fieldOf({ isTime, fields, precision }: DateTime, index: number, isOfDate = false): Items {
  const isWritten = precision > index && !(isTime && isOfDate);
  return integerItems(isWritten ? fields[index] : undefined);
}

function secondOf({ fields, precision }: DateTime): Items {
  return integerItems(precision < 6 ? undefined : Math.floor(fields[5] / 1000));
}

function dateOf(value: DateTime): Items {
  if (value.isTime) return none;
  const text = formatDateTime({ ...value, precision: Math.min(value.precision, 3) });
  return [systemItem(systemTypes.Date, text)];
}

function timeOf(value: DateTime): Items {
  if (value.precision < 4) return none;
  return [systemItem(systemTypes.Time, formatDateTime({ ...value, isTime: true }))];
}

import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValueConverter,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import { DaybookError } from '../errors/index.ts';

const EXACT = BigInt(Number.MAX_SAFE_INTEGER);
/** Days from 1970 that a JavaScript Date can hold (ECMA-262, 8.64e15 ms). */
const DATE_DAYS = 100_000_000;

/** The double nearest to an exact decimal; node-api's own is off by one in the last place from about 1e13 on. */
function nearest(decimal: DuckDBDecimalValue): number {
  const { value, scale } = decimal;
  // both sides exact, so one rounding
  return value <= EXACT && value >= -EXACT && scale <= 22 ? Number(value) / 10 ** scale : Number(decimal.toString());
}

/**
 * A value of the engine as JavaScript's: BIGINT as bigint, DECIMAL as the nearest number, DATE as Date (UTC midnight).
 * @throws DaybookError `frame.bad-value` for a date that no Date can hold
 */
export const plainValue: DuckDBValueConverter<unknown> = (value, type: DuckDBType, self) => {
  if (value instanceof DuckDBDecimalValue) return nearest(value);
  if (type.typeId === DuckDBTypeId.DATE && value instanceof DuckDBDateValue && Math.abs(value.days) > DATE_DAYS) {
    throw new DaybookError('frame.bad-value', { value: 'a date beyond what JavaScript can hold' });
  }
  return JSDuckDBValueConverter(value, type, self as never) as unknown;
};

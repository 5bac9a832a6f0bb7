import { quoteName, quoteText } from '../sql-text.ts';
import type { PublishedColumn, PublishedTable } from '../warehouse.ts';

/**
 * DuckDB's expression for what the warehouse holds in a column, as VARCHAR, BIGINT or DOUBLE.
 *
 * - Dates are `YYYY-MM-DD`, instants ISO 8601 with milliseconds and `Z`; nulls stay null.
 * - Money becomes the double nearest to the exact amount: whole pence, below 2^53, divided by 100 round correctly once.
 * - Minus zero becomes zero, which is what SQLite makes of it.
 */
export function storedValue(column: PublishedColumn): string {
  const it = quoteName(column.name);
  switch (column.kind) {
    case 'text':
      return `${it}::VARCHAR`;
    case 'integer':
      return `${it}::BIGINT`;
    case 'real':
      return `(${it}::DOUBLE + 0.0)`;
    case 'date':
      return `${it}::DATE::VARCHAR`;
    case 'instant':
      return `strftime(${it}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%gZ')`;
    case 'money':
      return `(${pence(column.name)}::DOUBLE / 100.0::DOUBLE)`;
    default:
      return column.kind satisfies never;
  }
}

/** The value of a column that counts days, worked out from its date column; null where there is no date. */
export const ageInDays = (table: PublishedTable, age: string, asOf: string): string =>
  `(DATE ${quoteText(asOf)} - ${quoteName(table.ages[age] ?? age)}::DATE)::BIGINT`;

/** DuckDB's expression for the exact text of a column, by which a row counts as changed; nulls stay null. */
export function exactText(column: PublishedColumn): string {
  return column.kind === 'money' ? `${quoteName(column.name)}::DECIMAL(18,2)::VARCHAR` : `${storedValue(column)}::VARCHAR`;
}

/** How a value travels as SQL text: one plain literal or several, and what SQLite makes of them. */
export interface Literals {
  /** DuckDB's expressions for the texts of the literals; none is null. */
  readonly literals: readonly string[];
  /** SQLite's expression over the columns that hold the literals. */
  readonly assembled: (columns: readonly string[]) => string;
}

/**
 * How to send a column as text so that SQLite holds exactly `storedValue`.
 *
 * SQLite reads about four in 100,000 decimal literals one bit off, so a double is sent as a whole number and two
 * powers of two (one alone could underflow), which loses nothing, and money as pence. They are put together in the
 * SELECT around VALUES: arithmetic among the literals themselves makes SQLite's parser five times slower.
 */
export function storedLiterals(column: PublishedColumn): Literals {
  const value = storedValue(column);
  switch (column.kind) {
    case 'integer':
      return integerLiteral(value);
    case 'money':
      return { literals: [orNull(`${pence(column.name)}::VARCHAR`)], assembled: ([it]) => `${it} / 100.0` };
    case 'real':
      return doubleLiterals(value);
    case 'text':
    case 'date':
    case 'instant':
      return { literals: [orNull(`'''' || replace(${value}, '''', '''''') || ''''`)], assembled: ([it]) => `${it}` };
    default:
      return column.kind satisfies never;
  }
}

/** How to send a BIGINT of the engine. */
export const integerLiteral = (value: string): Literals => ({ literals: [orNull(`${value}::VARCHAR`)], assembled: ([it]) => `${it}` });

const orNull = (literal: string): string => `coalesce(${literal}, 'NULL')`;
const pence = (name: string): string => `(${quoteName(name)}::DECIMAL(18,2) * 100)::BIGINT`;

function doubleLiterals(value: string): Literals {
  const shift = `coalesce(60 - floor(log2(abs(nullif(${value}, 0))))::BIGINT, 0)`;
  const [half, rest] = [`(${shift} // 2)`, `(${shift} - ${shift} // 2)`];
  const whole = `(${value} * pow(2.0, ${half}) * pow(2.0, ${rest}))::BIGINT`;
  return {
    literals: [orNull(`${whole}::VARCHAR`), `(-${half})::VARCHAR`, `(-${rest})::VARCHAR`],
    assembled: ([number, first, second]) => `${number} * pow(2.0, ${first}) * pow(2.0, ${second})`,
  };
}

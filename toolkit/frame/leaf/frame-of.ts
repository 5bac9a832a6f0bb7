import { Frame } from '../frame.ts';
import type { PlanRows } from '../plan.ts';
import { column, FromClauseNode, type Selected, selectFrom, sqlNode, tableRef } from '../sql.ts';
import { requireDistinct, requireSome } from '../verbs/columns.ts';

let made = 0;

/**
 * A frame over rows that live in JavaScript. The engine loads them when a query first reads them.
 *
 * - Types: from all values of a column (whole numbers, numbers, texts, dates, true or false); undefined counts as null.
 * - Columns: those of the first row, or the `columns` given (needed for a frame without rows).
 * @throws TypeError for a frame without columns; DaybookError `frame.name-clash` for names that differ in case alone;
 *   `frame.bad-value` at collection, for NaN, an infinite number, an invalid date, a whole number beyond 64 bits, an object
 * @example frameOf([{ customer_id: 1, email: ' A@B.co ' }])
 */
export function frameOf<R extends object>(rows: readonly R[], columns?: readonly (keyof R & string)[]): Frame<R> {
  const names = columns ?? (Object.keys(rows[0] ?? {}) as (keyof R & string)[]);
  requireSome('frameOf', names);
  requireDistinct('frameOf', names);
  made += 1;
  const held: PlanRows = { table: `rows_of_frame_${made}`, columns: names, data: rows as readonly Readonly<Record<string, unknown>>[] };
  // a column of nulls alone has no type of its own: NULL goes with every function, a text would not
  const list = names.map((name): Selected => [name, rows.every((row) => (row[name] ?? null) === null) ? sqlNode('NULL') : column(name)]);
  return new Frame({
    columns: names,
    inputs: [],
    build: () => selectFrom(new FromClauseNode(tableRef(held.table), held.table), list),
    rows: held,
  });
}

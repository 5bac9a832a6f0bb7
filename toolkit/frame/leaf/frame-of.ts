import { Frame } from '../frame.ts';
import type { PlanRows } from '../plan.ts';
import { FromClauseNode, Query, tableRef } from '../sql.ts';
import { selected } from '../verbs/columns.ts';

let made = 0;

/**
 * A frame over rows that live in JavaScript. The engine loads them when a query first reads them.
 *
 * - Types: from all values of a column (whole numbers, numbers, texts, dates, true or false); undefined counts as null.
 * - Columns: those of the first row, or the `columns` given (needed for a frame without rows).
 * @throws DaybookError `frame.bad-value` at collection, for NaN or an infinite number
 * @example frameOf([{ customer_id: 1, email: ' A@B.co ' }])
 */
export function frameOf<R extends object>(rows: readonly R[], columns?: readonly (keyof R & string)[]): Frame<R> {
  const names = columns ?? (Object.keys(rows[0] ?? {}) as (keyof R & string)[]);
  made += 1;
  const held: PlanRows = { table: `rows_of_frame_${made}`, columns: names, data: rows as readonly Readonly<Record<string, unknown>>[] };
  return new Frame({
    columns: names,
    inputs: [],
    build: () => Query.from(new FromClauseNode(tableRef(held.table), held.table)).select(selected(names)),
    rows: held,
  });
}

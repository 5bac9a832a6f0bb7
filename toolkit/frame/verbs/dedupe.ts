import { fragment } from '../expr/expr.ts';
import type { Plan } from '../plan.ts';
import { column, selectFrom, sqlNode } from '../sql.ts';
import { requireColumns, requireSome, selected } from './columns.ts';
import { type Descending, orderNode } from './orderby.ts';

/** Keeps one row a key: the first by `by`, nulls last. Of rows that are equal in `by`, one is kept, no promise which. */
export function dedupe(input: Plan, keys: readonly string[], by: readonly (string | Descending)[]): Plan {
  requireSome('dedupe', keys);
  requireColumns('dedupe', input, [...keys, ...by.map((key) => (typeof key === 'string' ? key : key.descending))]);
  const partition = keys.flatMap((key, i) => (i === 0 ? [column(key)] : [', ', column(key)]));
  const order = by.flatMap((key, i) => (i === 0 ? [' ORDER BY ', orderNode(key)] : [', ', orderNode(key)]));
  const rank = sqlNode('row_number() OVER (PARTITION BY ', ...partition, ...order, ')');
  return {
    columns: input.columns,
    inputs: [input],
    build: (from) => selectFrom(from, selected(input.columns)).qualify(sqlNode(rank, ' = ', fragment`1`.node)),
  };
}

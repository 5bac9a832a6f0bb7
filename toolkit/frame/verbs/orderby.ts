import type { Plan } from '../plan.ts';
import { column, OrderByNode } from '../sql.ts';
import { refine, requireColumns } from './columns.ts';

/** A column to sort by from its greatest value down. */
export interface Descending<out N extends string = string> {
  readonly descending: N;
}
/** Sorts by a column from its greatest value down; nulls come last all the same. */
export const desc = <const N extends string>(name: N): Descending<N> => ({ descending: name });

/** One sort key as a node: nulls last in both directions, texts by code point. */
export function orderNode(by: string | Descending): OrderByNode {
  return typeof by === 'string' ? new OrderByNode(column(by), false, false) : new OrderByNode(column(by.descending), true, false);
}

/** Sorts the rows. */
export function orderby(input: Plan, by: readonly (string | Descending)[]): Plan {
  requireColumns(
    'orderby',
    input,
    by.map((key) => (typeof key === 'string' ? key : key.descending)),
  );
  return refine(input, (query) => query.orderby(...by.map(orderNode)));
}

/** Rows `from` (counted from 0, included) to `to` (excluded), as Array.slice without negative numbers. */
export function slice(input: Plan, from: number, to: number | undefined): Plan {
  return refine(input, (query) => {
    const rest = query.offset(Math.max(0, from));
    return to === undefined ? rest : rest.limit(Math.max(0, to - Math.max(0, from)));
  });
}

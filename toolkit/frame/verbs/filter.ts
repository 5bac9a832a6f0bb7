import type { Expr, Truth } from '../expr/expr.ts';
import type { Plan } from '../plan.ts';
import { columnsOf, refine } from './columns.ts';

/** Keeps the rows whose test is true; false and null leave. */
export function filter(input: Plan, test: (columns: Record<string, Expr<unknown>>) => Expr<Truth>): Plan {
  const where = test(columnsOf('filter', input)).node;
  return refine(input, (query) => query.where(where));
}

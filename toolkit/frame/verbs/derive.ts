import type { Expr, Operand } from '../expr/expr.ts';
import { nodeOf } from '../expr/expr.ts';
import type { Plan } from '../plan.ts';
import { column } from '../sql.ts';
import { columnsOf, project, requireDistinct } from './columns.ts';

/** Adds or replaces columns, in place where they exist and at the end where they are new. Expressions see the columns as they were. @throws DaybookError `frame.name-clash` where two names differ in case alone */
export function derive(input: Plan, make: (columns: Record<string, Expr<unknown>>) => Readonly<Record<string, Operand>>): Plan {
  const made = make(columnsOf('derive', input));
  const names = [...new Set([...input.columns, ...Object.keys(made)])];
  requireDistinct('derive', names);
  return project(
    input,
    names.map((name) => [name, Object.hasOwn(made, name) ? nodeOf(made[name] as Operand) : column(name)]),
  );
}

import { DaybookError, suggest } from '../../errors/index.ts';
import { Expr } from '../expr/expr.ts';
import { originsOf } from '../lineage.ts';
import type { Plan } from '../plan.ts';
import { column, type Query, type Selected, type SelectQuery, selectFrom } from '../sql.ts';

/** Names that a verb was given, which the compiler has checked in TypeScript and nobody in plain JavaScript. @throws DaybookError `frame.unknown-column` */
export function requireColumns(verb: string, plan: Plan, names: readonly string[]): void {
  for (const name of names) {
    if (plan.columns.includes(name)) continue;
    throw new DaybookError('frame.unknown-column', { verb, column: name, known: plan.columns, suggestion: suggest(name, plan.columns) });
  }
}

/** At least one name, where SQL would have nothing to say. @throws TypeError */
export function requireSome(verb: string, names: readonly string[]): void {
  if (names.length === 0) throw new TypeError(`${verb}: name at least one column`);
}

/** The engine takes `a` and `A` for one name and would silently read the wrong one. */
const folded = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Names of a result, no two of them alike in the engine. @throws DaybookError `frame.name-clash`; TypeError for a name that is empty or has a NUL */
export function requireDistinct(verb: string, names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    if (name === '' || name.includes('\0')) throw new TypeError(`${verb}: a column needs a name, without a NUL`);
    const other = seen.get(folded(name));
    if (other !== undefined) throw new DaybookError('frame.name-clash', { verb, columns: [...new Set([other, name])] });
    seen.set(folded(name), name);
  }
}

/** The columns of a plan as expressions; a name that is not there throws with a suggestion. */
export function columnsOf(verb: string, plan: Plan): Record<string, Expr<unknown>> {
  const known = new Map(plan.columns.map((name) => [name, new Expr(column(name))]));
  return new Proxy(
    {},
    {
      get(_, name) {
        if (typeof name === 'symbol') return undefined;
        requireColumns(verb, plan, [name]);
        return known.get(name);
      },
    },
  );
}

/** Columns under their own names. */
export const selected = (names: readonly string[]): Selected[] => names.map((name) => [name, column(name)]);

/** A plan over one input that gives the listed columns. */
export const project = (input: Plan, list: readonly Selected[]): Plan => ({
  columns: list.map(([name]) => name),
  inputs: [input],
  origins: originsOf(list),
  build: (from) => selectFrom(from, list),
});

/** A plan that keeps its input's columns and changes its rows. */
export const refine = (input: Plan, more: (query: SelectQuery) => Query): Plan => ({
  columns: input.columns,
  inputs: [input],
  build: (from) => more(selectFrom(from, selected(input.columns))),
});

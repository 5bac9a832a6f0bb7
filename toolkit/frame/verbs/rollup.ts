import type { Aggregate } from '../expr/aggregate.ts';
import type { Expr } from '../expr/expr.ts';
import { originsOf } from '../lineage.ts';
import type { Plan } from '../plan.ts';
import { column, type Selected, selectFrom } from '../sql.ts';
import { columnsOf, requireColumns, requireDistinct, requireSome, selected } from './columns.ts';

/** One row a group (or one row in all without keys): the keys, then what is worked out over the group. Nulls of a key are one group. @throws DaybookError `frame.name-clash` for an aggregate named as a key */
export function rollup(
  input: Plan,
  keys: readonly string[],
  make: (columns: Record<string, Expr<unknown>>) => Readonly<Record<string, Aggregate<unknown>>>,
): Plan {
  requireColumns('groupby', input, keys);
  const made = Object.entries(make(columnsOf('rollup', input))).map(([name, aggregate]): Selected => [name, aggregate.node]);
  const list = [...selected(keys), ...made];
  const names = list.map(([name]) => name);
  requireSome('rollup', names);
  requireDistinct('rollup', names);
  return {
    columns: names,
    inputs: [input],
    origins: originsOf(list),
    build: (from) => {
      const query = selectFrom(from, list);
      return keys.length > 0 ? query.groupby(...keys.map((key) => column(key))) : query;
    },
  };
}

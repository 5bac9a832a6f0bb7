import { type Origins, originsOf } from '../lineage.ts';
import type { Plan } from '../plan.ts';
import { column, type ExprNode, FromClauseNode, type FromNode, JoinNode, Query, type Selected, selectFrom, sqlNode, tableRef } from '../sql.ts';
import { requireColumns, requireDistinct, requireSome, selected } from './columns.ts';

export type JoinType = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';

const LEFT = tableRef('l');
const RIGHT = tableRef('r');
const aliased = (from: FromNode, alias: string): FromNode => new FromClauseNode((from as FromClauseNode).expr, alias);

/** Equal in every key; a null matches nothing, as in Arquero. */
const onKeys = (keys: readonly string[]): ExprNode =>
  sqlNode(...keys.flatMap((key, i) => [i === 0 ? '' : ' AND ', column(key, LEFT), ' = ', column(key, RIGHT)]));

/** Columns of the other side without the keys. @throws DaybookError `frame.name-clash` where both sides have one (Arquero adds suffixes) */
function added(verb: string, left: Plan, right: Plan, keys: readonly string[]): string[] {
  const names = right.columns.filter((name) => !keys.includes(name));
  requireDistinct(verb, [...left.columns, ...names]);
  return names;
}

/** Where joined columns come from: a key, whose values are equal, from both sides. */
const originsOfJoin = (list: readonly Selected[], keys: readonly string[]): Origins =>
  new Map([...originsOf(list, 'r'), ...keys.map((column) => [column, [0, 1].map((input) => ({ input, column, isCopy: true }))] as const)]);

/** Rows of both sides side by side where their keys are equal; a key column stands once, from whichever side has it. */
export function join(verb: string, type: JoinType, left: Plan, right: Plan, keys: readonly string[]): Plan {
  requireSome(verb, keys);
  requireColumns(verb, left, keys);
  requireColumns(verb, right, keys);
  const more = added(verb, left, right, keys);
  const key = (name: string): ExprNode =>
    type === 'RIGHT'
      ? column(name, RIGHT)
      : type === 'FULL'
        ? sqlNode('coalesce(', column(name, LEFT), ', ', column(name, RIGHT), ')')
        : column(name, LEFT);
  const list: Selected[] = [
    ...left.columns.map((name): Selected => [name, keys.includes(name) ? key(name) : column(name, LEFT)]),
    ...more.map((name): Selected => [name, column(name, RIGHT)]),
  ];
  return {
    columns: list.map(([name]) => name),
    inputs: [left, right],
    origins: originsOfJoin(list, keys),
    build: (a, b) => selectFrom(new JoinNode(aliased(a as FromNode, 'l'), aliased(b as FromNode, 'r'), 'REGULAR', type, onKeys(keys)), list),
  };
}

/** Every row of the left side with the row of the right side whose key is the greatest not above its own: for what holds "from here on". */
export function joinAsof(left: Plan, right: Plan, key: string): Plan {
  requireColumns('join_asof', left, [key]);
  requireColumns('join_asof', right, [key]);
  const more = added('join_asof', left, right, [key]);
  const list: Selected[] = [
    ...left.columns.map((name): Selected => [name, column(name, LEFT)]),
    ...more.map((name): Selected => [name, column(name, RIGHT)]),
  ];
  const on = sqlNode(column(key, LEFT), ' >= ', column(key, RIGHT));
  return {
    columns: list.map(([name]) => name),
    inputs: [left, right],
    origins: originsOfJoin(list, []),
    build: (a, b) => selectFrom(new JoinNode(aliased(a as FromNode, 'l'), aliased(b as FromNode, 'r'), 'ASOF', 'LEFT', on), list),
  };
}

/** Every row of one side beside every row of the other. */
export function cross(left: Plan, right: Plan): Plan {
  const more = added('cross', left, right, []);
  const list: Selected[] = [
    ...left.columns.map((name): Selected => [name, column(name, LEFT)]),
    ...more.map((name): Selected => [name, column(name, RIGHT)]),
  ];
  return {
    columns: list.map(([name]) => name),
    inputs: [left, right],
    origins: originsOfJoin(list, []),
    build: (a, b) => selectFrom(new JoinNode(aliased(a as FromNode, 'l'), aliased(b as FromNode, 'r'), 'CROSS', 'INNER'), list),
  };
}

/** Rows of the left side that have (semi) or have no (anti) match on the right; columns as they were. */
export function matching(kind: 'semijoin' | 'antijoin', left: Plan, right: Plan, keys: readonly string[]): Plan {
  requireSome(kind, keys);
  requireColumns(kind, left, keys);
  requireColumns(kind, right, keys);
  const type = kind === 'semijoin' ? 'SEMI' : 'ANTI';
  return {
    columns: left.columns,
    inputs: [left, right],
    origins: new Map(left.columns.map((name) => [name, [{ input: 0, column: name, isCopy: true }]])),
    build: (a, b) =>
      selectFrom(
        new JoinNode(aliased(a as FromNode, 'l'), aliased(b as FromNode, 'r'), 'REGULAR', type as 'INNER', onKeys(keys)),
        left.columns.map((name): Selected => [name, column(name, LEFT)]),
      ),
  };
}

/** Rows of several frames one after another, by column name. */
export function concat(first: Plan, others: readonly Plan[]): Plan {
  for (const other of others) requireColumns('concat', other, first.columns);
  return {
    columns: first.columns,
    inputs: [first, ...others],
    build: (...inputs) => Query.unionAll(...inputs.map((input) => selectFrom(input, selected(first.columns)))),
  };
}

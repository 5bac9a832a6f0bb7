/** The part of mosaic-sql that frames are built with. Nothing outside frame/ imports it. */
import {
  ColumnNameRefNode,
  type ColumnRefNode,
  DuckDBCodeGenerator,
  type ExprNode,
  FragmentNode,
  type JoinNode,
  Query,
  type SelectClauseNode,
  type SelectQuery,
  TableRefNode,
} from '@uwdata/mosaic-sql';

export {
  AggregateNode,
  BinaryOpNode,
  CaseNode,
  ColumnRefNode,
  cast,
  ExprNode,
  FragmentNode,
  FromClauseNode,
  FunctionNode,
  JoinNode,
  LiteralNode,
  OrderByNode,
  Query,
  type SelectQuery,
  TableRefNode,
  WhenNode,
  WithClauseNode,
  walk,
} from '@uwdata/mosaic-sql';

/** What a query may read from. */
export type FromNode = JoinNode['left'];
/** A name and its expression, as `select` takes them (bare strings would be read as column names). */
export type Selected = [name: string, expr: ExprNode];

export const tableRef = (name: string): TableRefNode => new TableRefNode([name]);
export const column = (name: string, table?: TableRefNode): ExprNode => new ColumnNameRefNode(name, table);
/** A query for a list of columns. The library takes one pair of quotes off a name: a column may be called `"x"`. */
export const selectFrom = (from: FromNode, list: readonly Selected[]): SelectQuery =>
  Query.from(from).select(list.map(([name, expr]): Selected => [`"${name}"`, expr]));

/** A name as SQL quotes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Writes SQL as the library does, but that a column may be called `*`. */
class SqlWriter extends DuckDBCodeGenerator {
  override visitColumnRef({ column, table }: ColumnRefNode): string {
    return table ? `${this.toString(table)}.${quoted(column)}` : quoted(column);
  }

  override visitSelectClause({ expr, alias }: SelectClauseNode): string {
    const sql = this.toString(expr);
    return sql === quoted(alias) ? sql : `${sql} AS ${quoted(alias)}`;
  }
}

/** The SQL text of a query. */
export const textOf = (query: Query): string => query.toString(new SqlWriter());

/** SQL text with nodes in its holes. */
export const sqlNode = (...spans: (string | ExprNode | Query | FromNode)[]): ExprNode => new FragmentNode(spans as never);

/** The part of mosaic-sql that frames are built with. Nothing outside frame/ imports it. */
import { ColumnNameRefNode, type ExprNode, FragmentNode, type JoinNode, type Query, TableRefNode } from '@uwdata/mosaic-sql';

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
/** SQL text with nodes in its holes. */
export const sqlNode = (...spans: (string | ExprNode | Query | FromNode)[]): ExprNode => new FragmentNode(spans as never);

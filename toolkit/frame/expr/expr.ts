import { DaybookError } from '../../errors/index.ts';
import type { Operand } from '../row.ts';
import { type ExprNode, FunctionNode, LiteralNode, sqlNode } from '../sql.ts';

/** A typed column expression: `Expr<string | null>` may be null, `Expr<string>` cannot. */
export class Expr<out T> {
  /** For the type alone: nothing at run time. */
  declare readonly type: T;
  constructor(readonly node: ExprNode) {}
}

/** `V`, or null where `T` may be null: what a function of one nullable thing gives. */
export type Kept<T, V> = null extends T ? V | null : V;

/** SQL's three-valued truth. */
export type Truth = boolean | null;

/**
 * The node of an expression or a plain value.
 * @throws DaybookError `frame.bad-value` for NaN, an infinite number or an invalid date, which SQL would read as null
 */
export function nodeOf(value: Operand): ExprNode {
  if (value instanceof Expr) return value.node;
  const bad = value instanceof Date ? Number.isNaN(+value) : typeof value === 'number' && !Number.isFinite(value);
  if (bad) throw new DaybookError('frame.bad-value', { value: String(value) });
  return typeof value === 'number' && Object.is(value, -0) ? new LiteralNode(0) : new LiteralNode(value);
}

/** A plain value as an expression. */
export const literal = <const T extends string | number | boolean | Date | null>(value: T): Expr<T> => new Expr<T>(nodeOf(value));

/** A call of an engine function. */
export const call = <T>(name: string, ...args: Operand[]): Expr<T> => new Expr<T>(new FunctionNode(name, args.map(nodeOf)));

/** An expression from SQL text with typed holes. Only frame/ and warehouse/ may use it: a lint refuses it elsewhere. */
export const fragment = <T>(parts: TemplateStringsArray, ...holes: readonly Operand[]): Expr<T> =>
  new Expr<T>(sqlNode(...parts.flatMap((part, i) => (i < holes.length ? [part, nodeOf(holes[i] as Operand)] : [part]))));

import { DaybookError } from '../../errors/index.ts';
import type { Scalar } from '../scalar.ts';
import { type ExprNode, FunctionNode, LiteralNode, sqlNode } from '../sql.ts';

/** A typed column expression: `Expr<string | null>` may be null, `Expr<string>` cannot. */
export class Expr<out T> {
  /** For the type alone: nothing at run time. */
  declare readonly type: T;
  constructor(readonly node: ExprNode) {}
}

/** `V`, or null where `T` may be null: what a function of one nullable thing gives. */
export type Kept<T, V> = null extends T ? V | null : V;

/** What an expression function takes: an expression, or a plain value. */
export type Operand<T = Scalar> = Expr<T> | T;

/** SQL's three-valued truth. */
export type Truth = boolean | null;

/**
 * The node of an expression or a plain value.
 * @throws DaybookError `frame.bad-value` for NaN, an infinite number or an invalid date, which SQL would read as null; for a
 *   text with a NUL, which SQL text cannot hold; for anything else that is no plain value
 */
export function nodeOf(value: Operand): ExprNode {
  if (value instanceof Expr) return value.node;
  const bad = badLiteral(value);
  if (bad !== null) throw new DaybookError('frame.bad-value', { value: bad });
  return typeof value === 'number' && Object.is(value, -0) ? new LiteralNode(0) : new LiteralNode(value);
}

function badLiteral(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : String(value);
  if (typeof value === 'string') return value.includes('\0') ? 'a text with a NUL' : null;
  if (value instanceof Date) return Number.isNaN(+value) ? String(value) : null;
  return typeof value === 'object' && value !== null
    ? 'an object, an aggregate or cases without an end'
    : typeof value === 'function'
      ? 'a function'
      : null;
}

/** A plain value as an expression. */
export const literal = <const T extends string | number | boolean | Date | null>(value: T): Expr<T> => new Expr<T>(nodeOf(value));

/** A call of an engine function. */
export const call = <T>(name: string, ...args: Operand[]): Expr<T> => new Expr<T>(new FunctionNode(name, args.map(nodeOf)));

/** An expression from SQL text with typed holes. Only frame/ and warehouse/ may use it: a lint refuses it elsewhere. */
export const fragment = <T>(parts: TemplateStringsArray, ...holes: readonly Operand[]): Expr<T> =>
  new Expr<T>(sqlNode(...parts.flatMap((part, i) => (i < holes.length ? [part, nodeOf(holes[i] as Operand)] : [part]))));

import type { TypeOf } from '../row.ts';
import type { Decimal, Scalar } from '../scalar.ts';
import { BinaryOpNode, CaseNode, type ExprNode, LiteralNode, sqlNode, WhenNode } from '../sql.ts';
import type { Operand } from './expr.ts';
import { call, Expr, fragment, nodeOf, type Truth } from './expr.ts';

/** Keeps the second operand from widening the first (NoInfer, for the TypeScript 5.0 of notebooks too); any number may meet a decimal. */
type Same<T> = [T][T extends unknown ? 0 : never] | (T extends Decimal ? number : never);

const compare =
  (op: string) =>
  <T extends Scalar>(a: Expr<T>, b: Operand<Same<T> | null>): Expr<Truth> =>
    new Expr(new BinaryOpNode(op, nodeOf(a), nodeOf(b as Operand)));

/** Equal; null where either side is null (JavaScript's === would say true or false). */
export const eq = compare('=');
export const neq = compare('<>');
export const gt = compare('>');
export const gte = compare('>=');
export const lt = compare('<');
export const lte = compare('<=');

/** Whether two values are the same, two nulls included: never null. */
export const same = <T extends Scalar>(a: Expr<T>, b: Operand<Same<T> | null>): Expr<boolean> =>
  fragment`(${a} IS NOT DISTINCT FROM ${b as Operand})`;

const joined = (op: string, tests: readonly Expr<Truth>[], whenEmpty: boolean): Expr<Truth> => {
  const [first, ...rest] = tests;
  if (!first) return new Expr(new LiteralNode(whenEmpty));
  return new Expr(rest.reduce((a: ExprNode, b) => new BinaryOpNode(op, a, b.node), first.node));
};
/** True where all tests are; true for no test at all. */
export const and = (...tests: Expr<Truth>[]): Expr<Truth> => joined('AND', tests, true);
/** True where any test is; false for no test at all. */
export const or = (...tests: Expr<Truth>[]): Expr<Truth> => joined('OR', tests, false);
/** Not; null stays null. */
export const not = (test: Expr<Truth>): Expr<Truth> => fragment`(NOT ${test})`;

export const isNull = (value: Expr<Scalar>): Expr<boolean> => fragment`(${value} IS NULL)`;
export const isNotNull = (value: Expr<Scalar>): Expr<boolean> => fragment`(${value} IS NOT NULL)`;
/** True or false, never null: a test that is null counts as not passed. */
export const passed = (test: Expr<Truth>): Expr<boolean> => fragment`coalesce(${test}, false)`;

/** Whether the value is one of a list; false for an empty list. */
export function oneOf<T extends Scalar>(value: Expr<T>, list: readonly Same<T>[]): Expr<Truth> {
  if (list.length === 0) return new Expr(new LiteralNode(false));
  const nodes = list.flatMap((item, i) => (i === 0 ? [nodeOf(item as Operand)] : [', ', nodeOf(item as Operand)]));
  return new Expr(sqlNode('(', value.node, ' IN (', ...nodes, '))'));
}

/** The value, or what stands for it where it is null. */
export const coalesce = <T extends Scalar, const V extends Operand>(value: Expr<T>, otherwise: V): Expr<NonNullable<T> | TypeOf<V>> =>
  call('coalesce', value, otherwise);
/** The first of several that is not null. */
export const firstOf = <T extends Scalar>(...values: readonly Expr<T>[]): Expr<T> => call('coalesce', ...values);

/** The cases collected so far; `otherwise` or `orNull` ends them. */
export class Cases<out T> {
  /** For the type alone: nothing at run time. */
  declare readonly cases: T;
  constructor(private readonly arms: readonly WhenNode[]) {}

  when<const V extends Operand>(test: Expr<Truth>, value: V): Cases<T | TypeOf<V>> {
    return new Cases([...this.arms, new WhenNode(test.node, nodeOf(value))]);
  }
  otherwise<const V extends Operand>(value: V): Expr<T | TypeOf<V>> {
    return new Expr(new CaseNode(undefined, [...this.arms], nodeOf(value)));
  }
  orNull(): Expr<T | null> {
    return new Expr(new CaseNode(undefined, [...this.arms]));
  }
}

/**
 * The value of the first test that passes; literals keep their type.
 * @example when(gte(c.spent, 1000), 'vip').when(gte(c.spent, 100), 'regular').otherwise('none') // Expr<'vip' | 'regular' | 'none'>
 */
export const when = <const V extends Operand>(test: Expr<Truth>, value: V): Cases<TypeOf<V>> =>
  new Cases<TypeOf<V>>([new WhenNode(test.node, nodeOf(value))]);

/**
 * The value that a small fixed table gives for a text, else `otherwise`.
 * @example lookup(c.priority, { high: 3, medium: 2 }, 1)
 */
export function lookup<const V extends Scalar, const W extends Scalar>(
  key: Expr<string | null>,
  table: Readonly<Record<string, V>>,
  otherwise: W,
): Expr<V | W> {
  const arms = Object.entries(table).map(([name, value]) => new WhenNode(eq(key, name).node, nodeOf(value)));
  return arms.length === 0 ? new Expr(nodeOf(otherwise)) : new Expr(new CaseNode(undefined, arms, nodeOf(otherwise)));
}

/** A truth as 1 or 0; null as 0. */
export const flag = (test: Expr<Truth>): Expr<0 | 1> => fragment`CASE WHEN ${test} THEN 1 ELSE 0 END`;

import type { Decimal, Scalar } from '../scalar.ts';
import { AggregateNode, cast, type ExprNode, sqlNode } from '../sql.ts';
import type { Expr, Truth } from './expr.ts';

/** A value worked out over the rows of a group; only a rollup takes one. */
export class Aggregate<out T> {
  /** For the type alone: nothing at run time. */
  declare readonly aggregates: T;
  readonly #inner: AggregateNode;
  readonly #type: string | null;

  constructor(inner: AggregateNode, type: string | null = null) {
    this.#inner = inner;
    this.#type = type;
  }

  get node(): ExprNode {
    return this.#type === null ? this.#inner : cast(this.#inner, this.#type);
  }

  /** Takes only the rows that pass. */
  where(test: Expr<Truth>): Aggregate<T> {
    return new Aggregate<T>(this.#inner.where(test.node), this.#type);
  }
}

/** Rows of the group. */
export const count = (): Aggregate<number> => new Aggregate(new AggregateNode('count', []), 'BIGINT');

/** Different values in the group; nulls are not counted. */
export const distinct = (value: Expr<Scalar>): Aggregate<number> => new Aggregate(new AggregateNode('count', [value.node], true), 'BIGINT');

/** The exact sum of decimals, as money: null for a group without values. */
export function sum(value: Expr<Decimal | null>): Aggregate<Decimal | null>;
/** The sum of numbers: null for a group without values. */
export function sum(value: Expr<number | null>): Aggregate<number | null>;
export function sum(value: Expr<number | null>): Aggregate<number | null> {
  return new Aggregate(new AggregateNode('sum', [value.node]));
}

/** The sum of whole numbers as one of 64 bits: null for a group without values, fails beyond. */
export const sumWhole = (value: Expr<number | null>): Aggregate<number | null> => new Aggregate(new AggregateNode('sum', [value.node]), 'BIGINT');

/** The bits that any of the masks has: null for a group without values. */
export const anyBits = (mask: Expr<number>): Aggregate<number> => new Aggregate(new AggregateNode('bit_or', [mask.node]));

/** The arithmetic mean, a double: null for a group without values. */
export const mean = (value: Expr<number | null>): Aggregate<number | null> => new Aggregate(new AggregateNode('avg', [value.node]));

/** The greatest value: null for a group without values. */
export const max = <T extends Scalar>(value: Expr<T>): Aggregate<T | null> => new Aggregate(new AggregateNode('max', [value.node]));

/** The least value: null for a group without values. */
export const min = <T extends Scalar>(value: Expr<T>): Aggregate<T | null> => new Aggregate(new AggregateNode('min', [value.node]));

/** About how many different values the group has, off by a tenth or two, seldom by a third (HyperLogLog with 64 registers): next to no memory however many there are. Nulls are not counted. */
export const approxDistinct = (value: Expr<Scalar>): Aggregate<number> =>
  new Aggregate(new AggregateNode('approx_count_distinct', [value.node]), 'BIGINT');

/**
 * The quantiles of numbers at shares from 0 to 1, in the order of the shares: null for a group without values.
 *
 * - `exact` interpolates between neighbours and holds every value in memory; `about` (t-digest) holds a few kilobytes.
 * @throws RangeError for a share outside of 0 to 1, or for none at all
 * @example quantiles(c.amount, [0.25, 0.5, 0.75])
 */
export function quantiles(
  value: Expr<number | null>,
  shares: readonly number[],
  how: 'exact' | 'about' = 'exact',
): Aggregate<readonly number[] | null> {
  if (shares.length === 0 || !shares.every((share) => share >= 0 && share <= 1)) throw new RangeError('quantiles: shares lie between 0 and 1');
  const numbers = sqlNode('CAST(', value.node, ' AS DOUBLE)');
  return new Aggregate(new AggregateNode(how === 'exact' ? 'quantile_cont' : 'approx_quantile', [numbers, sqlNode(`[${shares.join(', ')}]`)]));
}

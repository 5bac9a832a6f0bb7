import type { Decimal } from '../scalar.ts';
import { BinaryOpNode } from '../sql.ts';
import type { Operand } from './expr.ts';
import { call, Expr, fragment, type Kept, nodeOf } from './expr.ts';

type Numeric = number | null;
/** Decimal where both sides are, else number; null where either may be. */
type Worked<A, B> = Kept<A | B, [NonNullable<A>, NonNullable<B>] extends [Decimal, Decimal] ? Decimal : number>;
const arithmetic =
  (op: string) =>
  <A extends Numeric, B extends Numeric>(a: Expr<A>, b: Operand<B>): Expr<Worked<A, B>> =>
    new Expr(new BinaryOpNode(op, nodeOf(a), nodeOf(b)));

/** Null where either side is null, as all arithmetic here. Whole numbers stay whole, decimals exact. */
export const plus = arithmetic('+');
export const minus = arithmetic('-');
export const times = arithmetic('*');

const NUMBER = '^[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?$';
/** A text read as a double, null where it is none: digits, a sign, a point, an exponent; no white space, no `inf`. */
export const toNumber = (text: Expr<string | null>): Expr<number | null> =>
  fragment`CASE WHEN regexp_matches(${text}, ${NUMBER}) THEN TRY_CAST(${text} AS DOUBLE) END`;
/** A text of digits and a sign or none read as a whole number (64 bits), null where it is none (the engine would round "1.5"). */
export const toWhole = (text: Expr<string | null>): Expr<number | null> =>
  fragment`CASE WHEN regexp_matches(${text}, '^[+-]?[0-9]+$') THEN TRY_CAST(${text} AS BIGINT) END`;
/** A whole number from `least` to `most` that is written as the engine itself writes it, no sign or zero in front; null for any other text. */
export const plainWhole = (text: Expr<string | null>, least: number, most: number): Expr<number | null> => {
  const read = fragment<number | null>`TRY_CAST(${text} AS BIGINT)`;
  return fragment`CASE WHEN CAST(${read} AS VARCHAR) = ${text} AND ${read} BETWEEN ${least} AND ${most} THEN ${read} END`;
};
/** A text read as money: DECIMAL(18,2), null where it is none or too large. More decimals than two are rounded: check before. */
export const toMoney = (text: Expr<string | null>): Expr<Decimal | null> => fragment`TRY_CAST(${text} AS DECIMAL(18,2))`;
/** A plain amount as money. @example money('0.00') */
export const money = (text: string): Expr<Decimal> => fragment`CAST(${text} AS DECIMAL(18,2))`;
/** Any exact decimal as money, DECIMAL(18,2): for sums, which the engine widens. Fails beyond sixteen digits before the point. */
export const asMoney = <T extends Decimal | null>(value: Expr<T>): Expr<Kept<T, Decimal>> => fragment`CAST(${value} AS DECIMAL(18,2))`;

/** Up to here pence fit a 64-bit whole number twice over, which the engine works with fifteen times as fast as with a wider one. */
const NARROW_MONEY = '90071992547409.91';

/**
 * An exact mean in money: `total / n` rounded half away from zero to two decimals, worked out in whole pence
 * (DuckDB's DECIMAL / INTEGER is a double). Null where either is null or n is 0.
 */
export const meanMoney = (total: Expr<Decimal | null>, n: Expr<number | null>): Expr<Decimal | null> => {
  const rounded = (pence: Expr<number | null>): Expr<number | null> => {
    const half = fragment<number | null>`((2 * abs(${pence}) + ${n}) // (2 * nullif(${n}, 0)))`;
    return fragment`CASE WHEN ${total} < 0 THEN -${half} ELSE ${half} END`;
  };
  const narrow = rounded(fragment`CAST(CAST(${total} AS DECIMAL(18,2)) * 100 AS BIGINT)`);
  const wide = rounded(fragment`CAST(CAST(${total} AS DECIMAL(38,2)) * 100 AS HUGEINT)`);
  return fragment`CASE WHEN abs(${total}) <= ${money(NARROW_MONEY)} THEN CAST(CAST(${narrow} AS DECIMAL(18,0)) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2))
    ELSE CAST(CAST(${wide} AS DECIMAL(38,0)) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) END`;
};

/** The sum of whole numbers in one expression. */
export const total = (...parts: readonly Expr<number>[]): Expr<number> =>
  new Expr(parts.map((part) => part.node).reduce((a, b) => new BinaryOpNode('+', a, b), nodeOf(0)));
/** The greater of two, null where the first is null. */
export const greatest = <T extends Numeric>(a: Expr<T>, b: Operand<number>): Expr<Kept<T, number>> =>
  fragment`CASE WHEN ${a} IS NOT NULL THEN greatest(${a}, ${b}) END`;
/** A number to so many decimals (0 by default), a half away from zero as far as a double can tell. */
export const round = <T extends Numeric>(value: Expr<T>, decimals = 0): Expr<Kept<T, number>> => call('round', value, decimals);
/** A number as a 32-bit whole number. Fails where it does not fit. */
export const toInteger = <T extends Numeric>(value: Expr<T>): Expr<Kept<T, number>> => fragment`CAST(${value} AS INTEGER)`;

/** So near below its end a number is in the next step: 0.3 is three steps of 0.1, though doubles make it a little less. */
const NEAR_STEP = 1e-9;
/** Which step of equal size a number falls into, counted from 0 at `from`; null where it is null. */
export const stepOf = (value: Expr<Numeric>, from: number, step: number): Expr<number | null> =>
  fragment`CAST(floor((CAST(${value} AS DOUBLE) - ${from}) / ${step} + ${NEAR_STEP}) AS BIGINT)`;

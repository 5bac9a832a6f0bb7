import type { Operand } from './expr.ts';
import { type Expr, fragment, type Kept } from './expr.ts';

/** A text `YYYY-MM-DD` read as a date, null where it is none (the engine would take "2020-1-1", "epoch" and "infinity"). */
export const toDate = (text: Expr<string | null>): Expr<Date | null> =>
  fragment`CASE WHEN regexp_matches(${text}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') THEN TRY_CAST(${text} AS DATE) END`;
/** A date as a text `YYYY-MM-DD`. */
export const isoDate = <T extends Date | null>(date: Expr<T>): Expr<Kept<T, string>> => fragment`strftime(${date}, '%Y-%m-%d')`;
/** Whole days from one date to another: negative where `to` lies before `from`, null where either is null. */
export const daysBetween = <T extends Date | null>(from: Expr<T>, to: Operand<Date>): Expr<Kept<T, number>> =>
  fragment`CAST(date_diff('day', ${from}, ${to}) AS INTEGER)`;
/** Year of a date. */
export const year = <T extends Date | null>(date: Expr<T>): Expr<Kept<T, number>> => fragment`CAST(year(CAST(${date} AS DATE)) AS INTEGER)`;
/** First day of the date's month. */
export const month = <T extends Date | null>(date: Expr<T>): Expr<Kept<T, Date>> =>
  fragment`CAST(date_trunc('month', CAST(${date} AS DATE)) AS DATE)`;
/** Calendar months from one date to another, whatever the day: negative where `to` lies before `from`, null where either is null. */
export const monthsBetween = (from: Expr<Date | null>, to: Expr<Date | null>): Expr<number | null> =>
  fragment`CAST(date_diff('month', CAST(${from} AS DATE), CAST(${to} AS DATE)) AS INTEGER)`;

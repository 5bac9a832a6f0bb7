import type { Aggregate } from './expr/aggregate.ts';
import type { Expr, Truth } from './expr/expr.ts';
import type { Frame } from './frame.ts';
import type { Plan } from './plan.ts';
import type { Scalar } from './scalar.ts';
import type { Descending } from './verbs/orderby.ts';

/** The columns that a callback of a loose frame gets. */
export type LooseColumns = { readonly [column: string]: Expr<Scalar> };
type Made = Readonly<Record<string, Expr<unknown>>>;
type On = string | readonly string[];

/** A frame whose columns are only known at run time: contracts and loads are written over these. The verbs are `Frame`'s own. */
export interface LooseFrame {
  readonly plan: Plan;
  readonly columns: readonly string[];
  select(...names: string[]): LooseFrame;
  rename(names: Readonly<Record<string, string>>): LooseFrame;
  derive(make: (c: LooseColumns) => Made): LooseFrame;
  filter(test: (c: LooseColumns) => Expr<Truth>): LooseFrame;
  orderby(...by: (string | Descending)[]): LooseFrame;
  slice(from: number, to?: number): LooseFrame;
  concat(...others: LooseFrame[]): LooseFrame;
  cross(other: LooseFrame): LooseFrame;
  join(other: LooseFrame, on: On): LooseFrame;
  join_left(other: LooseFrame, on: On): LooseFrame;
  join_asof(other: LooseFrame, on: string): LooseFrame;
  semijoin(other: LooseFrame, on: On): LooseFrame;
  antijoin(other: LooseFrame, on: On): LooseFrame;
  rollup(make: (c: LooseColumns) => Readonly<Record<string, Aggregate<unknown>>>): LooseFrame;
  groupby(...keys: string[]): { rollup(make: (c: LooseColumns) => Readonly<Record<string, Aggregate<unknown>>>): LooseFrame };
}

/** A column of a loose frame, as what the caller knows it to hold. A name that is not there throws `frame.unknown-column`. */
export const col = <T>(columns: LooseColumns, name: string): Expr<T> => columns[name] as unknown as Expr<T>;
/** A frame seen without its row type. */
export const loose = (frame: Frame<object>): LooseFrame => frame as unknown as LooseFrame;
/** A loose frame as what the caller knows its rows to be. */
export const typed = <R extends object>(frame: LooseFrame): Frame<R> => frame as unknown as Frame<R>;

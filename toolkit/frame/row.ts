/** The type machinery of frames: how a row type changes from verb to verb. */
import type { Aggregate } from './expr/aggregate.ts';
import type { Expr } from './expr/expr.ts';

/** One expression a column of `R`. */
export type Columns<R> = { readonly [K in keyof R]-?: Expr<R[K]> };
/** The type an expression, an aggregate or a plain value stands for. */
export type TypeOf<V> = V extends Expr<infer T> ? T : V extends Aggregate<infer T> ? T : V;

/** Shows an intersection as one plain object. */
export type Flat<T> = { [K in keyof T]: T[K] } & {};
/** `R` with the columns of `D` added or replaced. */
export type Derived<R, D> = Flat<{ [K in keyof R as K extends keyof D ? never : K]: R[K] } & { -readonly [K in keyof D]: TypeOf<D[K]> }>;
/** `R` with columns renamed by the map `M`. */
export type Renamed<R, M> = { [K in keyof R as K extends keyof M ? M[K] & PropertyKey : K]: R[K] };
/** `T` where any column may be null: the side of a join that may not match. */
export type Maybe<T> = { [K in keyof T]: T[K] | null };
/** `T` without the columns `K`. */
export type Without<T, K> = { [P in keyof T as P extends K ? never : P]: T[P] };
/** The group keys and the columns of a rollup. */
export type RolledUp<R, K extends keyof R, D> = Flat<Pick<R, K> & { -readonly [N in keyof D]: TypeOf<D[N]> }>;
/** What the other side of a join must hold: the key columns, of the same types, null or not. */
export type Keyed<R, K extends keyof R> = { [P in K]: R[P] | null };

import type { ColumnTable } from 'arquero';
import { batches, collect, countRows } from './collect.ts';
import type { Aggregate } from './expr/aggregate.ts';
import type { Expr, Operand, Truth } from './expr/expr.ts';
import { type Plan, sqlOf } from './plan.ts';
import type { Columns, Derived, Flat, Keyed, Maybe, Renamed, RolledUp, Without } from './row.ts';
import type { Session } from './session.ts';
import { dedupe } from './verbs/dedupe.ts';
import { derive } from './verbs/derive.ts';
import { filter } from './verbs/filter.ts';
import { concat, cross, join, joinAsof, matching } from './verbs/join.ts';
import { type Descending, orderby, slice } from './verbs/orderby.ts';
import { rollup } from './verbs/rollup.ts';
import { rename, select } from './verbs/select.ts';

/** A column to sort by, upwards by its name or downwards by `desc(name)`. */
export type SortKey<R> = (keyof R & string) | Descending<keyof R & string>;
type On<K> = K | readonly K[];
const listOf = <K extends string>(on: On<K>): readonly K[] => (typeof on === 'string' ? [on] : (on as readonly K[]));
type Maker<D> = (columns: Record<string, Expr<unknown>>) => D;

/**
 * An immutable, lazy table whose row type travels with it: verbs as Arquero names them, built into one query, run by the
 * embedded engine when it is collected. A misspelt column does not compile.
 */
export class Frame<out R extends object> {
  /** For the type alone: `typeof people.row`. */
  declare readonly row: R;
  constructor(readonly plan: Plan) {}

  /** Names of the columns, in order. */
  get columns(): readonly string[] {
    return this.plan.columns;
  }

  /** Keeps the named columns, in the order given. */
  select<K extends keyof R & string>(...names: K[]): Frame<Pick<R, K>> {
    return new Frame(select(this.plan, names));
  }
  /** Renames by a map from old to new name. */
  rename<const M extends { readonly [K in keyof R]?: string }>(names: M): Frame<Renamed<R, M>> {
    return new Frame(rename(this.plan, names as Record<string, string>));
  }
  /** Adds or replaces columns; the expressions see the columns as they were. */
  derive<const D extends Record<string, Operand>>(make: (c: Columns<R>) => D): Frame<Derived<R, D>> {
    return new Frame(derive(this.plan, make as unknown as Maker<D>));
  }
  /** Keeps the rows whose test is true; false and null leave. */
  filter(test: (c: Columns<R>) => Expr<Truth>): Frame<R> {
    return new Frame(filter(this.plan, test as unknown as Maker<Expr<Truth>>));
  }
  /** Keeps one row a key, the first by `by` (nulls last). Without `by`, or where it ties, no promise which. */
  dedupe<K extends keyof R & string>(on: On<K>, by: SortKey<R> | readonly SortKey<R>[] = []): Frame<R> {
    return new Frame(dedupe(this.plan, listOf(on), [by].flat() as SortKey<R>[]));
  }
  /** Sorts; nulls last in both directions. */
  orderby(...by: SortKey<R>[]): Frame<R> {
    return new Frame(orderby(this.plan, by));
  }
  /** Rows `from` (from 0, included) to `to` (excluded). Without `orderby` before it, in the order of the source. */
  slice(from: number, to?: number): Frame<R> {
    return new Frame(slice(this.plan, from, to));
  }
  /** The rows of several frames with the same columns, one frame after another. */
  concat(...others: Frame<R>[]): Frame<R> {
    return new Frame(
      concat(
        this.plan,
        others.map((other) => other.plan),
      ),
    );
  }

  /** Rows that match on both sides. Null matches nothing. */
  join<S extends Keyed<R, K>, const K extends keyof R & string>(other: Frame<S>, on: On<K>): Frame<Flat<R & Without<S, K>>> {
    return new Frame(join('join', 'INNER', this.plan, other.plan, listOf(on)));
  }
  /** Every row of this frame; the other's columns are null where nothing matches. */
  join_left<S extends Keyed<R, K>, const K extends keyof R & string>(other: Frame<S>, on: On<K>): Frame<Flat<R & Maybe<Without<S, K>>>> {
    return new Frame(join('join_left', 'LEFT', this.plan, other.plan, listOf(on)));
  }
  /** Every row of the other frame; this one's columns are null where nothing matches. */
  join_right<S extends Keyed<R, K>, const K extends keyof R & string>(
    other: Frame<S>,
    on: On<K>,
  ): Frame<Flat<Pick<S, K & keyof S> & Maybe<Without<R, K>> & Without<S, K>>> {
    return new Frame(join('join_right', 'RIGHT', this.plan, other.plan, listOf(on)));
  }
  /** Every row of both frames. */
  join_full<S extends Keyed<R, K>, const K extends keyof R & string>(
    other: Frame<S>,
    on: On<K>,
  ): Frame<Flat<Pick<R, K> & Maybe<Without<R, K>> & Maybe<Without<S, K>>>> {
    return new Frame(join('join_full', 'FULL', this.plan, other.plan, listOf(on)));
  }
  /** Every row of this frame with the other's row whose key is the greatest not above its own, null where there is none. */
  join_asof<S extends Keyed<R, K>, const K extends keyof R & string>(other: Frame<S>, on: K): Frame<Flat<R & Maybe<Without<S, K>>>> {
    return new Frame(joinAsof(this.plan, other.plan, on));
  }
  /** Every row of one beside every row of the other. */
  cross<S extends object>(other: Frame<S>): Frame<Flat<R & S>> {
    return new Frame(cross(this.plan, other.plan));
  }
  /** The rows that have a match in the other frame. */
  semijoin<S extends Keyed<R, K>, const K extends keyof R & string>(other: Frame<S>, on: On<K>): Frame<R> {
    return new Frame(matching('semijoin', this.plan, other.plan, listOf(on)));
  }
  /** The rows that have no match in the other frame; a null key has none. */
  antijoin<S extends Keyed<R, K>, const K extends keyof R & string>(other: Frame<S>, on: On<K>): Frame<R> {
    return new Frame(matching('antijoin', this.plan, other.plan, listOf(on)));
  }

  /** Groups by columns; nulls are one group. */
  groupby<K extends keyof R & string>(...keys: K[]): Grouped<R, K> {
    return new Grouped<R, K>(this.plan, keys);
  }
  /** One row over all rows. */
  rollup<const D extends Record<string, Aggregate<unknown>>>(make: (c: Columns<R>) => D): Frame<RolledUp<R, never, D>> {
    return new Grouped<R, never>(this.plan, []).rollup(make);
  }

  /** Says what the row now is; also ends the nesting of row types in a very long chain (about thirty changing verbs). */
  as<T extends object>(this: Frame<T>): Frame<T> {
    return this;
  }

  /** Runs the query and gives an Arquero table: whole numbers and decimals as numbers, dates as Date (UTC midnight). @throws DaybookError */
  collect(options: { readonly session?: Session } = {}): Promise<ColumnTable> {
    return collect(this.plan, options.session);
  }
  /** Runs the query and gives its rows as Arquero tables of about `rows` rows each, as they are made. @throws DaybookError */
  batches(options: { readonly session?: Session; readonly rows?: number } = {}): AsyncGenerator<ColumnTable, void, undefined> {
    return batches(this.plan, options);
  }
  /** Runs the query for its number of rows. @throws DaybookError */
  count(options: { readonly session?: Session } = {}): Promise<number> {
    return countRows(this.plan, options.session);
  }
  /** The SQL that the verbs built. Nothing runs. */
  explain(): string {
    return sqlOf(this.plan);
  }
}

/** A frame by groups, waiting for what to work out over each. */
export class Grouped<R extends object, K extends keyof R & string> {
  constructor(
    private readonly plan: Plan,
    private readonly keys: readonly K[],
  ) {}
  /** One row a group: the keys, then the aggregates. */
  rollup<const D extends Record<string, Aggregate<unknown>>>(make: (c: Columns<R>) => D): Frame<RolledUp<R, K, D>> {
    return new Frame(rollup(this.plan, this.keys, make as unknown as Maker<D>));
  }
}

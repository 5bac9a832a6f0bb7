import assert from 'node:assert/strict';
import * as aq from 'arquero';
import type { ExecutionContext } from 'ava';
import { type Frame, frameOf, Session } from 'daybook';
import fc from 'fast-check';

/** A row with a column of every type; each but `id` may be null. */
export interface Item {
  readonly id: number;
  readonly group: string | null;
  readonly n: number | null;
  readonly x: number | null;
  readonly text: string | null;
  readonly day: Date | null;
}
export const ITEM = ['id', 'group', 'n', 'x', 'text', 'day'] as const;

const DAY_MS = 86_400_000;
const odd = fc.constantFrom('', ' ', 'é', 'ß', 'İ', 'Σ', '😀', 'a\u0301', '\u00a0', "o'x", '"', '\\', '%', '_', '\u{10ffff}', 'ａ', '\n');
/** A text as UTF-8 holds it: a lone surrogate is U+FFFD. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();
/** A text without what the engine cannot hold (lone surrogates) and what node-api takes off (a leading U+FEFF). */
export const anyText = fc
  .oneof(
    fc.string({ maxLength: 6 }),
    odd,
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.array(odd, { maxLength: 4 }).map((parts) => parts.join('')),
  )
  .map((text) =>
    wellFormed(text)
      .replaceAll('\0', '')
      .replace(/^\ufeff+/, ''),
  );

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4 });
const item = fc.record({
  group: orNull(fc.constantFrom('a', 'b', 'A', '', 'é')),
  n: orNull(fc.integer({ min: -1000, max: 1000 })),
  // quarters, so that sums are exact in any order
  x: orNull(fc.integer({ min: -4000, max: 4000 }).map((quarters) => quarters / 4)),
  text: orNull(anyText),
  day: orNull(fc.integer({ min: -40_000, max: 40_000 }).map((days) => new Date(days * DAY_MS))),
});
/** Rows of every type, numbered from 0. */
export const items = (maxLength = 25): fc.Arbitrary<Item[]> => fc.array(item, { maxLength }).map((rows) => rows.map((row, id) => ({ id, ...row })));

/** Rows that can be joined by `group` and `n`: few values, nulls only where asked for. */
export const joinable = (nulls: boolean) =>
  fc.array(
    fc.record({
      group: nulls ? orNull(fc.constantFrom('a', 'b', 'c')) : fc.constantFrom('a', 'b', 'c'),
      n: nulls ? orNull(fc.integer({ min: -2, max: 2 })) : fc.integer({ min: -2, max: 2 }),
      value: orNull(fc.integer({ min: 0, max: 9 })),
    }),
    { maxLength: 12 },
  );

export const frameOfItems = (rows: readonly Item[]): Frame<Item> => frameOf(rows, [...ITEM]);
/** The same rows as an Arquero table; the columns stand, with rows or without. */
export const tableOf = <R extends object>(rows: readonly R[], columns: readonly (keyof R & string)[]): aq.ColumnTable =>
  aq.table(Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name] ?? null)])) as Record<string, unknown[]>);
export const tableOfItems = (rows: readonly Item[]): aq.ColumnTable => tableOf(rows, ITEM);

/** One session for a test file. */
export const session = Session.open({ threads: 2 });

export type Rows = Record<string, unknown>[];
/** The rows of a frame, in order. */
export const rowsOf = async (frame: Frame<object>): Promise<Rows> => (await frame.collect({ session: await session })).objects() as Rows;

const shown = (value: unknown): string =>
  value === undefined ? 'null' : value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? String(value) : JSON.stringify(value);
/** Rows as texts in an order of their own, for verbs that promise none. */
export const asSet = (rows: readonly object[]): string[] =>
  rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name}=${shown(value)}`)
        .sort()
        .join(' '),
    )
    .sort();

/** Holds a frame against Arquero's table: the same columns in the same order, the same rows. */
export async function agrees(frame: Frame<object>, table: aq.ColumnTable, order: 'in order' | 'as a set' = 'in order'): Promise<void> {
  assert.deepEqual([...frame.columns], table.columnNames());
  const [ours, theirs] = [await rowsOf(frame), table.objects()];
  const lines = (rows: readonly object[]) => (order === 'as a set' ? asSet(rows) : rows.flatMap((row) => asSet([row])));
  assert.deepEqual(lines(ours), lines(theirs));
}

/** A test of a property over random values; `check` throws where it does not hold. A failure names its seed and the least value it was seen on. */
export const holds =
  <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>, numRuns = 60) =>
  async (t: ExecutionContext): Promise<void> => {
    const run = await fc.check(fc.asyncProperty(arbitrary, check), { numRuns, seed: 360 });
    t.false(run.failed, run.failed ? `${(run.errorInstance as Error).message}\n${fc.defaultReportMessage(run as never)}` : '');
  };

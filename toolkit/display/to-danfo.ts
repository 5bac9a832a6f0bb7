import { DaybookError } from '../errors/index.ts';
import type { Frame, Session } from '../frame/index.ts';

/** What is mostly called of a danfojs Series of numbers. */
export interface DanfoSeries {
  readonly values: readonly unknown[];
  add(other: DanfoSeries | number): DanfoSeries;
  sub(other: DanfoSeries | number): DanfoSeries;
  mul(other: DanfoSeries | number): DanfoSeries;
  div(other: DanfoSeries | number): DanfoSeries;
  sum(): number;
  mean(): number;
  std(): number;
}

/** What is mostly called of a danfojs DataFrame. All of it: `toDanfo<DataFrame>(frame)` with danfojs-node's own type. */
export interface DanfoFrame {
  readonly shape: readonly [rows: number, columns: number];
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
  describe(): DanfoFrame;
  head(rows?: number): DanfoFrame;
  column(name: string): DanfoSeries;
  dropNa(options?: { axis?: 0 | 1 }): DanfoFrame;
  print(): void;
}

const LIMIT = 10_000;
// not a literal: an installation without it must still compile and load
const PACKAGE = 'danfojs-node';

/**
 * A small frame as a danfojs DataFrame, for people who think in pandas. For exploration only: nothing that runs at night calls it.
 *
 * - Dates become texts `YYYY-MM-DD`, whole numbers beyond 2^53 texts, nulls stay null. Personal columns are handed over as they are.
 * - danfojs's `describe()` throws on columns with nulls: call `dropNa({ axis: 1 })` before it, or look at `charts.missingValues`. It takes
 *   number columns alone. Groups over hundreds of thousands of rows do not end in minutes: `groupby` and `rollup` of the frame do.
 * @throws DaybookError `danfo.not-installed`; `danfo.too-many-rows` above `limit` rows (10,000 unless told otherwise)
 * @example (await toDanfo(customers.select('total_spent', 'orders_count'))).describe().print()
 */
export async function toDanfo<D = DanfoFrame>(
  frame: Frame<object>,
  { limit = LIMIT, session }: { readonly limit?: number; readonly session?: Session } = {},
): Promise<D> {
  const where = { ...(session && { session }) };
  const rows = await frame.count(where);
  if (rows > limit) throw new DaybookError('danfo.too-many-rows', { rows, limit });
  const table = await frame.collect(where);
  const columns = Object.fromEntries(table.columnNames().map((name) => [name, Array.from(table.array(name), plain)]));
  const { DataFrame } = await load();
  return new DataFrame(columns) as D;
}

const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return typeof value === 'bigint' ? String(value) : value;
};

async function load(): Promise<{ readonly DataFrame: new (columns: Readonly<Record<string, unknown[]>>) => unknown }> {
  try {
    const module = (await import(PACKAGE)) as { default?: unknown };
    return (module.default ?? module) as Awaited<ReturnType<typeof load>>;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw new DaybookError('danfo.not-installed', {});
    throw fault;
  }
}

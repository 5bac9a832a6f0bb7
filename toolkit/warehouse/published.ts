import type * as z from 'zod';
import { DaybookError } from '../errors/index.ts';
import { col, type Expr, type Frame, frameOf, loose, toDate, toMoney, toNumber, toWhole, typed } from '../frame/index.ts';
import { publishedColumns } from './published-row.ts';
import type { PublishedValue } from './sqlite/published-rows.ts';
import type { ColumnKind, PublishedColumn } from './warehouse.ts';

/**
 * What a run has published, as a typed frame: for questions asked in a notebook. The rows pass through JavaScript (about ten
 * seconds a million).
 *
 * - Shape: the columns of `row`, in key order; dates are dates, money is exact.
 * @throws DaybookError `warehouse.not-published` where the file or the table is not there, `warehouse.table-incompatible` where
 *   a column is missing, `warehouse.*`
 * @example const customers = await published('data/warehouse.sqlite', 'customer_enriched', customerEnriched)
 */
export async function published<Row extends z.ZodObject>(path: string, table: string, row: Row): Promise<Frame<z.output<Row>>> {
  const columns = publishedColumns(row);
  // Not before it is needed: whoever imports the toolkit would load SQLite.
  const { publishedRows } = await import('./sqlite/published-rows.ts');
  const rows = await publishedRows(path, table);
  const missing = columns.find(({ name }) => rows[0] && !Object.hasOwn(rows[0], name));
  if (missing) throw new DaybookError('warehouse.table-incompatible', { path, table, reason: `it has no column "${missing.name}"` });
  const texts = rows.map((values) => Object.fromEntries(columns.map((column) => [column.name, textOf(column, values[column.name] ?? null)])));
  const names = columns.map(({ name }) => name);
  return typed(
    loose(frameOf(texts, names)).derive((c) => Object.fromEntries(columns.map(({ name, kind }) => [name, READ[kind](col<string | null>(c, name))]))),
  );
}

/** The shortest text of a double is the double; of money it is the amount once it has two decimals. */
const textOf = ({ kind }: PublishedColumn, value: PublishedValue): string | null =>
  value === null ? null : kind === 'money' ? Number(value).toFixed(2) : String(value);

const READ: Readonly<Record<ColumnKind, (text: Expr<string | null>) => Expr<unknown>>> = {
  text: (text) => text,
  integer: toWhole,
  real: toNumber,
  date: toDate,
  money: toMoney,
  instant: (text) => text,
};

import type { ColumnTable } from 'arquero';
import { type Frame, personalInTable, preview, type Session } from '../frame/index.ts';
import type { Cells, ShowOptions } from './table-view.ts';

const FIRST = 10;
const LAST = 5;

/** The first and last rows of a frame as texts. The engine runs it once; the rows between are only counted. @throws DaybookError */
export async function cellsOfFrame(
  frame: Frame<object>,
  { first = FIRST, last = LAST, session }: ShowOptions & { readonly session?: Session },
): Promise<Cells> {
  // one that was read from a file knows the records that are not in it
  const { extract } = frame as { readonly extract?: { readonly malformed: readonly unknown[] } };
  return { ...(await preview(frame, { first, last, ...(session && { session }) })), malformed: extract?.malformed.length ?? 0 };
}

/** What is read of an Arquero table: by its methods, so that one made by another copy of Arquero is known too. */
type ArqueroTable = Pick<ColumnTable, 'columnNames' | 'column' | 'numRows' | 'indices'>;

export const isArqueroTable = (value: unknown): value is ArqueroTable =>
  typeof value === 'object' &&
  value !== null &&
  ['columnNames', 'column', 'numRows', 'indices'].every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** The first and last rows of an Arquero table as texts, in its order; what its filter leaves out is not there. */
export function cellsOfTable(table: ArqueroTable, { first = FIRST, last = LAST }: ShowOptions): Cells {
  const names = table.columnNames();
  const indices = table.indices();
  const count = indices.length;
  const personal = personalInTable(table);
  const values = names.map((name) => table.column(name) as { at(row: number): unknown });
  const rows = (from: number, to: number) => Array.from(indices.slice(from, to), (row) => values.map((column) => textOf(column.at(row))));
  return {
    columns: names.map((name, i) => ({ name, type: typeOf(Array.from(indices, (row) => values[i]?.at(row))), personal: personal.get(name) ?? null })),
    first: rows(0, first),
    last: rows(Math.max(first, count - last), count),
    count,
    malformed: 0,
  };
}

const isoOf = (date: Date): string => (Number.isNaN(+date) ? 'invalid date' : date.toISOString().replace(/T00:00:00\.000Z$/, ''));

/** A value as text, a null and an undefined as null. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return isoOf(value);
  return typeof value === 'object'
    ? (JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? null)
    : String(value);
}

/** The one type of all values of a column; `mixed` where they differ. */
function typeOf(values: readonly unknown[]): string {
  const types = new Set(values.flatMap((value) => (value === null || value === undefined ? [] : [wordFor(value)])));
  if (types.size === 0) return 'null';
  if (types.size === 1) return [...types][0] as string;
  return [...types].every((type) => type === 'integer' || type === 'number')
    ? 'number'
    : [...types].every((type) => type === 'date' || type === 'timestamp')
      ? 'timestamp'
      : 'mixed';
}

function wordFor(value: unknown): string {
  if (value instanceof Date) return +value % 86_400_000 === 0 ? 'date' : 'timestamp';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  return typeof value === 'string' ? 'text' : typeof value;
}

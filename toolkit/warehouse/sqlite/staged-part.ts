import type { Session } from '../../frame/session.ts';
import type { Literals } from '../difference/stored-value.ts';
import { quoteName } from '../sql-text.ts';
import type { PublishedColumn } from '../warehouse.ts';
import { createTable } from './table-shape.ts';

/** A column to stage: worked out by the engine a row, or the same text in every row (null: no value). */
export type StagedColumn =
  | { readonly column: PublishedColumn; readonly value: string; readonly sent: Literals }
  | { readonly column: PublishedColumn; readonly constant: string | null };

/** One table of the staging file: what it is called, what it holds, and where the engine reads it from. */
export interface StagedPart {
  readonly name: string;
  readonly key: string;
  readonly columns: readonly StagedColumn[];
  /** FROM clause in the engine. */
  readonly from: string;
}

/** The statement that makes it, in the shape of the published table, so that SQLite can copy whole records. */
export const createPart = (part: StagedPart): string =>
  createTable(
    part.name,
    part.key,
    part.columns.map(({ column }) => column),
  );

/** Of a hundred rows, how many may stand before the one they follow: so few cost SQLite less out of order than all cost to sort. */
const MOST_STEPS_BACK_PERCENT = 2;

/** FROM, and ORDER BY where the rows are far from the order of their keys: out of order they cost SQLite twice as much. */
export async function inKeyOrder(session: Session, { from, key }: StagedPart): Promise<string> {
  const pairs = `SELECT ${quoteName(key)} AS k, lag(${quoteName(key)}) OVER () AS previous FROM ${from}`;
  const [found] = await session.rows<{ near: boolean }>(
    `SELECT count(*) FILTER (k < previous) * 100 <= count(*) * ${MOST_STEPS_BACK_PERCENT} AS near FROM (${pairs})`,
    'look at the order of the rows',
  );
  return found?.near ? `FROM ${from}` : `FROM ${from} ORDER BY ${quoteName(key)}`;
}

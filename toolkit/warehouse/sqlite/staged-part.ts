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

/** FROM and ORDER BY: rows in key order cost SQLite half as much. */
export const inKeyOrder = (part: StagedPart): string => `FROM ${part.from} ORDER BY ${quoteName(part.key)}`;

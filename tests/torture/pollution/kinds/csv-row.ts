import { recordLine } from '../clean-csv.ts';
import { atRecords, type Kind, type KindOptions, type Tools } from '../kind.ts';
import type { Line, Sheet } from '../sheet.ts';

/** A record that is about to be polluted: no text of it needs quotes, and none is empty. */
export interface Row {
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  /** Index of a column that is neither the first nor the last. */
  readonly mid: number;
  /** The text of that column. */
  readonly word: string;
}

/** A line that is no record. */
export const malformed = (text: string, end = '\n'): Line => ({ text, end, is: 'malformed' });
/** A line that does not count. */
export const nothing = (text: string, end = '\n'): Line => ({ text, end, is: 'nothing' });
/** A record whose fields stand as they are given. */
export const record = (row: Row, cells: readonly string[], fields: readonly string[] = cells, end = '\n'): Line =>
  recordLine(row.columns, cells, fields, end);
/** A row as it was. */
export const kept = (row: Row, end = '\n'): Line => record(row, row.cells, row.cells, end);
/** A row whose column in the middle stands in quotes, so that no quote before it stays open beyond it. */
export const withQuotes = (row: Row): Line => record(row, row.cells, fieldsWith(row, `"${row.word}"`));

/** The fields of a row with another one in the middle. */
export const fieldsWith = ({ cells, mid }: Row, field: string, at = mid): string[] => cells.map((cell, i) => (i === at ? field : cell));
/** The same as the text of a line. */
export const textWith = (row: Row, field: string, at?: number): string => fieldsWith(row, field, at).join(',');

function rowOf(line: Line, { columns }: Sheet, mid: number): Row {
  if (typeof line.is === 'string') throw new Error('A kind was planted where no record stands.');
  const fields = line.is;
  const cells = columns.map((name) => String(fields[name] ?? '').replace(/[",\r\n]/g, '') || 'x');
  return { columns, cells, mid, word: cells[mid] as string };
}

/** A kind that puts lines in the place of one row or more. */
export const atRows = (
  name: string,
  says: string,
  work: (rows: readonly [Row, Row, Row, Row], tools: Tools) => readonly Line[],
  options: KindOptions = {},
): Kind =>
  atRecords(
    'csv',
    name,
    says,
    (lines, sheet, tools) => {
      const mid = tools.between(1, sheet.columns.length - 2);
      return work(lines.map((line) => rowOf(line, sheet, mid)) as unknown as [Row, Row, Row, Row], tools);
    },
    options,
  );

/** A kind that makes one row one malformed line. */
export const spoils = (name: string, says: string, textOf: (row: Row, tools: Tools) => string): Kind =>
  atRows(name, says, ([row], tools) => [malformed(textOf(row, tools))]);

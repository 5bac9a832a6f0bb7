/** One broken rule of one record, as a run's rejects file holds it. `value` and `raw` are data: personal or not, they are shown only when asked for. */
export interface RejectRow {
  readonly source: string;
  readonly file: string;
  /** Number among the records of the file, from 1, malformed ones included. */
  readonly record: number;
  /** Physical line the record begins on; the header is line 1. */
  readonly line: number | null;
  /** The valid key as text, or null. */
  readonly key: string | null;
  readonly rule: string;
  readonly column: string | null;
  readonly severity: 'reject' | 'warn';
  /** What is wrong, in plain words. */
  readonly reason: string;
  /** The raw text of the column. */
  readonly value: string | null;
  /** The raw record where it was rejected: a JSON object of its texts, or the text of a record that could not be read. */
  readonly raw: string | null;
}

/** The columns of a rejects file, in order. */
export const REJECT_COLUMNS = [
  'source',
  'file',
  'record',
  'line',
  'key',
  'rule',
  'column',
  'severity',
  'reason',
  'value',
  'raw',
] as const satisfies readonly (keyof RejectRow)[];

import type { SourceName } from '../../reference/index.ts';

/** A value as a file gives it: a text; the source text of a number; the JSON of true, false, a list or an object; none. */
export type Cell = string | { readonly number: string } | { readonly other: string } | null;
/** A record by the names of its columns; what is not named is none. */
export type Fields = Readonly<Record<string, Cell>>;
/** What a piece of a file is by customer-360.md: a record, a record that is malformed, or nothing that counts. */
export type Holding = Fields | 'malformed' | 'nothing';

/** Why a file stops the run, in the page's own words. */
export type Why = 'empty' | 'missing column' | 'column twice' | 'open quote' | 'not UTF-8' | 'UTF-16' | 'Latin-1' | 'binary' | 'JSON' | 'no object';

/** What stops the run, and at which character behind the beginning of its line; `at` null where no line can be named. */
export interface Stop {
  readonly why: Why;
  readonly at: number | null;
}

/** One line of a file (in quotes it may span several), and what is to become of it. */
export interface Line {
  readonly text: string;
  readonly end: string;
  readonly is: Holding;
  readonly stop?: Stop;
  /** Bytes for each character U+E000 in the text, which are no UTF-8. */
  readonly raw?: Uint8Array;
}

/** A CSV, an NDJSON file or a JSON array. */
export type Form = 'csv' | 'lines' | 'array';

/** A file as its lines. What customer-360.md makes of it follows from them. */
export interface Sheet {
  readonly source: SourceName;
  readonly form: Form;
  /** Names in the header of a CSV, as they are after trim; the columns that are wanted of a feed. */
  readonly columns: readonly string[];
  /** The first is the header of a CSV or the bracket of an array. */
  readonly lines: readonly Line[];
  readonly recordLimitBytes: number;
  /** Bytes for a whole text, where it is not UTF-8. */
  readonly encode?: (text: string) => Uint8Array;
}

/** A record where it is to be found: its number in the file, malformed ones included, and the physical line it begins on. */
export interface Expected {
  readonly record: number;
  readonly line: number;
  /** Null: it is malformed. */
  readonly fields: Fields | null;
}

/** What is to happen to a file. */
export interface Outcome {
  readonly stop: { readonly why: Why; readonly line: number | null } | null;
  readonly records: readonly Expected[];
}

/** Stands for bytes that are no UTF-8. */
export const RAW = '\ue000';

/** The bytes of a file. */
export function bytesOf({ lines, encode }: Sheet): Uint8Array {
  if (encode) return encode(textOf(lines));
  return Buffer.concat(lines.flatMap(({ text, end, raw }) => (raw ? [...around(text, raw), Buffer.from(end)] : [Buffer.from(text + end)])));
}

const around = (text: string, raw: Uint8Array): Uint8Array[] =>
  text.split(RAW).flatMap((part, i) => (i === 0 ? [Buffer.from(part)] : [raw, Buffer.from(part)]));

const textOf = (lines: readonly Line[]): string => lines.map(({ text, end }) => text + end).join('');

/** What is to happen to a file, told from its lines alone. A line of a CSV ends in LF, CRLF or CR, one of JSON in LF. */
export function outcomeOf({ form, lines }: Sheet): Outcome {
  const text = textOf(lines);
  const lineEnd = form === 'csv' ? /\r\n|\r|\n/g : /\n/g;
  const lineAt = (place: number) => 1 + (text.slice(0, place).match(lineEnd)?.length ?? 0);
  const records: Expected[] = [];
  let stop: Outcome['stop'] = null;
  let from = 0;
  for (const line of lines) {
    if (line.stop) stop ??= { why: line.stop.why, line: line.stop.at === null ? null : lineAt(from + line.stop.at) };
    if (line.is !== 'nothing') {
      const begins = form === 'array' ? from + line.text.length - line.text.trimStart().length : from;
      records.push({ record: records.length + 1, line: lineAt(begins), fields: line.is === 'malformed' ? null : line.is });
    }
    from += line.text.length + line.end.length;
  }
  return { stop, records };
}

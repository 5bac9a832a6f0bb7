import { nameOfBytes, textOf } from './bytes.ts';
import { afterLineEnd, endOfLine, linesOf, type ReadRecord, readRecord } from './csv-record.ts';
import { ReferenceStop } from './stop.ts';
import type { ReferenceFile, SourceName } from './types.ts';

/** Where a record stands: its file, its number in the file from 1, the physical line it begins on. */
export interface Place {
  readonly file: string;
  readonly record: number;
  readonly line: number;
}

/** A data record by column name; `cells` is null for a malformed one. */
export interface CsvRecord extends Place {
  readonly cells: Readonly<Record<string, string>> | null;
}

/** How to read the CSV files of one source. The first column is the key. */
export interface CsvOptions {
  readonly source: SourceName;
  readonly columns: readonly string[];
  readonly readsAsKey: (cell: string) => boolean;
  readonly recordLimitBytes: number;
}

interface Header {
  readonly width: number;
  readonly indexes: ReadonlyMap<string, number>;
  readonly keyIndex: number;
  readonly next: number;
  readonly nextLine: number;
}

/**
 * Every data record of a CSV file, malformed ones included.
 *
 * @throws {ReferenceStop} for a file that is empty, lacks a column, is no text, or ends inside quotes.
 */
export function readCsv(file: ReferenceFile, options: CsvOptions): CsvRecord[] {
  const text = textOf(options.source, file);
  const header = readHeader(text, file, options);
  const records: CsvRecord[] = [];
  let at = header.next;
  let line = header.nextLine;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    if (lineEnd > at) {
      const read = readRecord(text, at);
      refuseOpenQuote(text, at, line, read, options.source, file.name);
      const place = { file: file.name, record: records.length + 1, line };
      const good = isGood(text, at, read, header, options);
      records.push({ ...place, cells: good ? cellsOf(read.fields, header) : null });
      if (good) line += linesOf(text.slice(lineEnd, read.end)).length - 1;
      at = good ? read.end : lineEnd;
    }
    at = afterLineEnd(text, at);
    line += 1;
  }
  return records;
}

/** Good: legal, of the header's width, without NUL, not too long, and no record of its own inside. */
function isGood(text: string, at: number, read: ReadRecord, header: Header, options: CsvOptions): boolean {
  if (read.fault || read.fields.length !== header.width) return false;
  const raw = text.slice(at, read.end);
  if (raw.includes('\0') || Buffer.byteLength(raw) > options.recordLimitBytes) return false;
  return !linesOf(raw)
    .slice(1)
    .some((line) => isWholeRecord(line, header, options));
}

function isWholeRecord(line: string, header: Header, options: CsvOptions): boolean {
  const read = readRecord(line, 0);
  if (read.fault || read.openAt !== null || read.fields.length !== header.width) return false;
  return options.readsAsKey(read.fields[header.keyIndex] ?? '');
}

function cellsOf(fields: readonly string[], header: Header): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [column, index] of header.indexes) cells[column] = fields[index] ?? '';
  return cells;
}

/** The header is the first line with a character. */
function readHeader(text: string, file: ReferenceFile, options: CsvOptions): Header {
  let at = 0;
  let line = 1;
  while (at < text.length && endOfLine(text, at) === at) {
    at = afterLineEnd(text, at);
    line += 1;
  }
  if (at === text.length) throw new ReferenceStop(options.source, file.name, null, 'empty');
  const read = readRecord(text, at);
  const raw = text.slice(at, read.end);
  if (raw.includes('\0')) throw new ReferenceStop(options.source, file.name, line, nameOfBytes(file.bytes));
  refuseOpenQuote(text, at, line, read, options.source, file.name);
  const names = read.fault ? [] : read.fields.map((name) => name.trim());
  const indexes = indexesOf(names, line, file.name, options);
  return {
    width: names.length,
    indexes,
    keyIndex: indexes.get(options.columns[0] ?? '') ?? 0,
    next: afterLineEnd(text, read.end),
    nextLine: line + linesOf(raw).length,
  };
}

function indexesOf(names: readonly string[], line: number, file: string, options: CsvOptions): Map<string, number> {
  const indexes = new Map<string, number>();
  for (const column of options.columns) {
    if (!names.includes(column)) throw new ReferenceStop(options.source, file, line, 'missing-column');
    indexes.set(column, names.indexOf(column));
  }
  for (const [column, index] of indexes) {
    if (names.lastIndexOf(column) !== index) throw new ReferenceStop(options.source, file, line, 'duplicate-column');
  }
  return indexes;
}

function refuseOpenQuote(text: string, at: number, line: number, read: ReadRecord, source: SourceName, file: string): void {
  if (read.openAt === null) return;
  const openLine = line + linesOf(text.slice(at, read.openAt)).length - 1;
  throw new ReferenceStop(source, file, openLine, 'open-quote');
}

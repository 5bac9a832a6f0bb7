import { DaybookError } from '../../errors/index.ts';
import type { ChunkedFile } from '../files/chunked-file.ts';
import type { Ledger } from '../ledger.ts';
import type { FileReplacements, Replacement } from '../replacements.ts';
import type { MalformedReason } from '../shape.ts';
import { RecordReader } from './record-reader.ts';
import type { RowWriter } from './row-writer.ts';
import { STOP } from './strict-reader.ts';

const LF = 10;
const CR = 13;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const BOM = [0xef, 0xbb, 0xbf] as const;
/** The most that is held of one record: beyond it the file is no feed of records. */
const MOST_HELD_BYTES = 1 << 30;

const isVisible = (byte: number): boolean => byte > 32 && byte < 127;

/**
 * One strict pass over an NDJSON file or a JSON array: every record is counted, and its wanted members are written as a line
 * for the engine. A line or an element that is no record is malformed; an array that does not parse stops the run.
 */
export class JsonScanner {
  readonly record: RecordReader;
  readonly #replacing: RecordReader;
  #line = 1;
  #objects = 0;
  /** Line of the first thing that is not white space. */
  #firstLine = 1;
  /** Line of the first white space that JSON does not allow, where there is any before the first record. */
  #oddSpaceLine: number | null = null;
  #state: 'first' | 'element' | 'separator' | 'after' = 'first';

  constructor(
    readonly file: ChunkedFile,
    columns: readonly string[],
    readonly ledger: Ledger,
    readonly rows: Pick<RowWriter, 'write'>,
    readonly recordLimitBytes: number,
    readonly replacements: FileReplacements | null = null,
    mostExtra?: number,
  ) {
    this.record = new RecordReader(columns, mostExtra);
    this.#replacing = new RecordReader(columns);
  }

  /** Reads to the end of the file or the ledger's limit. @throws DaybookError `source.bad-json`, `source.no-object` and others */
  async scan(): Promise<void> {
    const { file, ledger } = this;
    await this.#skipBlank();
    this.#firstLine = this.#line;
    if (file.at < file.end && file.bytes[this.#firstVisible()] === OPEN_LIST) await this.#scanArray();
    else while (!this.#takeLines()) await this.#readOn();
    if (this.#objects === 0 && ledger.fileRecords > 0 && !ledger.isFull) {
      throw file.wideText() ?? new DaybookError('source.no-object', { ...this.#place(), line: this.#firstLine });
    }
  }

  // Before the first record.

  /** A byte order mark, and lines of white space: then the first line that holds something begins at `at`, held to its first character. */
  async #skipBlank(): Promise<void> {
    const { file } = this;
    while (file.end - file.at < 4 && (await file.fill(1)));
    if (BOM.every((byte, i) => file.at + i < file.end && file.bytes[file.at + i] === byte)) file.at += 3;
    for (;;) {
      const first = this.#firstVisible();
      for (let lf = file.bytes.indexOf(LF, file.at); lf >= 0 && lf < first; lf = file.bytes.indexOf(LF, file.at)) {
        this.#noteSpace(file.at, lf);
        file.at = lf + 1;
        this.#line++;
      }
      if (first + 4 <= file.end || !(await file.fill(this.#line))) return;
    }
  }

  /** The place of the first character that `trim` would keep, or the end of the bytes held. */
  #firstVisible(): number {
    const { bytes, at, end } = this.file;
    let first = at;
    while (first < end && !isVisible(bytes[first] as number)) {
      const length = spaceLength(bytes, first, end);
      if (length === 0) break;
      first += length;
    }
    return first;
  }

  #noteSpace(from: number, to: number): void {
    if (this.record.strict.space(this.file.bytes, from, to) < to) this.#oddSpaceLine ??= this.#line;
  }

  // NDJSON.

  /** Takes whole lines from the bytes held; false where more must be read. */
  #takeLines(): boolean {
    const { file, ledger } = this;
    const { bytes, end, last } = file;
    while (!ledger.isFull) {
      const { at } = file;
      if (at >= end) return last;
      const lf = bytes.indexOf(LF, at);
      const isWhole = lf >= 0 && lf < end;
      if (!isWhole && !last) return false;
      const lineEnd = isWhole ? lf : end;
      if (isVisible(bytes[at] as number) || bytes.toString('utf8', at, lineEnd).trim() !== '') this.#takeLine(bytes, at, lineEnd);
      file.at = isWhole ? lf + 1 : end;
      this.#line++;
    }
    return true;
  }

  #takeLine(bytes: Buffer, at: number, lineEnd: number): void {
    const isJson = this.record.readWhole(bytes, at, lineEnd);
    const to = bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    this.#add(isJson ? this.#judge(lineEnd - at) : 'not-json', bytes, at, to);
  }

  // A JSON array.

  async #scanArray(): Promise<void> {
    const { file } = this;
    const { strict } = this.record;
    const open = this.#firstVisible();
    this.#noteSpace(file.at, open);
    if (this.#oddSpaceLine !== null) throw new DaybookError('source.bad-json', { ...this.#place(), line: this.#oddSpaceLine });
    file.at = open + 1;
    for (;;) {
      strict.isComplete = file.last;
      const isDone = this.#takeElements();
      if (isDone || this.ledger.isFull) return;
      if (!file.last) await this.#readOn();
    }
  }

  /** Takes whole elements from the bytes held; true at the end of the file. */
  #takeElements(): boolean {
    const { file, ledger } = this;
    const { strict } = this.record;
    const { bytes, end, last } = file;
    while (!ledger.isFull) {
      this.#moveTo(strict.space(bytes, file.at, end));
      const { at } = file;
      if (at >= end) {
        if (last && this.#state !== 'after') throw this.#badJson(at);
        return last;
      }
      const byte = bytes[at];
      if (this.#state === 'after') throw this.#badJson(at);
      if (byte === CLOSE_LIST && this.#state !== 'element') this.#state = 'after';
      else if (this.#state !== 'separator') {
        const after = this.record.read(bytes, at, end);
        if (after === STOP.more) return false;
        if (after < 0) throw this.#badJson(strict.faultAt);
        this.#add(this.#judge(after - at), bytes, at, after);
        this.#moveTo(after);
        this.#state = 'separator';
        continue;
      } else if (byte === COMMA) this.#state = 'element';
      else throw this.#badJson(at);
      file.at = at + 1;
    }
    return true;
  }

  /** Goes on at a place, counting the lines that are passed. */
  #moveTo(at: number): void {
    this.#line += this.#linesBefore(at);
    this.file.at = at;
  }

  #linesBefore(to: number): number {
    const { bytes, at } = this.file;
    let lines = 0;
    for (let i = at; i < to; i++) if (bytes[i] === LF) lines++;
    return lines;
  }

  #badJson(at: number): DaybookError {
    return this.file.wideText() ?? new DaybookError('source.bad-json', { ...this.#place(), line: this.#line + this.#linesBefore(at) });
  }

  // Both.

  /** Why a value that parsed is no record, or null. */
  #judge(length: number): MalformedReason | null {
    if (this.record.isObject) this.#objects++;
    return this.record.judge(length, this.recordLimitBytes);
  }

  #add(reason: MalformedReason | null, bytes: Buffer, from: number, to: number): void {
    const { base } = this.file;
    const replacement = this.replacements?.take(this.ledger.fileRecords + 1, base + from, base + to);
    if (replacement) return this.#replace(replacement);
    if (reason !== null) return this.ledger.bad(this.#line, { from: base + from, to: base + to, reason, fields: null, text: null });
    this.ledger.good(this.#line);
    this.rows.write(bytes, this.record);
  }

  /** Writes a replacement in the place of the record that was read, judged as a record of the feed is. */
  #replace({ after }: Replacement): void {
    if (after === null) return this.ledger.leaveOut();
    const record = this.#replacing;
    const bytes = Buffer.from(typeof after === 'string' ? after : JSON.stringify(after));
    const reason = record.readWhole(bytes, 0, bytes.length) ? record.judge(bytes.length, this.recordLimitBytes) : 'not-json';
    if (reason !== null) return this.ledger.bad(this.#line, { from: 0, to: 0, reason, fields: null, text: bytes.toString('utf8') });
    this.ledger.good(this.#line);
    this.rows.write(bytes, record);
  }

  async #readOn(): Promise<void> {
    const { file } = this;
    if (file.end - file.at > MOST_HELD_BYTES) throw new DaybookError('source.endless-record', { ...this.#place(), limit: '1 GB' });
    await file.fill(this.#line);
  }

  #place(): { source: string; path: string; line: number } {
    return { source: this.file.options.source, path: this.file.options.path, line: this.#line };
  }
}

/** Bytes of the white space character (as in trim) that begins at `at`, or 0. */
function spaceLength(bytes: Buffer, at: number, end: number): number {
  const byte = bytes[at] as number;
  const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  return bytes.toString('utf8', at, Math.min(at + length, end)).trim() === '' ? length : 0;
}

import { DaybookError } from '../../errors/index.ts';
import type { ChunkedFile } from '../files/chunked-file.ts';
import type { Ledger } from '../ledger.ts';
import type { FileReplacements, Replacement } from '../replacements.ts';
import type { MalformedReason, SourceShape } from '../shape.ts';
import { Edits } from './edits.ts';
import { acceptHeader, type Header } from './header.ts';
import { FAULTS, RecordJudge } from './judge.ts';
import { readsAsKey } from './key.ts';
import { LookAhead } from './look-ahead.ts';
import { afterLineEnd, contentEndOf, LINE_END, OUTCOME, type Outcome, RecordReader } from './record-reader.ts';
import { recordBytes } from './record-text.ts';

const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf] as const;

/** What a scan found. */
export interface Scanned {
  readonly header: Header;
  /** Well-formed records. */
  readonly good: number;
  /** Bytes of the longest of them, line end included. */
  readonly longestBytes: number;
  /** What a clean copy leaves out or puts in its place; offsets in the file, behind `dataFrom`. */
  readonly edits: Edits;
  readonly dataFrom: number;
  /** The line end of the clean copy, and of the file itself where it is plain. */
  readonly lineEnd: '\n' | '\r\n';
  /** Whether the engine reads the file itself as this scan did. */
  readonly isPlain: boolean;
}

/**
 * One strict pass over a CSV file: counts the records, knows the line of each, and isolates what is no record as byte ranges.
 * A malformed record is one physical line; reading goes on with the next.
 */
export class CsvScanner {
  readonly #reader = new RecordReader();
  readonly #edits = new Edits();
  #judge!: RecordJudge;
  #header!: Header;
  #line = 1;
  #isSimple = true;
  #headerEnd: number = LINE_END.none;
  #lineEnd: number = LINE_END.none;
  #good = 0;
  #longest = 0;

  constructor(
    readonly file: ChunkedFile,
    readonly shape: SourceShape,
    readonly ledger: Ledger,
    readonly recordLimitBytes: number,
    readonly replacements: FileReplacements | null = null,
  ) {}

  /** Scans header and records up to the end of the file or the ledger's limit. @throws DaybookError `source.…` */
  async scan(): Promise<Scanned> {
    const { file } = this;
    await this.#skipPreamble();
    await this.#readHeader();
    const dataFrom = file.offset;
    while (!this.#consume()) await this.#readOn();
    if (this.ledger.isFull && file.offset < file.size) this.#edits.drop(file.offset, Number.MAX_SAFE_INTEGER);
    const isLike = this.#lineEnd === LINE_END.none || this.#headerEnd === this.#lineEnd;
    return {
      header: this.#header,
      good: this.#good,
      longestBytes: this.#longest,
      edits: this.#edits,
      dataFrom,
      lineEnd: this.#lineEnd === LINE_END.crlf ? '\r\n' : '\n',
      isPlain: this.#isSimple && isLike && this.#edits.length === 0 && this.#header.width > 1,
    };
  }

  /** A byte order mark, and lines without a character. */
  async #skipPreamble(): Promise<void> {
    const { file } = this;
    while (file.end - file.at < 4 && (await file.fill(1)));
    if (BOM.every((byte, i) => file.at + i < file.end && file.bytes[file.at + i] === byte)) file.at += 3;
    for (;;) {
      if (file.at + 1 >= file.end && (await file.fill(this.#line))) continue;
      const byte = file.bytes[file.at];
      if (file.at >= file.end) throw new DaybookError('source.empty', this.#place());
      if (byte !== LF && byte !== CR) return;
      file.at = afterLineEnd(file.bytes, file.at, file.end);
      this.#line++;
      this.#isSimple = false;
    }
  }

  async #readHeader(): Promise<void> {
    const { file } = this;
    const reader = this.#reader;
    let outcome: Outcome;
    while ((outcome = reader.read(file.bytes, file.at, file.end, file.last)) === OUTCOME.more) {
      if (file.end - file.at > this.recordLimitBytes + 2) throw await this.#endlessHeader();
      await file.fill(this.#line);
    }
    const raw = file.bytes.subarray(file.at, outcome === OUTCOME.legal ? reader.contentEnd : contentEndOf(file.bytes, file.at, file.end));
    if (raw.includes(0)) throw file.notText();
    if (outcome === OUTCOME.open) throw this.#openQuote(reader.breaks);
    if (outcome !== OUTCOME.legal) throw new DaybookError('source.bad-header', { ...this.#place(), reason: FAULTS[outcome as keyof typeof FAULTS] });
    this.#header = acceptHeader(raw.toString('utf8'), this.shape, file.options.path, this.#line);
    this.#headerEnd = reader.lineEnd;
    if (reader.breaks > 0 || raw[0] === BOM[0]) this.#isSimple = false;
    this.#judge = new RecordJudge(this.#header, readsAsKey(this.shape.keyReadsAs), this.recordLimitBytes);
    this.#line += 1 + reader.breaks;
    file.at = reader.end;
  }

  async #endlessHeader(): Promise<DaybookError> {
    const ahead = await new LookAhead().run(this.file, this.file.offset, this.file.options.chunkBytes);
    if (ahead.outcome === OUTCOME.open) return this.#openQuote(ahead.breaksBefore);
    return new DaybookError('source.bad-header', { ...this.#place(), reason: 'too-long' });
  }

  /** Takes records from the bytes held; false where more must be read. */
  #consume(): boolean {
    const { file, ledger } = this;
    const reader = this.#reader;
    const { bytes, end, last } = file;
    while (!ledger.isFull) {
      const { at } = file;
      if (at >= end) return last;
      const byte = bytes[at];
      if (byte === LF || byte === CR) {
        if (byte === CR && at + 1 >= end && !last) return false;
        file.at = afterLineEnd(bytes, at, end);
        this.#edits.drop(file.base + at, file.offset);
        this.#line++;
        continue;
      }
      const outcome = reader.read(bytes, at, end, last);
      if (outcome === OUTCOME.more) return false;
      if (outcome === OUTCOME.open) throw this.#openQuote(reader.breaks);
      const reason = this.#judge.judge(reader, outcome, bytes, at);
      if (reason === null) this.#accept(at);
      else if (!this.#refuse(reason, bytes, at, end, last)) return false;
    }
    return true;
  }

  #accept(at: number): void {
    const { file } = this;
    const { end, contentEnd, breaks } = this.#reader;
    const replacement = this.#replacementOf(file.base + at, file.base + contentEnd);
    if (replacement) this.#replace(replacement, file.base + at, file.base + end);
    else this.#keep(at);
    this.#line += 1 + breaks;
    file.at = end;
  }

  #keep(at: number): void {
    const { file } = this;
    const { end, contentEnd, lineEnd } = this.#reader;
    this.#good++;
    if (end - at > this.#longest) this.#longest = end - at;
    if (lineEnd !== this.#lineEnd && lineEnd !== LINE_END.none) {
      if (this.#lineEnd === LINE_END.none) this.#lineEnd = lineEnd === LINE_END.crlf ? LINE_END.crlf : LINE_END.lf;
      if (lineEnd !== this.#lineEnd) this.#edits.lineEnd(file.base + contentEnd, file.base + end);
    }
    this.ledger.good(this.#line);
  }

  /** Makes the first physical line the malformed record; false where its end is not held yet. */
  #refuse(reason: MalformedReason, bytes: Buffer, at: number, end: number, last: boolean): boolean {
    const { file } = this;
    const fields = reason === 'width' ? this.#reader.fields : null;
    const contentEnd = contentEndOf(bytes, at, end);
    if (!last && (contentEnd >= end || (bytes[contentEnd] === CR && contentEnd + 1 >= end))) return false;
    file.at = afterLineEnd(bytes, contentEnd, end);
    this.#bad(reason, file.base + at, file.base + contentEnd, file.offset, fields);
    return true;
  }

  #bad(reason: MalformedReason, from: number, to: number, next: number, fields: number | null): void {
    const replacement = this.#replacementOf(from, to);
    if (replacement) this.#replace(replacement, from, next);
    else {
      this.ledger.bad(this.#line, { from, to, reason, fields, text: null });
      this.#edits.drop(from, next);
    }
    this.#line++;
  }

  /** What counts in the place of the record that comes now, where there is anything. */
  #replacementOf(from: number, to: number): Replacement | undefined {
    return this.replacements?.take(this.ledger.fileRecords + 1, from, to);
  }

  /** Puts a replacement in the place of the bytes `from` to `next`, judged as a record of the file is. */
  #replace({ after }: Replacement, from: number, next: number): void {
    const { ledger, shape } = this;
    const reader = this.#reader;
    const bytes = after === null ? null : recordBytes(after, shape.columns, this.#header);
    const reason = bytes && this.#judge.judgeAlone(reader, bytes);
    if (bytes === null) ledger.leaveOut();
    else if (reason === null) {
      this.#good++;
      this.#longest = Math.max(this.#longest, bytes.length + 2);
      ledger.good(this.#line);
    } else {
      const fields = reason === 'width' ? reader.fields : null;
      ledger.bad(this.#line, { from: 0, to: 0, reason, fields, text: bytes.toString('utf8') });
    }
    if (bytes !== null && reason === null) this.#edits.put(from, next, bytes.subarray(0, reader.contentEnd));
    else this.#edits.drop(from, next);
  }

  /** Reads on; where the record is too long to be one, only its first line counts and is not held. */
  async #readOn(): Promise<void> {
    const { file } = this;
    if (file.end - file.at <= this.recordLimitBytes + 2) return void (await file.fill(this.#line));
    const ahead = await new LookAhead().run(file, file.offset, file.options.chunkBytes);
    if (ahead.outcome === OUTCOME.open) throw this.#openQuote(ahead.breaksBefore);
    const reason = ahead.outcome === OUTCOME.legal ? 'too-long' : FAULTS[ahead.outcome as keyof typeof FAULTS];
    const from = file.offset;
    await file.skipTo(ahead.lineEnd, this.#line);
    this.#bad(reason, from, ahead.contentEnd, ahead.lineEnd, null);
  }

  #openQuote(breaks: number): DaybookError {
    return new DaybookError('source.open-quote', { ...this.#place(), line: this.#line + breaks });
  }

  #place(): { source: string; path: string; line: number } {
    return { source: this.shape.name, path: this.file.options.path, line: this.#line };
  }
}

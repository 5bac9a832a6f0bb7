import { isUtf8 } from 'node:buffer';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DaybookError } from '../../errors/index.ts';
import { encodingFault, looksUtf16 } from './encoding.ts';
import { readFault } from './fault.ts';

/** Read at a time unless said otherwise. */
export const CHUNK_BYTES = 8 << 20;

/** How a file is read, and who is told. */
export interface ChunkedOptions {
  readonly source: string;
  readonly path: string;
  readonly chunkBytes: number;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

const HEAD_BYTES = 1024;

/**
 * A file read a chunk at a time: `bytes[at]` to `bytes[end - 1]` are held, the rest of an unfinished record is read behind them.
 * Every byte that passes is checked to be UTF-8.
 */
export class ChunkedFile {
  bytes: Buffer;
  at = 0;
  end = 0;
  /** Offset in the file of `bytes[0]`. */
  base = 0;
  /** Whether `end` is the end of the file. */
  last = false;
  #checked = 0;
  #crc = 0;
  #head: Uint8Array = new Uint8Array(0);

  private constructor(
    readonly handle: FileHandle,
    readonly size: number,
    readonly options: ChunkedOptions,
  ) {
    this.bytes = Buffer.allocUnsafe(options.chunkBytes + 65_536);
  }

  /** Opens an ordinary file. @throws DaybookError `source.not-found` and its neighbours */
  static async open(options: ChunkedOptions): Promise<ChunkedFile> {
    const { source, path } = options;
    try {
      const info = await stat(path);
      if (info.isDirectory()) throw new DaybookError('source.folder', { source, path });
      if (!info.isFile()) throw new DaybookError('source.not-a-file', { source, path });
      return new ChunkedFile(await open(path, 'r'), info.size, options);
    } catch (fault) {
      throw readFault(fault, source, path);
    }
  }

  /** Offset in the file of the next byte that is not done with. */
  get offset(): number {
    return this.base + this.at;
  }

  /**
   * Reads one chunk more behind what is held; false at the end of the file.
   * `line` is the line of `bytes[at]`, for an error. @throws DaybookError `source.not-utf8`, `source.binary`, `run.cancelled`
   */
  async fill(line: number | null): Promise<boolean> {
    if (this.last) return false;
    if (this.options.signal.aborted) throw new DaybookError('run.cancelled', {});
    this.#makeRoom();
    const got = await this.#read(this.bytes, this.end, this.options.chunkBytes, this.base + this.end);
    this.end += got;
    if (got === 0) this.last = true;
    if (this.#head.length < HEAD_BYTES && this.base === 0) this.#head = Uint8Array.from(this.bytes.subarray(0, Math.min(this.end, HEAD_BYTES)));
    this.#checkUtf8(line);
    this.#crc = crc32(this.bytes.subarray(this.end - got, this.end), this.#crc);
    this.options.onBytes(got);
    return true;
  }

  /** Goes on at an offset further on, checking what it passes. */
  async skipTo(offset: number, line: number | null): Promise<void> {
    while (this.base + this.end < offset) {
      this.at = Math.max(this.at, this.#checked);
      if (!(await this.fill(line))) break;
    }
    this.at = Math.min(offset - this.base, this.end);
  }

  /** CRC-32 of the whole file as eight hexadecimal digits; null where it was not read to its end. */
  get crc32(): string | null {
    return this.last ? this.#crc.toString(16).padStart(8, '0') : null;
  }

  /** Bytes from anywhere in the file, for a look ahead; how many there were. */
  peek(into: Buffer, offset: number): Promise<number> {
    return this.#read(into, 0, into.length, offset);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The error for text that is no text though it is UTF-8: NULs where names should be. */
  notText(): DaybookError {
    return encodingFault(this.#head, this.bytes.subarray(this.at, this.end), this.options.source, this.options.path, null);
  }

  /** The error for UTF-16 without a mark, which is UTF-8 where all its letters are ASCII; null where the file does not look like it. */
  wideText(): DaybookError | null {
    const { source, path } = this.options;
    return looksUtf16(this.#head) ? encodingFault(this.#head, this.#head, source, path, null) : null;
  }

  async #read(into: Buffer, at: number, length: number, position: number): Promise<number> {
    try {
      return (await this.handle.read(into, at, length, position)).bytesRead;
    } catch (fault) {
      throw readFault(fault, this.options.source, this.options.path);
    }
  }

  /** Moves what is not done with to the front, into a larger buffer where a record does not fit. */
  #makeRoom(): void {
    const { chunkBytes } = this.options;
    const held = this.end - this.at;
    if (this.bytes.length - held >= chunkBytes) this.bytes.copyWithin(0, this.at, this.end);
    else {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, held + chunkBytes));
      this.bytes.copy(larger, 0, this.at, this.end);
      this.bytes = larger;
    }
    this.base += this.at;
    this.#checked -= this.at;
    this.end = held;
    this.at = 0;
  }

  /** Checks what was read, up to the last byte that begins a character. */
  #checkUtf8(line: number | null): void {
    let to = this.end;
    if (!this.last) {
      let back = 1;
      while (back < 4 && to - back > this.#checked && ((this.bytes[to - back] ?? 0) & 0xc0) === 0x80) back++;
      if (to - back >= this.#checked && (this.bytes[to - back] ?? 0) >= 0xc0) to -= back;
    }
    if (to <= this.#checked) return;
    if (!isUtf8(this.bytes.subarray(this.#checked, to))) {
      const at = line === null ? null : line + this.#linesBeforeFault(to);
      throw encodingFault(this.#head, this.bytes.subarray(this.#checked, to), this.options.source, this.options.path, at);
    }
    this.#checked = to;
  }

  /** Line ends (LF, CRLF or CR) between `at` and the first byte that is no UTF-8, which lies before `to`. */
  #linesBeforeFault(to: number): number {
    let low = this.#checked;
    let high = to;
    while (high - low > 64) {
      const middle = this.#characterStart((low + high) >> 1);
      if (isUtf8(this.bytes.subarray(low, middle))) low = middle;
      else high = middle;
    }
    const start = low;
    for (let cut = start + 1; cut <= high; cut++) if (isUtf8(this.bytes.subarray(start, cut))) low = cut;
    let lines = 0;
    for (let i = this.at; i < low; i++) {
      if (this.bytes[i] === 10 || (this.bytes[i] === 13 && this.bytes[i + 1] !== 10)) lines++;
    }
    return lines;
  }

  #characterStart(at: number): number {
    let start = at;
    while (start > 0 && ((this.bytes[start] ?? 0) & 0xc0) === 0x80 && at - start < 4) start--;
    return start;
  }
}

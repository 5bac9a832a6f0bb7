import { closeSync, openSync, writeSync } from 'node:fs';
import { scratchFault } from './fault.ts';

const BLOCK_BYTES = 1 << 20;
/** Pieces up to this long are faster copied byte by byte. */
const SHORT_BYTES = 48;

/** Writes a working copy in blocks of a megabyte. */
export class BlockWriter {
  readonly #block = Buffer.allocUnsafe(BLOCK_BYTES);
  #used = 0;
  #flushed = 0;
  readonly #descriptor: number;

  /** Makes the file anew. @throws DaybookError `source.scratch-failed` */
  constructor(readonly path: string) {
    this.#descriptor = this.#guard(() => openSync(path, 'w', 0o600));
  }

  /** Bytes written so far. */
  get written(): number {
    return this.#flushed + this.#used;
  }

  /** Adds one byte. */
  byte(byte: number): void {
    if (this.#used === BLOCK_BYTES) this.flush();
    this.#block[this.#used++] = byte;
  }

  /** Adds the bytes `from` to `to` of a buffer. */
  write(bytes: Buffer, from = 0, to = bytes.length): void {
    const length = to - from;
    if (BLOCK_BYTES - this.#used < length) this.flush();
    if (length > SHORT_BYTES) {
      if (length > BLOCK_BYTES) this.#writeAll(bytes, from, to);
      else this.#used += bytes.copy(this.#block, this.#used, from, to);
      return;
    }
    const block = this.#block;
    let used = this.#used;
    for (let at = from; at < to; at++) block[used++] = bytes[at] as number;
    this.#used = used;
  }

  flush(): void {
    if (this.#used > 0) this.#writeAll(this.#block, 0, this.#used);
    this.#used = 0;
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.flush();
    this.#guard(() => closeSync(this.#descriptor));
  }

  /** Closes the file after a failure; what is left is of no use. */
  abandon(): void {
    try {
      closeSync(this.#descriptor);
    } catch {
      // It was closed, or cannot be: the failure that led here is the one to tell.
    }
  }

  #writeAll(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; ) at += this.#guard(() => writeSync(this.#descriptor, bytes, at, to - at));
    this.#flushed += to - from;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (fault) {
      throw scratchFault(fault, this.path);
    }
  }
}

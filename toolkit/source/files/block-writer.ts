import { closeSync, openSync, writeSync } from 'node:fs';
import { scratchFault } from './fault.ts';

const BLOCK_BYTES = 1 << 20;

/** Writes a working copy in blocks of a megabyte. `block` and `used` are open so that a hot loop may put small pieces in itself. */
export class BlockWriter {
  readonly block = Buffer.allocUnsafe(BLOCK_BYTES);
  used = 0;
  readonly #descriptor: number;

  /** Makes the file anew. @throws DaybookError `source.scratch-failed` */
  constructor(readonly path: string) {
    this.#descriptor = this.#guard(() => openSync(path, 'w', 0o600));
  }

  /** Makes sure that so many bytes fit into the block; more than a block never do. */
  reserve(bytes: number): void {
    if (this.block.length - this.used < bytes) this.flush();
  }

  /** Adds the bytes `from` to `to` of a buffer. */
  write(bytes: Buffer, from = 0, to = bytes.length): void {
    const length = to - from;
    this.reserve(length);
    if (length > this.block.length) this.#writeAll(bytes, from, to);
    else this.used += bytes.copy(this.block, this.used, from, to);
  }

  flush(): void {
    if (this.used > 0) this.#writeAll(this.block, 0, this.used);
    this.used = 0;
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.flush();
    this.#guard(() => closeSync(this.#descriptor));
  }

  /** Closes the file after a failure; what is left is of no use. */
  abandon(): void {
    closeSync(this.#descriptor);
  }

  #writeAll(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; ) at += this.#guard(() => writeSync(this.#descriptor, bytes, at, to - at));
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (fault) {
      throw scratchFault(fault, this.path);
    }
  }
}

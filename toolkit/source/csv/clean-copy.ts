import { DaybookError } from '../../errors/index.ts';
import { BlockWriter } from '../files/block-writer.ts';
import type { ChunkedFile } from '../files/chunked-file.ts';
import type { Scanned } from './scanner.ts';

const BLOCK_BYTES = 4 << 20;

/** Bytes of a file by offset, a block at a time. */
class Window {
  readonly block = Buffer.allocUnsafe(BLOCK_BYTES);
  from = 0;
  to = 0;

  constructor(readonly file: ChunkedFile) {}

  /** Makes the block hold the byte at an offset; false where the file ends before it. */
  async show(offset: number): Promise<boolean> {
    if (this.file.options.signal.aborted) throw new DaybookError('run.cancelled', {});
    this.from = offset;
    this.to = offset + (await this.file.peek(this.block, offset));
    return this.to > offset;
  }
}

/**
 * Writes the well-formed records of a scanned file under a header of its own (c0, c1, …), one kind of line end, no blank lines.
 * Gives the path. @throws DaybookError `source.scratch-failed`, `run.cancelled`
 */
export async function writeCleanCopy(file: ChunkedFile, scanned: Scanned, path: string): Promise<string> {
  const { edits, header } = scanned;
  const writer = new BlockWriter(path);
  const lineEnd = Buffer.from(scanned.lineEnd);
  const window = new Window(file);
  try {
    writer.write(Buffer.from(Array.from({ length: header.width }, (_, i) => `c${i}`).join(',') + scanned.lineEnd));
    let at = scanned.dataFrom;
    for (let i = 0; i <= edits.length; i++) {
      const until = i < edits.length ? edits.from(i) : file.size;
      while (at < until) {
        if ((at < window.from || at >= window.to) && !(await window.show(at))) break;
        const to = Math.min(until, window.to);
        writer.write(window.block, at - window.from, to - window.from);
        at = to;
      }
      if (i === edits.length) break;
      const record = edits.record(i);
      if (record) writer.write(record);
      if (edits.hasLineEnd(i)) writer.write(lineEnd);
      at = edits.to(i);
    }
    writer.close();
    return path;
  } catch (fault) {
    writer.abandon();
    throw fault;
  }
}

import { writeSync } from 'node:fs';
import { FRAME, FRAME_HEAD_BYTES, OUT_FD, type WorkerMessage } from '../session/messages.ts';

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 2;

/**
 * Writes one frame and returns when it is on its way: a loop that prints without end is slowed by its reader instead of
 * filling the memory, and nothing that was printed can be lost or come in another order.
 */
function send(type: number, body: Buffer): void {
  const frame = Buffer.allocUnsafe(FRAME_HEAD_BYTES + body.length);
  frame.writeUInt8(type, 0);
  frame.writeUInt32LE(body.length, 1);
  body.copy(frame, FRAME_HEAD_BYTES);
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(OUT_FD, frame, at);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(PAUSE, 0, 0, PAUSE_MS);
    }
  }
}

/** Tells the process above. */
export const tell = (message: WorkerMessage): void => send(FRAME.message, Buffer.from(JSON.stringify(message)));

/** Leads what this process prints into the frames. What its own children print goes through the pipes as it is. */
export function captureStreams(): void {
  for (const [stream, type] of [
    [process.stdout, FRAME.stdout],
    [process.stderr, FRAME.stderr],
  ] as const) {
    const own = stream as unknown as { _write: (chunk: Buffer | string, encoding: BufferEncoding, done: () => void) => void; _writev: unknown };
    own._write = (chunk, encoding, done) => {
      send(type, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
      done();
    };
    own._writev = null;
  }
}

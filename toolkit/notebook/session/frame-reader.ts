import { StringDecoder } from 'node:string_decoder';
import { FRAME, FRAME_HEAD_BYTES, type WorkerMessage } from './messages.ts';

/** Who is told what a worker printed and said. */
export interface FrameSink {
  text(stream: 'stdout' | 'stderr', text: string): void;
  message(message: WorkerMessage): void;
}

/** Takes a worker's frames apart again, however the bytes come in. A character that was split over two writes is put together. */
export class FrameReader {
  readonly #sink: FrameSink;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  #rest: Buffer = Buffer.alloc(0);
  #held: { stream: 'stdout' | 'stderr'; parts: string[] } | null = null;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  read(bytes: Buffer): void {
    let rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (rest.length >= FRAME_HEAD_BYTES) {
      const end = FRAME_HEAD_BYTES + rest.readUInt32LE(1);
      if (rest.length < end) break;
      this.#frame(rest.readUInt8(0), rest.subarray(FRAME_HEAD_BYTES, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    this.#flush();
  }

  #frame(type: number, body: Buffer): void {
    if (type === FRAME.message) {
      this.#flush();
      this.#sink.message(JSON.parse(body.toString('utf8')) as WorkerMessage);
      return;
    }
    const stream = type === FRAME.stdout ? 'stdout' : 'stderr';
    if (this.#held?.stream !== stream) {
      this.#flush();
      this.#held = { stream, parts: [] };
    }
    this.#held.parts.push(this.#decoders[stream].write(body));
  }

  /** Many short lines leave as one text. */
  #flush(): void {
    const text = this.#held?.parts.join('') ?? '';
    if (this.#held && text !== '') this.#sink.text(this.#held.stream, text);
    this.#held = null;
  }
}

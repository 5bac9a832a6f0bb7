import { DaybookError } from '../../errors/index.ts';
import type { ChunkedFile } from '../files/chunked-file.ts';
import { OUTCOME, type Outcome } from './record-reader.ts';

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;
const STATE = { fieldStart: 0, plain: 1, quoted: 2, afterQuote: 3, done: 4 } as const;

/** What became of a record too long to be held. */
export interface Ahead {
  readonly outcome: Outcome;
  /** End of its first physical line, before and after the line end: offsets in the file. */
  readonly contentEnd: number;
  readonly lineEnd: number;
  /** Line ends before the quote that opened last. */
  readonly breaksBefore: number;
}

/**
 * Reads on from a record's start without holding it: whether the file ends inside its quotes, and where its first line ends.
 * The same grammar as RecordReader, a byte at a time.
 */
export class LookAhead {
  #state: number = STATE.fieldStart;
  #outcome: Outcome = OUTCOME.legal;
  #contentEnd = -1;
  #lineEnd = -1;
  #breaks = 0;
  #breaksBefore = 0;
  #afterCR = false;

  /** Looks ahead from an offset in the file, `blockBytes` at a time. */
  async run(file: ChunkedFile, from: number, blockBytes: number): Promise<Ahead> {
    const block = Buffer.allocUnsafe(blockBytes);
    let offset = from;
    for (;;) {
      const got = await file.peek(block, offset);
      for (let i = 0; i < got; i++) if (this.#take(block[i] as number, offset + i)) return this.#result(offset + i);
      offset += got;
      if (got === 0) break;
      if (file.options.signal.aborted) throw new DaybookError('run.cancelled', {});
    }
    if (this.#state === STATE.quoted) this.#outcome = OUTCOME.open;
    return this.#result(offset);
  }

  #result(end: number): Ahead {
    const contentEnd = this.#contentEnd < 0 ? end : this.#contentEnd;
    const lineEnd = this.#lineEnd < 0 ? end : this.#lineEnd;
    return { outcome: this.#outcome, contentEnd, lineEnd, breaksBefore: this.#breaksBefore };
  }

  /** Takes one byte; true where nothing more needs to be known. */
  #take(byte: number, offset: number): boolean {
    this.#line(byte, offset);
    if (this.#state !== STATE.done) this.#step(byte);
    return this.#state === STATE.done && this.#lineEnd >= 0;
  }

  #line(byte: number, offset: number): void {
    if (this.#contentEnd >= 0 && this.#lineEnd < 0) this.#lineEnd = byte === LF && this.#afterCR ? offset + 1 : offset;
    if (byte === LF || byte === CR) {
      if (this.#contentEnd < 0) {
        this.#contentEnd = offset;
        if (byte === LF) this.#lineEnd = offset + 1;
      }
      if (byte === CR || !this.#afterCR) this.#breaks++;
    }
    this.#afterCR = byte === CR;
  }

  #step(byte: number): void {
    if (this.#state === STATE.quoted) {
      if (byte === QUOTE) this.#state = STATE.afterQuote;
    } else if (byte === COMMA) this.#state = STATE.fieldStart;
    else if (byte === LF || byte === CR) this.#state = STATE.done;
    else if (byte === QUOTE) this.#quote();
    else if (this.#state === STATE.afterQuote) this.#fault(OUTCOME.textAfterQuote);
    else this.#state = STATE.plain;
  }

  #quote(): void {
    if (this.#state === STATE.plain) this.#fault(OUTCOME.quoteInField);
    else {
      if (this.#state === STATE.fieldStart) this.#breaksBefore = this.#breaks;
      this.#state = STATE.quoted;
    }
  }

  #fault(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#state = STATE.done;
  }
}

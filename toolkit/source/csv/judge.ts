import type { MalformedReason } from '../shape.ts';
import type { Header } from './header.ts';
import type { ReadsAsKey } from './key.ts';
import { afterLineEnd, contentEndOf, OUTCOME, type Outcome, RecordReader } from './record-reader.ts';

/** The reason of each outcome that is a fault by itself. */
export const FAULTS = { [OUTCOME.textAfterQuote]: 'text-after-quote', [OUTCOME.quoteInField]: 'quote-in-field' } as const;

/** Says whether what was read is a record of the file. */
export class RecordJudge {
  /** For lines inside a record: what the other reader found must stand. */
  readonly #lineReader = new RecordReader();
  readonly #width: number;

  constructor(
    { width, keyIndex }: Header,
    readonly isKey: ReadsAsKey,
    readonly recordLimitBytes: number,
  ) {
    this.#width = width;
    this.#lineReader.keyIndex = keyIndex;
  }

  /** Why what a reader has just read at a place is malformed, or null. */
  judge(reader: RecordReader, outcome: Outcome, bytes: Buffer, at: number): MalformedReason | null {
    if (outcome !== OUTCOME.legal) return FAULTS[outcome as keyof typeof FAULTS];
    if (reader.fields !== this.#width) return 'width';
    if (reader.hasNul) return 'nul';
    if (reader.contentEnd - at > this.recordLimitBytes) return 'too-long';
    return reader.breaks > 0 && this.#swallows(bytes, at, reader.contentEnd) ? 'swallows-record' : null;
  }

  /** The same of bytes that are to be one record and nothing else. */
  judgeAlone(reader: RecordReader, bytes: Buffer): MalformedReason | null {
    const outcome = reader.read(bytes, 0, bytes.length, true);
    if (outcome === OUTCOME.open) return 'open-quote';
    if (outcome === OUTCOME.legal && reader.end < bytes.length) return 'several-records';
    return this.judge(reader, outcome, bytes, 0);
  }

  /** Whether one of the lines inside a record of several is a whole record by itself: then quotes were lost and re-balance. */
  #swallows(bytes: Buffer, at: number, contentEnd: number): boolean {
    const reader = this.#lineReader;
    let found = false;
    for (let lineEnd = contentEndOf(bytes, at, contentEnd); lineEnd < contentEnd && !found; ) {
      const start = afterLineEnd(bytes, lineEnd, contentEnd);
      lineEnd = contentEndOf(bytes, start, contentEnd);
      const outcome = reader.read(bytes, start, lineEnd, true);
      found = outcome === OUTCOME.legal && reader.fields === this.#width && this.isKey(bytes, reader.keyFrom, reader.keyTo);
    }
    return found;
  }
}

import type { BlockWriter } from '../files/block-writer.ts';
import type { RecordReader } from './record-reader.ts';
import { KIND } from './strict-reader.ts';
import { textOf } from './texts.ts';

const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const LF = 10;

/** A text as a quoted field. */
const quotedField = (text: string): Buffer => Buffer.from(`"${text.replaceAll('"', '""')}"`);

/** Whether a JSON number is written as canonicalNumber would write it: no exponent, and no zero at the end behind a point. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  let point = false;
  for (let at = bytes[from] === MINUS ? from + 1 : from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === POINT) point = true;
    else if (byte > NINE) return false;
  }
  return !point || bytes[to - 1] !== ZERO;
}

/**
 * Writes the wanted members of a record as one line of CSV: a text quoted, a number as its exact value, true, false, objects and
 * lists as their JSON text, null and what is absent as nothing between the separators.
 */
export class RowWriter {
  /** Bytes of the longest line. */
  longestBytes = 0;
  /** Fields of a line; never one alone, so that no line is empty. */
  readonly width: number;

  constructor(
    readonly writer: BlockWriter,
    readonly columns: number,
  ) {
    this.width = Math.max(2, columns);
    writer.write(Buffer.from(`${Array.from({ length: this.width }, (_, i) => `c${i}`).join(',')}\n`));
  }

  /** Writes one record, whose places are in `bytes`. */
  write(bytes: Buffer, record: RecordReader): void {
    const { columns, writer } = this;
    const { kinds, froms, tos } = record;
    const before = writer.written;
    for (let i = 0; i < columns; i++) {
      const kind = kinds[i] as number;
      if (kind !== KIND.nothing) this.#value(bytes, kind, froms[i] as number, tos[i] as number);
      writer.byte(i < columns - 1 || columns < this.width ? COMMA : LF);
    }
    if (columns < this.width) writer.byte(LF);
    const length = writer.written - before;
    if (length > this.longestBytes) this.longestBytes = length;
  }

  #value(bytes: Buffer, kind: number, from: number, to: number): void {
    const { writer } = this;
    if (kind === KIND.text || kind === KIND.word || (kind === KIND.number && isPlain(bytes, from, to))) writer.write(bytes, from, to);
    else {
      const text = textOf(bytes, kind, from, to) ?? '';
      writer.write(kind === KIND.number ? Buffer.from(text) : quotedField(text));
    }
  }
}

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** How reading one record ended. */
export const OUTCOME = {
  legal: 0,
  textAfterQuote: 1,
  quoteInField: 2,
  /** The file ends inside quotes. */
  open: 3,
  /** The bytes held end before the record does. */
  more: 4,
} as const;
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

/** How a record ends. */
export const LINE_END = { none: 0, lf: 1, crlf: 2, cr: 3 } as const;

/**
 * Reads one record at a time by RFC 4180 from bytes. What was found stands in the fields until the next call: no object a record.
 * A quoted field closes at the next quote that is not doubled, and a separator, a line end or the end of the file must follow;
 * a quote inside an unquoted field is a fault.
 */
export class RecordReader {
  /** After the record and its line end. */
  end = 0;
  /** After the record, before its line end. */
  contentEnd = 0;
  lineEnd: number = LINE_END.none;
  fields = 0;
  /** Line ends inside quotes: LF, CRLF and CR count one each. */
  breaks = 0;
  hasNul = false;
  /** Where the quote opened that did not close. */
  openAt = 0;
  /** The text of the key field, without its quotes. */
  keyFrom = 0;
  keyTo = 0;

  /** Index of the field whose place is kept. */
  keyIndex = -1;

  #quoteClosed: Outcome = OUTCOME.legal;

  /** Reads the record at `from`. The bytes end at `end`, and the file too where `last`. */
  read(bytes: Uint8Array, from: number, end: number, last: boolean): Outcome {
    this.fields = 0;
    this.breaks = 0;
    this.hasNul = false;
    this.keyFrom = this.keyTo = from;
    for (let at = from; ; at++) {
      const start = at;
      const isQuoted = at < end && bytes[at] === QUOTE;
      if (isQuoted) {
        at = this.#quoted(bytes, at, end, last);
        if (this.#quoteClosed !== OUTCOME.legal) return this.#quoteClosed;
      } else {
        at = this.#plain(bytes, at, end);
        if (at < end && bytes[at] === QUOTE) return OUTCOME.quoteInField;
      }
      if (at >= end && !last) return OUTCOME.more;
      if (this.fields === this.keyIndex) {
        this.keyFrom = isQuoted ? start + 1 : start;
        this.keyTo = isQuoted ? at - 1 : at;
      }
      this.fields++;
      if (at < end && bytes[at] === COMMA) continue;
      return this.#finish(bytes, at, end, last);
    }
  }

  /** The place after the closing quote of the field that opens at `open`. */
  #quoted(bytes: Uint8Array, open: number, end: number, last: boolean): number {
    let at = open + 1;
    let breaks = 0;
    for (;;) {
      let byte = 0;
      while (at < end && (byte = bytes[at] as number) !== QUOTE) {
        if (byte < 14) {
          if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) breaks++;
          else if (byte === 0) this.hasNul = true;
        }
        at++;
      }
      if (at + 1 >= end && !last) return this.#closed(OUTCOME.more, at);
      if (at >= end) {
        this.openAt = open;
        return this.#closed(OUTCOME.open, at);
      }
      if (at + 1 < end && bytes[at + 1] === QUOTE) at += 2;
      else break;
    }
    this.breaks += breaks;
    at++;
    const next = bytes[at];
    const isEnd = at >= end || next === COMMA || next === LF || next === CR;
    return this.#closed(isEnd ? OUTCOME.legal : OUTCOME.textAfterQuote, at);
  }

  #closed(outcome: Outcome, at: number): number {
    this.#quoteClosed = outcome;
    return at;
  }

  /** The place of the separator, the line end, the quote or the end of the bytes that ends an unquoted field. */
  #plain(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte > COMMA) continue;
      if (byte === COMMA || byte === LF || byte === CR || byte === QUOTE) break;
      if (byte === 0) this.hasNul = true;
    }
    return at;
  }

  #finish(bytes: Uint8Array, at: number, end: number, last: boolean): Outcome {
    this.contentEnd = at;
    if (at >= end) return this.#ended(at, LINE_END.none);
    if (bytes[at] === LF) return this.#ended(at + 1, LINE_END.lf);
    if (at + 1 >= end && !last) return OUTCOME.more;
    return at + 1 < end && bytes[at + 1] === LF ? this.#ended(at + 2, LINE_END.crlf) : this.#ended(at + 1, LINE_END.cr);
  }

  #ended(end: number, lineEnd: number): Outcome {
    this.end = end;
    this.lineEnd = lineEnd;
    return OUTCOME.legal;
  }
}

/** The place of the first LF or CR at or after `from`, or `end`. */
export function contentEndOf(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at;
}

/** The place after the line end that begins at `at`. */
export function afterLineEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end;
  return bytes[at] === CR && at + 1 < end && bytes[at + 1] === LF ? at + 2 : at + 1;
}

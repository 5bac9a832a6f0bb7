/** Where reading a value ended when it did not end well; anything from 0 up is the place after it. */
export const STOP = {
  /** This is no JSON; `faultAt` tells where. */
  fault: -1,
  /** The bytes end before the value does. */
  more: -2,
} as const;

/** What kind of value was read. */
export const KIND = { nothing: 0, text: 1, escapedText: 2, number: 3, word: 4, nested: 5 } as const;

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const LETTER_U = 117;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));
const WORDS = { 116: Buffer.from('true'), 102: Buffer.from('false'), 110: Buffer.from('null') } as Readonly<Record<number, Buffer>>;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** The value of a hexadecimal digit, or -1. */
function hexOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/**
 * A strict JSON reader (RFC 8259) over bytes that are UTF-8. It makes no values: it finds where they begin and end.
 * It does not recurse, so that no depth is too deep.
 */
export class StrictReader {
  /** Whether the bytes hold all there is: then a value that does not end is a fault. */
  isComplete = false;
  kind: number = KIND.nothing;
  hasEscape = false;
  /** Whether a text held the escape of a surrogate without its other half. Reset by the caller. */
  hasLoneSurrogate = false;
  faultAt = 0;
  /** The place after the quote that ends the last name. */
  nameEnd = 0;
  #stack = new Uint8Array(256);

  /** The next place that is not JSON's white space. */
  space(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) break;
    }
    return at;
  }

  /** Any value that begins at `at`: the place after it; `kind` tells what it is. */
  value(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at];
    if (at < end && (byte === OPEN_OBJECT || byte === OPEN_LIST)) {
      const after = this.#nested(bytes, at, end);
      this.kind = KIND.nested;
      return after;
    }
    return this.#scalar(bytes, at, end);
  }

  /** A text that begins at `at`, quotes included. */
  text(bytes: Uint8Array, at: number, end: number): number {
    if (at >= end) return this.short(at);
    if (bytes[at] !== QUOTE) return this.fault(at);
    this.hasEscape = false;
    for (let i = at + 1; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === QUOTE) return i + 1;
      if (byte < 32) return this.fault(i);
      if (byte !== BACKSLASH) continue;
      this.hasEscape = true;
      i = this.#escape(bytes, i, end);
      if (i < 0) return i;
    }
    return this.short(end);
  }

  /** A name with its colon: the place of the value. */
  name(bytes: Uint8Array, at: number, end: number): number {
    const after = this.text(bytes, at, end);
    if (after < 0) return after;
    this.nameEnd = after;
    const colon = this.space(bytes, after, end);
    if (colon >= end) return this.short(colon);
    return bytes[colon] === COLON ? this.space(bytes, colon + 1, end) : this.fault(colon);
  }

  fault(at: number): number {
    this.faultAt = at;
    return STOP.fault;
  }

  /** The bytes end here. */
  short(at: number): number {
    return this.isComplete ? this.fault(at) : STOP.more;
  }

  #scalar(bytes: Uint8Array, at: number, end: number): number {
    if (at >= end) return this.short(at);
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const after = this.text(bytes, at, end);
      this.kind = this.hasEscape ? KIND.escapedText : KIND.text;
      return after;
    }
    const word = WORDS[byte];
    if (word === undefined) return this.#number(bytes, at, end);
    this.kind = byte === 110 ? KIND.nothing : KIND.word;
    for (let i = 1; i < word.length; i++) {
      if (at + i >= end) return this.short(end);
      if (bytes[at + i] !== word[i]) return this.fault(at + i);
    }
    return at + word.length;
  }

  #number(bytes: Uint8Array, from: number, end: number): number {
    this.kind = KIND.number;
    let at = bytes[from] === MINUS ? from + 1 : from;
    at = at < end && bytes[at] === ZERO ? at + 1 : this.#digits(bytes, at, end);
    if (at >= 0 && at < end && bytes[at] === POINT) at = this.#digits(bytes, at + 1, end);
    if (at >= 0 && at < end && ((bytes[at] as number) | 32) === 101) {
      at++;
      if (at < end && (bytes[at] === MINUS || bytes[at] === 43)) at++;
      at = this.#digits(bytes, at, end);
    }
    return at >= end && !this.isComplete ? STOP.more : at;
  }

  /** One digit or more. */
  #digits(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    while (at < end && isDigit(bytes[at])) at++;
    if (at > from) return at;
    return at >= end ? this.short(at) : this.fault(at);
  }

  /** The last byte of the escape whose backslash stands at `at`; of a pair of surrogates, of both. */
  #escape(bytes: Uint8Array, at: number, end: number): number {
    if (at + 1 >= end) return this.short(at);
    if (ESCAPES.has(bytes[at + 1] as number)) return at + 1;
    const unit = this.#unit(bytes, at, end);
    if (unit < 0) return unit;
    const isHigh = unit >= 0xd800 && unit <= 0xdbff;
    if (isHigh && at + 7 >= end && !this.isComplete) return STOP.more;
    if (isHigh && at + 7 < end && bytes[at + 6] === BACKSLASH && bytes[at + 7] === LETTER_U) {
      const low = this.#unit(bytes, at + 6, end);
      if (low < 0) return low;
      if (low >= 0xdc00 && low <= 0xdfff) return at + 11;
    }
    if (unit >= 0xd800 && unit <= 0xdfff) this.hasLoneSurrogate = true;
    return at + 5;
  }

  /** The UTF-16 unit of the escape `\uXXXX` whose backslash stands at `at`. */
  #unit(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at + 1] !== LETTER_U) return this.fault(at);
    let unit = 0;
    for (let i = at + 2; i < at + 6; i++) {
      if (i >= end) return this.short(end);
      const digit = hexOf(bytes[i] as number);
      if (digit < 0) return this.fault(i);
      unit = unit * 16 + digit;
    }
    return unit;
  }

  /** An object or a list, whatever is in it. */
  #nested(bytes: Uint8Array, from: number, end: number): number {
    let depth = 0;
    let at = from;
    do {
      const byte = at < end ? bytes[at] : undefined;
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#push(depth++, byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST);
        at = this.space(bytes, at + 1, end);
        if (at < end && bytes[at] !== this.#stack[depth - 1]) {
          if (byte === OPEN_OBJECT) at = this.name(bytes, at, end);
          if (at < 0) return at;
          continue;
        }
      } else at = this.#scalar(bytes, at, end);
      if (at < 0) return at;
      for (; depth > 0; depth--) {
        at = this.space(bytes, at, end);
        if (at >= end) return this.short(at);
        if (bytes[at] !== this.#stack[depth - 1]) break;
        at++;
      }
      if (depth > 0) at = this.#nextMember(bytes, at, end, this.#stack[depth - 1] === CLOSE_OBJECT);
      if (at < 0) return at;
    } while (depth > 0);
    return at;
  }

  /** After a comma: the place of the next value. */
  #nextMember(bytes: Uint8Array, at: number, end: number, isObject: boolean): number {
    if (bytes[at] !== COMMA) return this.fault(at);
    const next = this.space(bytes, at + 1, end);
    return isObject ? this.name(bytes, next, end) : next;
  }

  #push(depth: number, closer: number): void {
    if (depth === this.#stack.length) {
      const larger = new Uint8Array(depth * 2);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    this.#stack[depth] = closer;
  }
}

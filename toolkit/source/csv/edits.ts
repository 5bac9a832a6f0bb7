const DROPPED = 0;
const LINE_END = 1;
/** From here on: the number of a record that is put in. */
const FIRST_PUT = 2;

/**
 * What a clean copy leaves out of a file: byte ranges in rising order, each dropped, or replaced by one line end or one record.
 * Dropped ranges that touch are kept as one.
 */
export class Edits {
  #held = new Float64Array(3 * 64);
  readonly #put: Buffer[] = [];
  length = 0;

  /** Drops the bytes `from` to `to`. */
  drop(from: number, to: number): void {
    const before = 3 * (this.length - 1);
    if (this.length > 0 && this.#held[before + 1] === from && this.#held[before + 2] === DROPPED) this.#held[before + 1] = to;
    else this.#add(from, to, DROPPED);
  }

  /** Puts one line end in the place of the bytes `from` to `to`. */
  lineEnd(from: number, to: number): void {
    this.#add(from, to, LINE_END);
  }

  /** Puts a record and a line end in the place of the bytes `from` to `to`. */
  put(from: number, to: number, record: Buffer): void {
    this.#add(from, to, FIRST_PUT + this.#put.push(record) - 1);
  }

  from(index: number): number {
    return this.#held[3 * index] ?? 0;
  }
  to(index: number): number {
    return this.#held[3 * index + 1] ?? 0;
  }
  /** Whether a line end stands in its place, after the record where one does. */
  hasLineEnd(index: number): boolean {
    return this.#held[3 * index + 2] !== DROPPED;
  }
  /** The record that stands in its place. */
  record(index: number): Buffer | undefined {
    return this.#put[(this.#held[3 * index + 2] ?? 0) - FIRST_PUT];
  }

  #add(from: number, to: number, kind: number): void {
    const at = 3 * this.length;
    if (at === this.#held.length) {
      const larger = new Float64Array(at * 2);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[at] = from;
    this.#held[at + 1] = to;
    this.#held[at + 2] = kind;
    this.length += 1;
  }
}

/**
 * What a clean copy leaves out of a file: byte ranges in rising order, each dropped or replaced by one line end.
 * Ranges that touch are kept as one.
 */
export class Edits {
  #held = new Float64Array(3 * 64);
  length = 0;

  /** Drops the bytes `from` to `to`. */
  drop(from: number, to: number): void {
    const before = 3 * (this.length - 1);
    if (this.length > 0 && this.#held[before + 1] === from && this.#held[before + 2] === 0) this.#held[before + 1] = to;
    else this.#add(from, to, 0);
  }

  /** Puts one line end in the place of the bytes `from` to `to`. */
  lineEnd(from: number, to: number): void {
    this.#add(from, to, 1);
  }

  from(index: number): number {
    return this.#held[3 * index] ?? 0;
  }
  to(index: number): number {
    return this.#held[3 * index + 1] ?? 0;
  }
  isLineEnd(index: number): boolean {
    return this.#held[3 * index + 2] === 1;
  }

  #add(from: number, to: number, kind: 0 | 1): void {
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

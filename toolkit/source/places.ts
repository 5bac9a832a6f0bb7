/** Where a row stands in its source. */
export interface Located {
  /** Index into the files of the source. */
  readonly file: number;
  /** Number among the records of the file, from 1, malformed ones included. */
  readonly record: number;
  /** Physical line the record begins on, from 1. */
  readonly line: number;
}

/**
 * File, record and line of every row, kept as runs: from `rows[i]` until the next run, record = row + recordOffsets[i] and
 * line = row + lineOffsets[i]. A file whose records are one line each is one run.
 */
export class Places {
  constructor(
    readonly rows: Int32Array,
    readonly files: Int32Array,
    readonly recordOffsets: Int32Array,
    readonly lineOffsets: Int32Array,
  ) {}

  /** How many runs there are. */
  get length(): number {
    return this.rows.length;
  }

  /** Where the row stands, in logarithmic time. @throws RangeError for a row that the source does not have before its first */
  locate(row: number): Located {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.rows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const first = this.rows[low];
    if (first === undefined || row < first) throw new RangeError(`row ${row} is not of this source`);
    return { file: this.files[low] ?? 0, record: row + (this.recordOffsets[low] ?? 0), line: row + (this.lineOffsets[low] ?? 0) };
  }
}

/** Collects the runs while records are read in order. */
export class PlacesBuilder {
  #held = new Int32Array(4 * 64);
  #length = 0;
  #file = -1;
  #recordOffset = 0;
  #lineOffset = 0;

  /** Tells where a row stands. Rows come in rising order, each at most once. */
  add(row: number, file: number, record: number, line: number): void {
    if (file === this.#file && line - row === this.#lineOffset && record - row === this.#recordOffset) return;
    this.#file = file;
    this.#recordOffset = record - row;
    this.#lineOffset = line - row;
    const at = 4 * this.#length;
    if (at === this.#held.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[at] = row;
    this.#held[at + 1] = file;
    this.#held[at + 2] = this.#recordOffset;
    this.#held[at + 3] = this.#lineOffset;
    this.#length += 1;
  }

  /** The runs collected so far. */
  build(): Places {
    const part = (which: number) => Int32Array.from({ length: this.#length }, (_, i) => this.#held[4 * i + which] ?? 0);
    return new Places(part(0), part(1), part(2), part(3));
  }
}

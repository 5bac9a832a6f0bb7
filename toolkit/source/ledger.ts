import { PlacesBuilder } from './places.ts';
import type { Malformed } from './shape.ts';

/** What a reader tells of a malformed record; the ledger knows the rest. */
export type Refused = Pick<Malformed, 'from' | 'to' | 'reason' | 'fields' | 'text'>;

/** The records of a source as they are read, over all its files: how many, where each stands, which are malformed. */
export class Ledger {
  /** Records so far: the row of the last one. */
  rows = 0;
  readonly malformed: Malformed[] = [];
  /** Rows of records that a replacement leaves out: numbered, and not read. */
  readonly removed: number[] = [];
  readonly #places = new PlacesBuilder();
  #file = -1;
  #firstRow = 1;
  #malformedBefore = 0;
  #removedBefore = 0;

  /** `limit`: how many records are wanted. */
  constructor(readonly limit: number = Number.POSITIVE_INFINITY) {}

  /** Whether as many records as wanted were read. */
  get isFull(): boolean {
    return this.rows >= this.limit;
  }

  /** The next file begins. */
  startFile(): void {
    this.#file += 1;
    this.#firstRow = this.rows + 1;
    this.#malformedBefore = this.malformed.length;
    this.#removedBefore = this.removed.length;
  }

  /** Index of the current file. */
  get fileIndex(): number {
    return this.#file;
  }

  /** Records of the current file so far, those left out among them. */
  get fileRecords(): number {
    return this.rows - this.#firstRow + 1;
  }

  /** Records of the current file that are read, malformed ones included. */
  get fileRead(): number {
    return this.fileRecords - (this.removed.length - this.#removedBefore);
  }

  /** Malformed records of the current file so far. */
  get fileMalformed(): number {
    return this.malformed.length - this.#malformedBefore;
  }

  get fileRows(): readonly [first: number, last: number] {
    return [this.#firstRow, this.rows];
  }

  /** A well-formed record that begins on a line. */
  good(line: number): void {
    this.rows++;
    this.#places.add(this.rows, this.#file, this.rows - this.#firstRow + 1, line);
  }

  /** A malformed record. */
  bad(line: number, refused: Refused): void {
    this.good(line);
    this.malformed.push({ row: this.rows, file: this.#file, record: this.fileRecords, line, ...refused });
  }

  /** A record that keeps its number and does not count. */
  leftOut(line: number): void {
    this.good(line);
    this.removed.push(this.rows);
  }

  places() {
    return this.#places.build();
  }
}

import { PlacesBuilder } from './places.ts';
import type { Malformed } from './shape.ts';

/** What a reader tells of a malformed record; the ledger knows the rest. */
export type Refused = Pick<Malformed, 'from' | 'to' | 'reason' | 'fields' | 'text'>;

/** The records of a source as they are read, over all its files: how many, where each stands, which are malformed. */
export class Ledger {
  /** Records so far, malformed ones and those left out included. */
  rows = 0;
  readonly malformed: Malformed[] = [];
  /** Records so far that a replacement leaves out: they have a number and do not count as read. */
  leftOut = 0;
  readonly #places = new PlacesBuilder();
  #file = -1;
  #firstRow = 1;
  #malformedBefore = 0;
  #wellFormed = 0;
  #leftOutBefore = 0;

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
    this.#leftOutBefore = this.leftOut;
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
    return this.fileRecords - (this.leftOut - this.#leftOutBefore);
  }

  /** Malformed records of the current file so far. */
  get fileMalformed(): number {
    return this.malformed.length - this.#malformedBefore;
  }

  /** A well-formed record that begins on a line. */
  good(line: number): void {
    this.rows++;
    this.#wellFormed++;
    this.#places.add(this.#wellFormed, this.#file, this.fileRecords, line);
  }

  /** A malformed record. */
  bad(line: number, refused: Refused): void {
    this.rows++;
    this.malformed.push({ file: this.#file, record: this.fileRecords, line, ...refused });
  }

  /** A record that a replacement leaves out. */
  leaveOut(): void {
    this.rows++;
    this.leftOut++;
  }

  places() {
    return this.#places.build();
  }
}

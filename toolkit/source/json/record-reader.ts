import type { MalformedReason } from '../shape.ts';
import { MemberNames } from './member-names.ts';
import { KIND, StrictReader } from './strict-reader.ts';

const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const COMMA = 44;

/**
 * Reads one record: an object whose wanted members are kept by place and kind, the last of equal names; or any other value.
 * What was found stands in the fields until the next call: no object a record.
 */
export class RecordReader {
  readonly strict = new StrictReader();
  readonly names: MemberNames;
  /** For each wanted name, the kind of its value (nothing for null or none) and where it stands. */
  readonly kinds: Uint8Array;
  readonly froms: Float64Array;
  readonly tos: Float64Array;
  isObject = false;

  constructor(columns: readonly string[], mostExtra?: number) {
    this.names = new MemberNames(columns, mostExtra);
    this.kinds = new Uint8Array(columns.length);
    this.froms = new Float64Array(columns.length);
    this.tos = new Float64Array(columns.length);
  }

  /** The value at `at`: the place after it, or one of STOP. */
  read(bytes: Buffer, at: number, end: number): number {
    this.strict.hasLoneSurrogate = false;
    this.isObject = at < end && bytes[at] === OPEN_OBJECT;
    return this.isObject ? this.#object(bytes, at, end) : this.strict.value(bytes, at, end);
  }

  /** Reads bytes that are to be one value and nothing else; false where they are no JSON. */
  readWhole(bytes: Buffer, from: number, to: number): boolean {
    const { strict } = this;
    strict.isComplete = true;
    const after = this.read(bytes, strict.space(bytes, from, to), to);
    return after >= 0 && strict.space(bytes, after, to) === to;
  }

  /** Why the value of so many bytes that was read is no record, or null. */
  judge(lengthBytes: number, limitBytes: number): MalformedReason | null {
    if (!this.isObject) return 'not-object';
    if (this.strict.hasLoneSurrogate) return 'lone-surrogate';
    return lengthBytes > limitBytes ? 'too-long' : null;
  }

  #object(bytes: Buffer, open: number, end: number): number {
    const { strict } = this;
    this.kinds.fill(KIND.nothing);
    let at = strict.space(bytes, open + 1, end);
    if (at < end && bytes[at] === CLOSE_OBJECT) return at + 1;
    for (;;) {
      const from = at;
      at = strict.name(bytes, at, end);
      if (at < 0) return at;
      const index = this.names.indexOf(bytes, from + 1, strict.nameEnd - 1, strict.hasEscape);
      const valueFrom = at;
      at = strict.value(bytes, at, end);
      if (at < 0) return at;
      if (index >= 0) {
        this.kinds[index] = strict.kind;
        this.froms[index] = valueFrom;
        this.tos[index] = at;
      }
      at = strict.space(bytes, at, end);
      if (at >= end) return strict.short(at);
      if (bytes[at] === CLOSE_OBJECT) return at + 1;
      if (bytes[at] !== COMMA) return strict.fault(at);
      at = strict.space(bytes, at + 1, end);
    }
  }
}

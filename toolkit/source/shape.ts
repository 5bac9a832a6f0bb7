import type { Frame } from '../frame/index.ts';
import type { Places } from './places.ts';
import type { Misplaced, Replacements } from './replacements.ts';

/** What a source's reader must know of its contract. */
export interface SourceShape {
  /** The source's name in configuration, such as `crm`. */
  readonly name: string;
  /** Raw names that are wanted, in order: in CSV all are required, in JSON any may be absent. */
  readonly columns: readonly string[];
  /** The raw column whose text tells whether a line is plausibly a record of its own. */
  readonly key: string;
  /** What such a text is after trim: an id (ASCII digits, 1 to 2^53 − 1), or anything not empty. */
  readonly keyReadsAs: 'digits' | 'text';
}

/** How to read. */
export interface ReadOptions {
  /** An existing folder for cleaned copies; the caller removes it. */
  readonly scratchFolder: string;
  /** A longer record, its line end not counted, is malformed. */
  readonly recordLimitBytes: number;
  /** Reads the first records of the source alone, malformed ones included: for a trial. */
  readonly limit?: number;
  /** What counts in the place of single records. They keep their number and their line. */
  readonly replacements?: Replacements;
  readonly signal: AbortSignal;
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
  /** How much is read at a time. Default 8 MB; tests set it low. */
  readonly chunkBytes?: number;
}

/** Why a record is malformed; worded elsewhere. */
export type MalformedReason =
  /** CSV: another number of fields than the header. */
  | 'width'
  /** CSV: text after a closing quote. */
  | 'text-after-quote'
  /** CSV: a quote inside an unquoted field. */
  | 'quote-in-field'
  /** CSV: a NUL character. */
  | 'nul'
  /** More bytes than a record may have. */
  | 'too-long'
  /** CSV: a record over several lines, one of which is a whole record by itself. */
  | 'swallows-record'
  /** CSV, of a replacement alone: a quote that does not close. In a file it stops the reading. */
  | 'open-quote'
  /** CSV, of a replacement alone: more than one record. */
  | 'several-records'
  /** NDJSON: a line that does not parse. */
  | 'not-json'
  /** JSON, but no object. */
  | 'not-object'
  /** JSON: the escape of a lone surrogate. */
  | 'lone-surrogate';

/** A record that cannot be read. Its text is `text`, or the bytes `from` (included) to `to` (excluded) of the file, without a line end. */
export interface Malformed {
  /** Index into the files. */
  readonly file: number;
  /** Number among the records of its file, from 1. */
  readonly record: number;
  /** Physical line it begins on, from 1; the header's is a line too. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly reason: MalformedReason;
  /** For `width`: how many fields it has. */
  readonly fields: number | null;
  /** Of a replacement that is malformed itself; null where the file has the text. */
  readonly text: string | null;
}

/** One file of a source, as it was read. */
export interface SourceFile {
  readonly path: string;
  /** Without its folder. */
  readonly name: string;
  readonly bytes: number;
  /** CRC-32 of its bytes as eight hexadecimal digits; null where a limit ended the reading before the file. */
  readonly crc32: string | null;
  /** Malformed ones included, those that a replacement leaves out not. */
  readonly records: number;
  /** Names that the source's shape does not have, each once. */
  readonly extraColumns: readonly string[];
  /** Read by the engine as it is; as a copy without what is malformed or odd; or rewritten from JSON. */
  readonly pathTaken: 'plain' | 'copied' | 'rewritten';
}

/** A row of an extract: its number among the well-formed records of the source, and raw texts by raw name. */
export type RawRow = { row: number } & Record<string, string | null>;

/** A source, read. */
export interface Extract {
  /**
   * One row a well-formed record, raw texts as they stand in the file. An absent or null JSON value is null; an empty CSV
   * field is null or '', and an empty JSON text ''. `row` counts the well-formed records of the source from 1 over all files:
   * `places` says where each stands.
   */
  readonly frame: Frame<RawRow>;
  /** The texts alone, under the names of the file whatever they are. */
  readonly texts: Frame<Record<string, string | null>>;
  readonly files: readonly SourceFile[];
  /** Well-formed and malformed. */
  readonly read: number;
  readonly malformed: readonly Malformed[];
  /** Replacements whose record is not what they were made for, or is not there. What is there was replaced all the same. */
  readonly misplaced: readonly Misplaced[];
  /** Where a row stands. */
  readonly places: Places;
  /** Frees what the engine holds of it; the frame cannot be read afterwards. */
  discard(): Promise<void>;
}

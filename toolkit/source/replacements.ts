import { basename } from 'node:path';
import type { ChunkedFile } from './files/chunked-file.ts';

/** The texts of a well-formed record by column. */
export type RecordTexts = Readonly<Record<string, string | null>>;
/** A record as its texts where it is well-formed, else as the text that is no record. */
export type RecordContent = RecordTexts | string;

/** What counts in the place of one record of a file. */
export interface Replacement {
  /** What was read there when the replacement was made. */
  readonly before: RecordContent;
  /** What counts instead: the texts of all columns, or the text of a whole record; null: there is no record. */
  readonly after: RecordContent | null;
}

/** Replacements by the name of a file, then by the number of a record in it, from 1, malformed ones included. */
export type Replacements = ReadonlyMap<string, ReadonlyMap<number, Replacement>>;

/** A record that a replacement did not find as it was. */
export interface Misplaced {
  /** The file's name, without its folder. */
  readonly file: string;
  readonly record: number;
}

/** The texts of a record, or null where the text is none. */
type ToTexts = (record: string) => RecordTexts | null;

/** The replacements of one file, and where the records stood that they replace. */
export class FileReplacements {
  readonly #found = new Map<number, readonly [from: number, to: number]>();

  private constructor(
    readonly name: string,
    readonly wanted: ReadonlyMap<number, Replacement>,
  ) {}

  /** Those of a file; null where there are none. */
  static of(path: string, all: Replacements | undefined): FileReplacements | null {
    const name = basename(path);
    const wanted = all?.get(name);
    return wanted ? new FileReplacements(name, wanted) : null;
  }

  /** The replacement of a record that stands at the bytes `from` to `to`. */
  take(record: number, from: number, to: number): Replacement | undefined {
    const it = this.wanted.get(record);
    if (it) this.#found.set(record, [from, to]);
    return it;
  }

  /** The records that are not what their replacements were made for, or are not there. */
  async misplaced(file: ChunkedFile, toTexts: ToTexts): Promise<Misplaced[]> {
    const wrong: Misplaced[] = [];
    for (const [record, { before }] of this.wanted) {
      const place = this.#found.get(record);
      if (place === undefined || !isContent(before, await textAt(file, ...place), toTexts)) wrong.push({ file: this.name, record });
    }
    return wrong;
  }
}

async function textAt(file: ChunkedFile, from: number, to: number): Promise<string> {
  const bytes = Buffer.alloc(to - from);
  await file.peek(bytes, from);
  return bytes.toString('utf8');
}

/** Whether a record's text is what it was; an empty text and none are the same here. A text that came back from the rejects has no NUL, and no BOM at its beginning. */
function isContent(before: RecordContent, now: string, toTexts: ToTexts): boolean {
  if (typeof before === 'string') return now.replace(/^\ufeff/, '').replaceAll('\0', '\ufffd') === before;
  const texts = toTexts(now);
  return texts !== null && Object.entries(before).every(([column, text]) => (texts[column] ?? '') === (text ?? ''));
}

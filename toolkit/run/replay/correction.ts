import type { RecordContent, Replacement, Replacements } from '../../source/index.ts';
import type { ReadFiles, ReplayOf } from '../document.ts';

/** One record of a run's sources, and what counts in its place. Both are data. */
export interface Correction extends Replacement {
  readonly source: string;
  /** Without its folder. */
  readonly file: string;
  /** Number among the records of the file, from 1, malformed ones included. */
  readonly record: number;
}

/** A run to be done again on the same files, with corrected records in the place of refused ones. */
export interface Replay {
  readonly of: ReplayOf;
  /** Each record once. */
  readonly corrections: readonly Correction[];
  /** The files that must be read; null where whatever is there will do. */
  readonly files: ReadFiles | null;
}

/** What tells a record from another. */
export const placeOf = ({ source, file, record }: Pick<Correction, 'source' | 'file' | 'record'>): string => JSON.stringify([source, file, record]);

/** Whether two contents are the same, text by text. */
export const isSame = (a: RecordContent | null, b: RecordContent | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The corrections of one source as its reader takes them; undefined where there are none. */
export function replacementsOf(corrections: readonly Correction[], source: string): Replacements | undefined {
  const files = new Map<string, Map<number, Replacement>>();
  for (const it of corrections) {
    if (it.source !== source) continue;
    const records = files.get(it.file) ?? new Map<number, Replacement>();
    files.set(it.file, records.set(it.record, it));
  }
  return files.size > 0 ? files : undefined;
}

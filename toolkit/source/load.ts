import { DaybookError } from '../errors/index.ts';
import type { Session } from '../frame/index.ts';
import { type CsvPart, dropLoaded, type LoadedCsv, loadCsv, loadedFrame, numberedFrame } from '../frame/leaf/read-csv.ts';
import type { Ledger } from './ledger.ts';
import type { Misplaced } from './replacements.ts';
import type { Extract, RawRow, SourceFile, SourceShape } from './shape.ts';

/** A file as it was scanned, and what the engine is to read of it. */
export interface ScannedFile {
  readonly file: SourceFile;
  readonly part: CsvPart;
  /** Well-formed records: what the engine must find. */
  readonly good: number;
  readonly misplaced: readonly Misplaced[];
}

/** The first file whose rows are not as many as its scan counted. */
const wrongOf = (files: readonly ScannedFile[], counts: readonly number[]) =>
  files.map(({ file, good }, i) => ({ path: file.path, scanned: good, loaded: counts[i] ?? 0 })).find(({ scanned, loaded }) => scanned !== loaded);

/** Loads with all threads, and where the engine then disagrees with the scan, once more with one. */
async function loadChecked(session: Session, shape: SourceShape, files: readonly ScannedFile[]): Promise<LoadedCsv> {
  const parts = files.map(({ part }) => part);
  for (const parallel of [true, false]) {
    const loaded = await loadCsv(session, shape.columns, parts, parallel).catch((fault: unknown) => {
      if (parallel && fault instanceof DaybookError && fault.code === 'engine.failed') return null;
      throw fault;
    });
    if (loaded === null) continue;
    const wrong = wrongOf(files, loaded.counts);
    if (!wrong) return loaded;
    await dropLoaded(session, loaded.table);
    if (!parallel) throw new DaybookError('source.count-mismatch', { source: shape.name, ...wrong });
  }
  throw new Error('unreachable');
}

/** Brings scanned files into the engine as one extract. @throws DaybookError `source.count-mismatch`, `engine.…` */
export async function loadExtract(session: Session, shape: SourceShape, files: readonly ScannedFile[], ledger: Ledger): Promise<Extract> {
  const { table } = await loadChecked(session, shape, files);
  return {
    frame: numberedFrame<RawRow>(table, shape.columns),
    texts: loadedFrame<Record<string, string | null>>(table, shape.columns),
    files: files.map(({ file }) => file),
    read: ledger.rows - ledger.leftOut,
    malformed: ledger.malformed,
    misplaced: files.flatMap(({ misplaced }) => misplaced),
    places: ledger.places(),
    discard: () => dropLoaded(session, table),
  };
}

import { basename, join, resolve } from 'node:path';
import type { Session } from '../frame/index.ts';
import { writeCleanCopy } from './csv/clean-copy.ts';
import { recordTexts } from './csv/record-text.ts';
import { CsvScanner } from './csv/scanner.ts';
import { CHUNK_BYTES, ChunkedFile } from './files/chunked-file.ts';
import { progressOf } from './files/progress.ts';
import { Ledger } from './ledger.ts';
import { loadExtract, type ScannedFile } from './load.ts';
import { FileReplacements } from './replacements.ts';
import type { Extract, ReadOptions, SourceShape } from './shape.ts';

async function scanFile(
  path: string,
  shape: SourceShape,
  ledger: Ledger,
  options: ReadOptions,
  onBytes: (bytes: number) => void,
): Promise<ScannedFile> {
  const { chunkBytes = CHUNK_BYTES, signal, recordLimitBytes } = options;
  const file = await ChunkedFile.open({ source: shape.name, path, chunkBytes, signal, onBytes });
  try {
    ledger.startFile();
    const replacements = FileReplacements.of(path, options.replacements);
    const scanned = await new CsvScanner(file, shape, ledger, recordLimitBytes, replacements).scan();
    const misplaced = await replacements?.misplaced(file, (record) => recordTexts(record, shape.columns, scanned.header));
    const copy = () => writeCleanCopy(file, scanned, join(options.scratchFolder, `${shape.name}-${ledger.fileIndex + 1}.csv`));
    return {
      file: {
        path,
        name: basename(path),
        bytes: file.size,
        crc32: file.crc32,
        records: ledger.fileRead,
        extraColumns: scanned.header.extraColumns,
        pathTaken: scanned.isPlain ? 'plain' : 'copied',
      },
      good: scanned.good,
      misplaced: misplaced ?? [],
      part: {
        path: resolve(scanned.isPlain ? path : await copy()),
        width: scanned.header.width,
        indexes: scanned.header.indexes,
        longestBytes: Math.max(scanned.longestBytes, scanned.dataFrom),
      },
    };
  } finally {
    await file.close();
  }
}

/**
 * Reads the CSV files of a source: one strict scan of the bytes, then the engine, whose count of rows must equal the scan's.
 *
 * - Malformed records are isolated, one physical line each, and never reach the engine.
 * - Files are read in the order given; each keeps its own header, record and line numbers.
 * @throws DaybookError `source.…` for a file that cannot be read, is no CSV or lacks a column; `run.cancelled`
 */
export async function readCsv(session: Session, shape: SourceShape, paths: readonly string[], options: ReadOptions): Promise<Extract> {
  const ledger = new Ledger(options.limit);
  const onBytes = await progressOf(paths, options);
  const files: ScannedFile[] = [];
  for (const path of paths) {
    if (ledger.isFull && files.length > 0) break;
    files.push(await scanFile(path, shape, ledger, options, onBytes));
  }
  return loadExtract(session, shape, files, ledger);
}

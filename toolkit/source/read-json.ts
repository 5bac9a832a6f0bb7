import { basename, join, resolve } from 'node:path';
import type { Session } from '../frame/index.ts';
import { BlockWriter } from './files/block-writer.ts';
import { CHUNK_BYTES, ChunkedFile } from './files/chunked-file.ts';
import { progressOf } from './files/progress.ts';
import { RowWriter } from './json/row-writer.ts';
import { JsonScanner } from './json/scanner.ts';
import { objectTexts } from './json/texts.ts';
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
  ledger.startFile();
  const replacements = FileReplacements.of(path, options.replacements);
  const rewritten = join(options.scratchFolder, `${shape.name}-${ledger.fileIndex + 1}.csv`);
  try {
    const rows = new RowWriter(new BlockWriter(rewritten), shape.columns.length);
    const scanner = new JsonScanner(file, shape.columns, ledger, rows, recordLimitBytes, replacements);
    try {
      await scanner.scan();
      rows.writer.close();
    } catch (fault) {
      rows.writer.abandon();
      throw fault;
    }
    const misplaced = await replacements?.misplaced(file, (record) => objectTexts(record, shape.columns));
    return {
      file: {
        path,
        name: basename(path),
        bytes: file.size,
        crc32: file.crc32,
        records: ledger.fileRead,
        extraColumns: scanner.record.names.extraColumns,
        pathTaken: 'rewritten',
      },
      good: ledger.fileRead - ledger.fileMalformed,
      misplaced: misplaced ?? [],
      part: { path: resolve(rewritten), width: rows.width, indexes: shape.columns.map((_, i) => i), longestBytes: rows.longestBytes },
    };
  } finally {
    await file.close();
  }
}

/**
 * Reads the JSON files of a source, arrays and NDJSON alike: the first character that is not white space tells which. One strict
 * pass writes the wanted members as CSV for the engine, whose count of rows must equal the pass's.
 *
 * - A text is itself; a number its exact value in plain notation (`12.340` is `12.34`, `1e3` is `1000`, beyond 40 characters as it
 *   is written); true, false, objects and lists are their JSON text; null and what is absent are null.
 * - Of a name given twice the last counts. A NUL in a text becomes U+FFFD.
 * @throws DaybookError `source.…` for a file that cannot be read, an array that does not parse, a feed without an object; `run.cancelled`
 */
export async function readJson(session: Session, shape: SourceShape, paths: readonly string[], options: ReadOptions): Promise<Extract> {
  const ledger = new Ledger(options.limit);
  const onBytes = await progressOf(paths, options);
  const files: ScannedFile[] = [];
  for (const path of paths) {
    if (ledger.isFull && files.length > 0) break;
    files.push(await scanFile(path, shape, ledger, options, onBytes));
  }
  return loadExtract(session, shape, files, ledger);
}

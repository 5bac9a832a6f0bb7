import { open, stat } from 'node:fs/promises';
import { DaybookError } from '../../errors/index.ts';
import { type Frame, loose, type Session, typed } from '../../frame/index.ts';
import { type Extract, readCsv, readJson, type SourceShape } from '../../source/index.ts';
import { malformedReason } from '../malformed-reason.ts';
import { REJECT_COLUMNS } from '../reject-row.ts';

/** One line of an export that came back, as texts; an empty cell of a CSV is ''. */
export type ReturnedLine = Readonly<Record<(typeof COLUMNS)[number], string | null>> & {
  /** Number among the lines. */
  readonly row: number;
};

/** What reads a file of corrections. */
export interface Reading {
  readonly session: Session;
  /** An existing folder for a working copy; the caller removes it. */
  readonly scratchFolder: string;
  readonly signal: AbortSignal;
}

const COLUMNS = ['run_id', ...REJECT_COLUMNS] as const;
/** A line may hold a record that was refused for its length. */
const LINE_LIMIT_BYTES = 1 << 29;
const HEAD_BYTES = 4096;
const SHAPE: SourceShape = { name: 'corrections', columns: COLUMNS, key: 'record', keyReadsAs: 'text' };

/** The lines of an export that came back, in order, and where each stands in the file. */
export interface ReturnedLines {
  readonly lines: Frame<ReturnedLine>;
  readonly isCsv: boolean;
  /** The physical line of a row. */
  lineOf(row: number): number;
}

/** Reads an export with values, CSV or JSON: the first sign tells which. @throws DaybookError `replay.*`, `source.*` */
export async function readLines(path: string, { session, scratchFolder, signal }: Reading): Promise<ReturnedLines> {
  const isCsv = !/^[{[]/.test(await beginningOf(path));
  const extract = await (isCsv ? readCsv : readJson)(session, SHAPE, [path], { scratchFolder, recordLimitBytes: LINE_LIMIT_BYTES, signal }).catch(
    (fault: unknown) => {
      throw withoutRaw(fault, path);
    },
  );
  mustBeExport(path, extract);
  return { lines: typed<ReturnedLine>(loose(extract.frame)), isCsv, lineOf: (row) => extract.places.locate(row).line };
}

/** The first signs of a file, white space and a BOM before them left out. */
async function beginningOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new DaybookError('replay.no-file', { path, exists: found !== null });
  const file = await open(path).catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === 'EACCES' ? new DaybookError('source.not-permitted', { source: SHAPE.name, path }) : fault;
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

/** An export without values is told from a file of another form. */
function withoutRaw(fault: unknown, path: string): unknown {
  if (!(fault instanceof DaybookError) || fault.code !== 'source.missing-column') return fault;
  const { columns, line } = fault.params as { readonly columns: readonly string[]; readonly line: number };
  const isValueless = columns.every((name) => name === 'raw' || name === 'value');
  return isValueless ? new DaybookError('replay.without-values', { path, line }) : fault;
}

function mustBeExport(path: string, { files, malformed }: Extract): void {
  const columns = files.flatMap(({ extraColumns }) => extraColumns);
  if (columns.length > 0) throw new DaybookError('replay.unknown-column', { path, columns });
  const [bad] = malformed;
  if (bad) throw new DaybookError('replay.bad-line', { path, line: bad.line, reason: malformedReason(bad) });
}

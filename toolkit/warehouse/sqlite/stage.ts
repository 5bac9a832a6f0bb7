import { rmSync } from 'node:fs';
import { DaybookError } from '../../errors/index.ts';
import type { Session } from '../../frame/session.ts';
import { Connection } from './connection.ts';
import { extensionLoads, stageByExtension } from './stage-by-extension.ts';
import { stageByTuples } from './stage-by-tuples.ts';
import { createPart, type StagedPart } from './staged-part.ts';

export interface StageRequest {
  readonly session: Session;
  /** The staging file; what is there is replaced. */
  readonly file: string;
  readonly parts: readonly StagedPart[];
  readonly signal: AbortSignal;
  /** Rows staged since the last call. */
  readonly onRows: (rows: number) => void;
}

/**
 * Writes what a load has to bring into a SQLite file of its own, so that the warehouse is locked for the merge alone.
 * DuckDB's extension does it where it loads, text tuples else; both give the same rows.
 *
 * @throws DaybookError `engine.*`, `warehouse.*` about the staging file, `run.cancelled`
 */
export async function stage(request: StageRequest): Promise<'extension' | 'tuples'> {
  const { session, file, parts, signal, onRows } = request;
  if (await extensionLoads(session)) {
    try {
      await (await createFile(request)).close();
      await stageByExtension(session, file, parts);
      return 'extension';
    } catch (fault) {
      // The engine cannot say what was wrong with the file; sqlite3 can, so let it try.
      if (!(fault instanceof DaybookError && fault.code === 'engine.failed')) throw fault;
    }
  }
  const connection = await createFile(request);
  try {
    await connection.exec('BEGIN', 'write the staging file');
    for (const part of parts) await stageByTuples(session, connection, part, onRows);
    if (signal.aborted) throw new DaybookError('run.cancelled', {});
    await connection.exec('COMMIT', 'write the staging file');
    return 'tuples';
  } finally {
    await connection.close();
  }
}

/** Removes a staging file and what SQLite may have left beside it. @throws DaybookError `warehouse.io` */
export function removeStaging(file: string): void {
  try {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true });
  } catch {
    throw new DaybookError('warehouse.io', { path: file, doing: 'remove the staging file' });
  }
}

async function createFile({ file, parts, signal }: StageRequest): Promise<Connection> {
  removeStaging(file);
  const connection = await Connection.open({ path: file, use: 'write', busyTimeoutMs: 0, signal });
  try {
    // The file is worth nothing after a crash: no journal, no waiting for the disk.
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE']) {
      await connection.exec(`PRAGMA ${pragma}`, 'make the staging file');
    }
    for (const part of parts) await connection.exec(createPart(part), 'make the staging file');
    return connection;
  } catch (fault) {
    await connection.close();
    throw fault;
  }
}

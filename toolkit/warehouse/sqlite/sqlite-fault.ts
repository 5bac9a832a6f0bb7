import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DaybookError } from '../../errors/index.ts';
import { checkPath } from './check-path.ts';

/** What is known where a statement of SQLite failed. */
export interface FaultPlace {
  readonly path: string;
  /** "publish the rows", for the error. */
  readonly doing: string;
  readonly waitedMs: number;
}

/** SQLite's name of a failure (`SQLITE_BUSY`), or null where it is none. */
export function sqliteCode(fault: unknown): string | null {
  const code = fault instanceof Error && 'code' in fault ? fault.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

/** Less room than this is none: SQLite makes its shared memory in pieces of 32 kB. */
const NO_ROOM_BYTES = 65_536;

/** Where the write-ahead log's shared memory finds no room, SQLite says no more than that its file failed. */
function isFull(path: string): boolean {
  try {
    const { bavail, bsize, blocks } = statfsSync(dirname(resolve(path)));
    return blocks > 0 && bavail * bsize < NO_ROOM_BYTES;
  } catch {
    return false;
  }
}

/** Where a file cannot be opened to be written, SQLite opens it to be read: that is a matter of rights only where they are missing. */
function mayWrite(path: string): boolean {
  try {
    return checkPath(path, 'write');
  } catch {
    return false;
  }
}

/**
 * Words a failure of SQLite by its code alone: its messages name columns, and some quote values.
 * With DAYBOOK_DEBUG=1 the original stands as `cause`.
 */
export function sqliteFault(fault: unknown, { path, doing, waitedMs }: FaultPlace): DaybookError {
  if (fault instanceof DaybookError) return fault;
  const options = process.env['DAYBOOK_DEBUG'] === '1' ? { cause: fault } : {};
  const code = sqliteCode(fault) ?? 'SQLITE_UNKNOWN';
  switch (code) {
    case 'SQLITE_INTERRUPT':
      return new DaybookError('run.cancelled', {}, options);
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
    case 'SQLITE_PROTOCOL':
      return new DaybookError('warehouse.locked', { path, waitedMs }, options);
    case 'SQLITE_NOTADB':
      return new DaybookError('warehouse.not-a-database', { path }, options);
    case 'SQLITE_CORRUPT':
      return new DaybookError('warehouse.corrupt', { path }, options);
    case 'SQLITE_FULL':
      return new DaybookError('warehouse.disk-full', { path }, options);
    case 'SQLITE_READONLY':
      return mayWrite(path)
        ? new DaybookError('warehouse.io', { path, doing }, options)
        : new DaybookError('warehouse.not-permitted', { path, what: 'file' }, options);
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return new DaybookError('warehouse.not-permitted', { path, what: 'file' }, options);
    case 'SQLITE_IOERR':
      return isFull(path) ? new DaybookError('warehouse.disk-full', { path }, options) : new DaybookError('warehouse.io', { path, doing }, options);
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_NOLFS':
    case 'SQLITE_NOMEM':
      return new DaybookError('warehouse.io', { path, doing }, options);
    case 'SQLITE_CONSTRAINT':
    case 'SQLITE_MISMATCH':
      return new DaybookError('warehouse.constraint', { path, doing }, options);
    default:
      return new DaybookError('warehouse.refused', { path, doing, code }, options);
  }
}

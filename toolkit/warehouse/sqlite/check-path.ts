import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DaybookError } from '../../errors/index.ts';

const WRITE_BITS = 0o222;

/**
 * Finds what the file system has against using a file as the warehouse, before SQLite would say less clearly.
 * A file or folder that nobody may write to counts as not permitted for root too. Creates nothing.
 *
 * @returns whether the file exists
 * @throws DaybookError `warehouse.folder-missing`, `warehouse.is-a-folder`, `warehouse.not-permitted`
 */
export function checkPath(path: string, use: 'read' | 'write'): boolean {
  const folder = dirname(resolve(path));
  const around = statOf(folder, path);
  if (!around?.isDirectory()) throw new DaybookError('warehouse.folder-missing', { path, folder });
  const file = statOf(path, path);
  if (file && !file.isFile()) throw new DaybookError('warehouse.is-a-folder', { path });
  const rights = use === 'read' ? constants.R_OK : constants.R_OK | constants.W_OK;
  if (file) demand(path, 'file', file, rights);
  if (use === 'write') demand(folder, 'folder', around, constants.W_OK | constants.X_OK);
  return file !== null;
}

function statOf(path: string, warehouse: string): Stats | null {
  try {
    return statSync(path);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'EACCES' || code === 'EPERM')
      throw new DaybookError('warehouse.not-permitted', { path, what: path === warehouse ? 'file' : 'folder' });
    throw new DaybookError('warehouse.io', { path, doing: 'look for the file' });
  }
}

function demand(path: string, what: 'file' | 'folder', stats: Stats, rights: number): void {
  const frozen = (rights & constants.W_OK) !== 0 && (stats.mode & WRITE_BITS) === 0;
  try {
    accessSync(path, rights);
    if (!frozen) return;
  } catch {}
  throw new DaybookError('warehouse.not-permitted', { path, what });
}

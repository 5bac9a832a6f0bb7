import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DaybookError } from '../../errors/index.ts';
import { quoteName } from '../sql-text.ts';
import { writeAudit } from './audit.ts';
import { Connection } from './connection.ts';
import type { MergeRequest } from './merge.ts';
import { migrate } from './migrations.ts';

/** Whether nothing has a warehouse's name yet, and a file from the scratch folder can get it without being copied. */
export function canBeNew(path: string, scratchFolder: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })) return false;
  return statSync(dirname(resolve(path))).dev === statSync(scratchFolder).dev;
}

/**
 * Makes the staging file of a first load the warehouse itself: its tables get their names, and last the file gets its own. What
 * was staged is written once; until the last moment there is no warehouse, and then there is a whole one.
 *
 * @returns false, with nothing changed, where someone else has made a file of that name meanwhile
 * @throws DaybookError `warehouse.*`, `run.cancelled`; nothing is changed then either
 */
export async function publishNew(it: Omit<MergeRequest, 'connection' | 'stillFresh'> & { readonly staging: string }): Promise<boolean> {
  const { request, path, staging, plans, now } = it;
  const connection = await Connection.open({ path: staging, use: 'change', busyTimeoutMs: 0, signal: request.signal });
  try {
    for (const pragma of ['synchronous = FULL', 'cache_size = -65536']) await connection.exec(`PRAGMA ${pragma}`, 'open the warehouse');
    await connection.transaction(async () => {
      await migrate(connection, path, now);
      for (const { load, shape, rows, difference } of plans) {
        const name = load.table.name;
        const made = rows ? [`ALTER TABLE ${quoteName(rows.name)} RENAME TO ${quoteName(name)}`] : shape.statements;
        for (const statement of [...made, ...shape.indexes]) await connection.exec(statement, `publish "${name}"`);
        await writeAudit(connection, name, request.audit, request.now(), difference.counts);
      }
    });
    await connection.exec('PRAGMA journal_mode = WAL', 'open the warehouse');
  } finally {
    await connection.close();
  }
  if (request.signal.aborted) throw new DaybookError('run.cancelled', {});
  return giveName(staging, resolve(path));
}

/** Gives a file its final name once its bytes are on the disk; false where the name is taken. */
function giveName(file: string, path: string): boolean {
  try {
    sync(file);
    link(file, path);
    syncName(path);
    return true;
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : null;
    if (code === 'EEXIST') return false;
    throw code === 'ENOSPC' || code === 'EDQUOT'
      ? new DaybookError('warehouse.disk-full', { path })
      : new DaybookError('warehouse.io', { path, doing: 'name the new file' });
  }
}

/** A link is refused where the name is taken, a rename is not: it is for file systems without links. */
function link(file: string, path: string): void {
  try {
    linkSync(file, path);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code) || lstatSync(path, { throwIfNoEntry: false })) throw fault;
    renameSync(file, path);
  }
}

/** A name that may not be on the disk is taken back: the run says that nothing was published. */
function syncName(path: string): void {
  try {
    sync(dirname(path));
  } catch (fault) {
    rmSync(path);
    throw fault;
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

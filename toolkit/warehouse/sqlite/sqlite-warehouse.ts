import { join } from 'node:path';
import { DaybookError } from '../../errors/index.ts';
import { checkRelation } from '../difference/check-relation.ts';
import { checkDefinition } from '../published-columns.ts';
import type { AuditEntry, LoadRequest, PublishedTable, TableCounts, Warehouse } from '../warehouse.ts';
import { writeAudit } from './audit.ts';
import { checkPath } from './check-path.ts';
import { Connection } from './connection.ts';
import { merge } from './merge.ts';
import { migrate, versionOf } from './migrations.ts';
import { canBeNew, publishNew } from './new-file.ts';
import { planTable, type TablePlan } from './plan-load.ts';
import { removeStaging, stage } from './stage.ts';
import { planShape, readTable } from './table-shape.ts';

/** How often the difference is worked out anew where someone else writes meanwhile. */
const ATTEMPTS = 3;

/** How long a run that published nothing waits for a lock to say so: it may be asked to stop, or has waited long enough before. */
const AUDIT_BUSY_MS = 500;

export interface SqliteOptions {
  /** The database file; its folder must exist. */
  readonly path: string;
  /** How long to wait for a lock, milliseconds. Default: 5,000. */
  readonly busyTimeoutMs?: number;
}

/** A warehouse in one SQLite file. The file is opened for each call and closed after it. */
export function sqliteWarehouse(options: SqliteOptions): Warehouse {
  const it = { path: options.path, busyTimeoutMs: options.busyTimeoutMs ?? 5_000 };
  return {
    check: (tables, signal) => check(it, tables, signal),
    load: (request) => load(it, request),
    recordAudit: (tables, entry, now) => recordAudit(it, tables, entry, now),
    close: async () => {},
  };
}

type Settled = Required<SqliteOptions>;

async function check(options: Settled, tables: readonly PublishedTable[], signal: AbortSignal | undefined): Promise<void> {
  for (const table of tables) checkDefinition(table);
  if (!checkPath(options.path, 'write')) return;
  const connection = await Connection.open({ ...options, use: 'read', signal });
  try {
    await versionOf(connection, options.path);
    for (const table of tables) planShape(options.path, table, await readTable(connection, table.name), false);
  } finally {
    await connection.close();
  }
}

async function recordAudit(options: Settled, tables: readonly string[], entry: AuditEntry, now: Date): Promise<void> {
  checkPath(options.path, 'write');
  const connection = await Connection.open({ path: options.path, busyTimeoutMs: Math.min(options.busyTimeoutMs, AUDIT_BUSY_MS), use: 'write' });
  try {
    await connection.transaction(async () => {
      await migrate(connection, options.path, now);
      for (const table of tables) await writeAudit(connection, table, entry, now);
    });
  } finally {
    await connection.close();
  }
}

async function load(options: Settled, request: LoadRequest): Promise<Readonly<Record<string, TableCounts>>> {
  for (const { table } of request.tables) checkDefinition(table);
  checkPath(options.path, request.dryRun ? 'read' : 'write');
  const rows: number[] = [];
  for (const { table, relation } of request.tables) rows.push(await checkRelation(request.session, table, relation));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const counts = await loadOnce(options, request, rows);
    if (counts) return counts;
  }
  throw new DaybookError('warehouse.changing', { path: options.path });
}

/** One attempt; null where the warehouse changed between comparing and merging. */
async function loadOnce(options: Settled, request: LoadRequest, rows: readonly number[]): Promise<Record<string, TableCounts> | null> {
  const exists = checkPath(options.path, request.dryRun ? 'read' : 'write');
  const opening = { ...options, signal: request.signal };
  const now = request.now();
  const plans: TablePlan[] = [];
  let connection = exists ? await Connection.open({ ...opening, use: request.dryRun ? 'read' : 'write' }) : null;
  const file = join(request.scratchFolder, 'staging.sqlite');
  try {
    const version = connection && (await dataVersion(connection));
    if (connection) await versionOf(connection, options.path);
    for (const [at, table] of request.tables.entries()) {
      plans.push(await planTable({ path: options.path, connection, request, load: table, rows: rows[at] ?? 0, at, now }));
    }
    if (request.dryRun) return countsOf(plans);
    const staging = await stageAll(request, plans, file);
    if (staging && !exists && canBeNew(options.path, request.scratchFolder)) {
      return (await publishNew({ path: options.path, plans, request, staging, now })) ? countsOf(plans) : null;
    }
    connection ??= await Connection.open({ ...opening, use: 'write' });
    const merging = connection;
    await prepareForWriting(
      merging,
      plans.some((plan) => plan.hadRows),
    );
    const stillFresh = async () => (version === null ? await isBlank(merging) : version === (await dataVersion(merging)));
    const merged = await merge({ connection, path: options.path, plans, request, staging, now, stillFresh });
    if (merged) await writeAheadLog(connection).catch(() => {});
    return merged ? countsOf(plans) : null;
  } finally {
    await connection?.close();
    tidyUp(file);
    for (const plan of plans) await plan.difference.drop().catch(() => {});
  }
}

/** What is published stays published: a staging file that cannot be removed goes with the run's scratch folder. */
function tidyUp(file: string): void {
  try {
    removeStaging(file);
  } catch {}
}

const countsOf = (plans: readonly TablePlan[]): Record<string, TableCounts> =>
  Object.fromEntries(plans.map(({ load, difference }) => [load.table.name, difference.counts]));

/** Stages what differs; null where nothing does. */
async function stageAll(request: LoadRequest, plans: readonly TablePlan[], file: string): Promise<string | null> {
  const parts = plans.flatMap(({ rows, missing, returned }) => [rows, missing, returned].filter((part) => part !== null));
  if (parts.length === 0) return null;
  const total = plans.reduce((sum, { rows, difference: { counts } }) => sum + (rows ? counts.inserted + counts.updated : 0), 0);
  let done = 0;
  const onRows = (rows: number) => {
    done += rows;
    request.onProgress?.(Math.min(done, total), total);
  };
  const by = await stage({ session: request.session, file, parts, signal: request.signal, onRows });
  if (by === 'extension') onRows(total);
  return file;
}

async function dataVersion(connection: Connection): Promise<number> {
  const [row] = await connection.all<{ data_version: number }>('PRAGMA data_version', 'see whether the warehouse changed');
  return row?.data_version ?? 0;
}

async function isBlank(connection: Connection): Promise<boolean> {
  return (await connection.all('SELECT 1 FROM sqlite_schema LIMIT 1', 'look into the new warehouse')).length === 0;
}

/**
 * Tables that hold something are written through a write-ahead log, so that readers are not kept waiting. A first
 * load has no readers and would write everything twice: it uses SQLite's plain journal, as safe when killed. EXTRA also
 * waits until the journal's name is gone from the disk: a power cut would otherwise bring it back, and undo the load.
 */
async function prepareForWriting(connection: Connection, hadRows: boolean): Promise<void> {
  for (const pragma of ['synchronous = EXTRA', 'cache_size = -65536']) await connection.exec(`PRAGMA ${pragma}`, 'open the warehouse');
  if (hadRows) await writeAheadLog(connection);
}

const writeAheadLog = (connection: Connection): Promise<void> => connection.exec('PRAGMA journal_mode = WAL', 'open the warehouse');

import { DaybookError } from '../../errors/index.ts';
import { quoteName, quoteText } from '../sql-text.ts';
import { AUDIT_TABLE } from './audit.ts';
import { checkPath } from './check-path.ts';
import { Connection } from './connection.ts';
import { readTable } from './table-shape.ts';

const BUSY_TIMEOUT_MS = 5_000;

export type PublishedValue = string | number | null;

/**
 * All rows of a published table in key order, as plain objects; an integer beyond 2^53 loses digits.
 *
 * @throws DaybookError `warehouse.not-published` where the file or the table is not there, `warehouse.*`
 */
export async function publishedRows(path: string, table: string): Promise<Record<string, PublishedValue>[]> {
  const rows = await reading(path, async (connection) => {
    const existing = await readTable(connection, table);
    if (existing.kind === null) return null;
    const keys = existing.columns.filter((column) => column.pk > 0).map((column) => quoteName(column.name));
    const order = keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`;
    return connection.all<Record<string, PublishedValue>>(`SELECT * FROM ${quoteName(table)}${order}`, `read "${table}"`);
  });
  if (!rows) throw new DaybookError('warehouse.not-published', { path, table });
  return rows;
}

/** What `daybook status` says of a published table. Times are ISO 8601, UTC. */
export interface TableSummary {
  readonly rows: number;
  /** The last run that the audit knows for the table, whatever its end; null where it knows none. */
  readonly lastRun: { readonly runId: string; readonly status: string; readonly startedAt: string; readonly finishedAt: string } | null;
}

/**
 * Row count and last run of a published table; null where the file or the table is not there. Creates nothing.
 *
 * @throws DaybookError `warehouse.*`
 */
export async function tableSummary(path: string, table: string): Promise<TableSummary | null> {
  return reading(path, async (connection) => {
    if ((await readTable(connection, table)).kind === null) return null;
    const [counted] = await connection.all<{ rows: number }>(`SELECT count(*) AS rows FROM ${quoteName(table)}`, `count "${table}"`);
    const audited = (await readTable(connection, AUDIT_TABLE)).kind !== null;
    const [lastRun] = audited
      ? await connection.all<NonNullable<TableSummary['lastRun']>>(
          `SELECT run_id AS runId, status, started_at AS startedAt, finished_at AS finishedAt FROM ${AUDIT_TABLE}
             WHERE table_name = ${quoteText(table)} ORDER BY started_at DESC LIMIT 1`,
          'read the audit',
        )
      : [];
    return { rows: counted?.rows ?? 0, lastRun: lastRun ?? null };
  });
}

async function reading<T>(path: string, work: (connection: Connection) => Promise<T | null>): Promise<T | null> {
  if (!checkPath(path, 'read')) return null;
  const connection = await Connection.open({ path, use: 'read', busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

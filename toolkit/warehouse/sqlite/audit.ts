import { DaybookError } from '../../errors/index.ts';
import { nameList, quoteName, quoteText } from '../sql-text.ts';
import type { AuditEntry, TableCounts } from '../warehouse.ts';
import type { Connection } from './connection.ts';
import type { ExistingTable } from './table-shape.ts';

/** Where every run leaves one row a table. */
export const AUDIT_TABLE = 'enrichment_audit';

const COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['run_id', 'TEXT'],
  ['table_name', 'TEXT'],
  ['started_at', 'TEXT'],
  ['finished_at', 'TEXT'],
  ['rows_read', 'INTEGER'],
  ['rows_accepted', 'INTEGER'],
  ['rows_rejected', 'INTEGER'],
  ['rows_inserted', 'INTEGER'],
  ['rows_updated', 'INTEGER'],
  ['rows_unchanged', 'INTEGER'],
  ['rows_deleted', 'INTEGER'],
  ['status', 'TEXT'],
  ['error', 'TEXT'],
  ['code_version', 'TEXT'],
];

const NOTHING: TableCounts = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };

/**
 * The statements that make the audit table and its index, or give one that is there the columns it lacks.
 *
 * @throws DaybookError `warehouse.table-incompatible` where something else has the name
 */
export function auditStatements(path: string, existing: ExistingTable): readonly string[] {
  const index = `CREATE INDEX IF NOT EXISTS ${AUDIT_TABLE}_by_started_at ON ${AUDIT_TABLE} (started_at)`;
  if (existing.kind === null) {
    const columns = COLUMNS.map(([name, type]) => `${name} ${type}${/^(?:run_id|table_name)$/.test(name) ? ' NOT NULL' : ''}`);
    return [`CREATE TABLE ${AUDIT_TABLE} (${columns.join(', ')}, PRIMARY KEY (run_id, table_name))`, index];
  }
  if (existing.kind !== 'table') {
    throw new DaybookError('warehouse.table-incompatible', { path, table: AUDIT_TABLE, reason: `it is a ${existing.kind}` });
  }
  const has = new Set(existing.columns.map((column) => column.name.toLowerCase()));
  const added = COLUMNS.filter(([name]) => !has.has(name));
  return [...added.map(([name, type]) => `ALTER TABLE ${AUDIT_TABLE} ADD COLUMN ${name} ${type}`), index];
}

/**
 * Writes the audit row of one run and table. A row that is there stays: what a run published is not unsaid by a
 * failure afterwards.
 *
 * @throws DaybookError `warehouse.*`
 */
export async function writeAudit(connection: Connection, table: string, entry: AuditEntry, now: Date, counts: TableCounts = NOTHING): Promise<void> {
  const values = [
    quoteText(entry.runId),
    quoteText(table),
    quoteText(entry.startedAt.toISOString()),
    quoteText(now.toISOString()),
    ...[entry.rows.read, entry.rows.accepted, entry.rows.rejected].map(String),
    ...[counts.inserted, counts.updated, counts.unchanged, counts.deleted].map(String),
    quoteText(entry.status),
    entry.error === null ? 'NULL' : quoteText(entry.error),
    quoteText(entry.codeVersion),
  ];
  const names = nameList(COLUMNS.map(([name]) => name));
  await connection.exec(
    `INSERT INTO ${quoteName(AUDIT_TABLE)} (${names}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`,
    'write the audit row',
  );
}

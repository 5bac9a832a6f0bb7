import { DaybookError } from '../../errors/index.ts';
import { quoteText } from '../sql-text.ts';
import { AUDIT_TABLE, auditStatements } from './audit.ts';
import type { Connection } from './connection.ts';
import { readTable } from './table-shape.ts';

interface Migration {
  readonly version: number;
  readonly name: string;
  statements(connection: Connection, path: string): Promise<readonly string[]>;
}

/** Daybook's own tables, step by step. A step that was released is never changed: add another. */
const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: AUDIT_TABLE,
    statements: async (connection, path) => auditStatements(path, await readTable(connection, AUDIT_TABLE)),
  },
];

const JOURNAL = 'daybook_migrations';

/**
 * Brings Daybook's own tables up to date; to be called inside a transaction.
 *
 * @throws DaybookError `warehouse.newer`, `warehouse.table-incompatible`, `warehouse.*`
 */
export async function migrate(connection: Connection, path: string, now: Date): Promise<void> {
  const done = await versionOf(connection, path);
  const due = MIGRATIONS.filter((migration) => migration.version > done);
  if (due.length === 0) return;
  const doing = 'bring the warehouse up to date';
  await connection.exec(`CREATE TABLE IF NOT EXISTS ${JOURNAL} (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)`, doing);
  for (const migration of due) {
    for (const statement of await migration.statements(connection, path)) await connection.exec(statement, doing);
    const values = [String(migration.version), quoteText(migration.name), quoteText(now.toISOString())];
    await connection.exec(`INSERT INTO ${JOURNAL} VALUES (${values.join(', ')})`, doing);
  }
}

/**
 * The version of Daybook's own tables; 0 where there are none.
 *
 * @throws DaybookError `warehouse.newer` where it is beyond what this Daybook knows
 */
export async function versionOf(connection: Connection, path: string): Promise<number> {
  const doing = 'read the version of the warehouse';
  const [journal] = await connection.all(`SELECT 1 FROM sqlite_schema WHERE name = ${quoteText(JOURNAL)}`, doing);
  if (!journal) return 0;
  const [row] = await connection.all<{ version: number | null }>(`SELECT max(version) AS version FROM ${JOURNAL}`, doing);
  const version = row?.version ?? 0;
  if (version > (MIGRATIONS.at(-1)?.version ?? 0)) throw new DaybookError('warehouse.newer', { path, version });
  return version;
}

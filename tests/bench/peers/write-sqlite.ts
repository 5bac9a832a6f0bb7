import { renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import sqlite3 from 'sqlite3';

const TYPES: Readonly<Record<string, string>> = { BIGINT: 'INTEGER', INTEGER: 'INTEGER', VARCHAR: 'TEXT', DOUBLE: 'REAL' };
const MONEY = ['total_spent', 'average_order'];

/**
 * Writes the table customer_enriched in key order to a new SQLite file, and puts it in the place of the old one.
 *
 * - By DuckDB's sqlite extension where DAYBOOK_BENCH_EXTENSIONS names its folder, else as text tuples, one INSERT a chunk.
 */
export async function writeSqlite(connection: DuckDBConnection, path: string): Promise<void> {
  const staging = `${path}.new`;
  rmSync(staging, { force: true });
  const described = (await connection.runAndReadAll('DESCRIBE customer_enriched')).getRowObjects();
  const columns = described.map(({ column_name, column_type }) => ({ name: String(column_name), type: String(column_type) }));
  const base = new sqlite3.Database(staging);
  const exec = promisify(base.exec.bind(base)) as (sql: string) => Promise<void>;
  await exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE customer_enriched (${columns.map(declared).join(', ')});`);
  const extensions = process.env.DAYBOOK_BENCH_EXTENSIONS;
  if (extensions === undefined)
    await writeTuples(
      connection,
      exec,
      columns.map(({ name }) => name),
    );
  await promisify(base.close.bind(base))();
  if (extensions !== undefined) await writeAttached(connection, extensions, staging);
  renameSync(staging, path);
}

function declared({ name, type }: { readonly name: string; readonly type: string }): string {
  if (name === 'customer_id') return 'customer_id INTEGER PRIMARY KEY';
  return `${name} ${MONEY.includes(name) ? 'DECIMAL(18,2)' : TYPES[type]}`;
}

async function writeTuples(connection: DuckDBConnection, exec: (sql: string) => Promise<void>, columns: readonly string[]): Promise<void> {
  const described = (await connection.runAndReadAll('DESCRIBE customer_enriched')).getRowObjects();
  const literals = described.map(({ column_name, column_type }) =>
    column_type === 'VARCHAR'
      ? `coalesce('''' || replace(${column_name}, '''', '''''') || '''', 'NULL')`
      : `coalesce(${column_name}::VARCHAR, 'NULL')`,
  );
  const result = await connection.stream(`SELECT concat('(', ${literals.join(`, ',', `)}, ')') FROM customer_enriched`);
  await exec('BEGIN');
  let written: Promise<void> = Promise.resolve();
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const tuples = chunk.getColumnValues(0).join(',');
    await written;
    written = exec(`INSERT INTO customer_enriched (${columns.join(', ')}) VALUES ${tuples}`);
  }
  await written;
  await exec('COMMIT');
}

async function writeAttached(connection: DuckDBConnection, extensions: string, staging: string): Promise<void> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  await connection.run(`SET extension_directory = ${quoted(extensions)}`);
  await connection.run('LOAD sqlite');
  await connection.run(`ATTACH ${quoted(staging)} AS out (TYPE sqlite)`);
  await connection.run('INSERT INTO out.customer_enriched SELECT * FROM customer_enriched');
  await connection.run('DETACH out');
}

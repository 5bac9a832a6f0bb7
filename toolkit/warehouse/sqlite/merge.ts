import { pathToFileURL } from 'node:url';
import { MISSING_SINCE } from '../published-columns.ts';
import { nameList, quoteName, quoteText } from '../sql-text.ts';
import type { LoadRequest, PublishedTable } from '../warehouse.ts';
import { writeAudit } from './audit.ts';
import type { Connection } from './connection.ts';
import { migrate } from './migrations.ts';
import type { TablePlan } from './plan-load.ts';

export interface MergeRequest {
  readonly connection: Connection;
  readonly path: string;
  readonly plans: readonly TablePlan[];
  readonly request: LoadRequest;
  /** The staging file, or null where nothing was staged. */
  readonly staging: string | null;
  readonly now: Date;
  /** Whether the warehouse is still what the plans were made for; asked once it is locked. */
  readonly stillFresh: () => Promise<boolean>;
}

/**
 * Brings the staged difference and the audit rows into the warehouse in one transaction.
 *
 * @returns false, with nothing changed, where someone else has written since the plans were made
 * @throws DaybookError `warehouse.*`, `run.cancelled`; nothing is changed then either
 */
export async function merge(it: MergeRequest): Promise<boolean> {
  const { connection, staging } = it;
  // Immutable: the transaction then takes no lock and makes no journal for the staging file.
  if (staging) await connection.exec(`ATTACH ${quoteText(`${pathToFileURL(staging).href}?immutable=1`)} AS staging`, 'open the staging file');
  try {
    return await connection.transaction(() => mergeAll(it));
  } finally {
    if (staging) await connection.exec('DETACH staging', 'close the staging file').catch(() => {});
  }
}

async function mergeAll({ connection, path, plans, request, now, stillFresh }: MergeRequest): Promise<boolean> {
  if (!(await stillFresh())) return false;
  await migrate(connection, path, now);
  for (const plan of plans) {
    const { table } = plan.load;
    for (const statement of mergeStatements(plan, request.asOf)) await connection.exec(statement, `publish "${table.name}"`);
    await writeAudit(connection, table.name, request.audit, request.now(), plan.difference.counts);
  }
  return true;
}

function mergeStatements(plan: TablePlan, asOf: string): string[] {
  const { load, shape, rows, missing, returned } = plan;
  const name = quoteName(load.table.name);
  const key = quoteName(load.table.key);
  const statements = [...shape.statements];
  if (rows) statements.push(plan.shape.copyable ? `INSERT INTO main.${name} SELECT * FROM staging.${rows.name}` : upsert(plan, rows.name));
  if (returned) statements.push(`UPDATE ${name} SET ${MISSING_SINCE.name} = NULL WHERE ${key} IN (SELECT key FROM staging.${returned.name})`);
  if (missing && load.onMissing === 'delete') statements.push(`DELETE FROM ${name} WHERE ${key} IN (SELECT key FROM staging.${missing.name})`);
  if (missing && load.onMissing === 'flag') {
    statements.push(`UPDATE ${name} SET ${MISSING_SINCE.name} = ${quoteText(asOf)} WHERE ${key} IN (SELECT key FROM staging.${missing.name})`);
  }
  if (plan.hadRows) statements.push(...ageStatement(load.table, asOf));
  return [...statements, ...shape.indexes];
}

function upsert({ load, shape }: TablePlan, staged: string): string {
  const names = shape.columns.map((column) => column.name);
  const kept = new Set([load.table.key, 'created_at', MISSING_SINCE.name]);
  const sets = names.filter((it) => !kept.has(it)).map((it) => `${quoteName(it)} = excluded.${quoteName(it)}`);
  // A table that Daybook did not make may lack the time of creation.
  sets.push('created_at = coalesce(created_at, excluded.created_at)');
  return `INSERT INTO main.${quoteName(load.table.name)} (${nameList(names)}) SELECT ${nameList(names)} FROM staging.${staged} WHERE true
    ON CONFLICT (${quoteName(load.table.key)}) DO UPDATE SET ${sets.join(', ')}`;
}

/** One statement for all ages of a table; it touches only rows where one differs. */
function ageStatement(table: PublishedTable, asOf: string): string[] {
  const ages = Object.entries(table.ages).map(([age, date]) => ({
    name: quoteName(age),
    days: `CAST(julianday(${quoteText(asOf)}) - julianday(${quoteName(date)}) AS INTEGER)`,
  }));
  if (ages.length === 0) return [];
  const sets = ages.map(({ name, days }) => `${name} = ${days}`).join(', ');
  const differs = ages.map(({ name, days }) => `${name} IS NOT ${days}`).join(' OR ');
  return [`UPDATE ${quoteName(table.name)} SET ${sets} WHERE ${differs}`];
}

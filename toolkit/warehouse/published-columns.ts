import { DaybookError } from '../errors/index.ts';
import type { PublishedColumn, PublishedTable } from './warehouse.ts';

/** The column that `onMissing: flag` adds. */
export const MISSING_SINCE: PublishedColumn = { name: 'missing_since', kind: 'date', nullable: true };

/** What every published table has besides its business columns, in this order. */
export const METADATA: readonly PublishedColumn[] = [
  { name: 'run_id', kind: 'text', nullable: false },
  { name: 'processed_at', kind: 'instant', nullable: false },
  { name: 'data_source', kind: 'text', nullable: false },
  { name: 'row_hash', kind: 'text', nullable: false },
  { name: 'created_at', kind: 'instant', nullable: false },
  { name: 'updated_at', kind: 'instant', nullable: false },
];

const RESERVED_TABLE = /^(?:sqlite_|daybook_|enrichment_audit$)/i;

/** The business columns of a table by which a row counts as changed: all but those that only age. */
export const hashedColumns = (table: PublishedTable): readonly PublishedColumn[] =>
  table.columns.filter((column) => !Object.hasOwn(table.ages, column.name));

/** The key's column. @throws DaybookError `warehouse.bad-table` */
export function keyColumn(table: PublishedTable): PublishedColumn {
  const key = table.columns.find((column) => column.name === table.key);
  if (!key) throw new DaybookError('warehouse.bad-table', { table: table.name, reason: `its key "${table.key}" is none of its columns` });
  return key;
}

/**
 * Refuses a table that no warehouse can hold, by its definition alone.
 *
 * @throws DaybookError `warehouse.bad-table`
 */
export function checkDefinition(table: PublishedTable): void {
  const reason = faultOf(table);
  if (reason) throw new DaybookError('warehouse.bad-table', { table: table.name, reason });
}

function faultOf(table: PublishedTable): string | null {
  if (RESERVED_TABLE.test(table.name)) return 'its name is reserved';
  const key = keyColumn(table);
  if (key.kind !== 'integer' && key.kind !== 'text') return `its key "${key.name}" is neither an integer nor a text`;
  if (key.nullable) return `its key "${key.name}" is nullable`;
  const taken = new Set([...METADATA, MISSING_SINCE].map((column) => column.name));
  for (const { name } of table.columns) {
    if (taken.has(name.toLowerCase())) return `"${name}" stands twice, or is a name that every published table has`;
    taken.add(name.toLowerCase());
  }
  const kinds = new Map(table.columns.map((column) => [column.name, column.kind]));
  for (const [age, date] of Object.entries(table.ages)) {
    if (kinds.get(age) !== 'integer' || kinds.get(date) !== 'date') return `"${age}" cannot count the days since "${date}"`;
  }
  const unknown = (table.indexes ?? []).flat().find((name) => !kinds.has(name));
  return unknown === undefined ? null : `an index names "${unknown}", which is none of its columns`;
}

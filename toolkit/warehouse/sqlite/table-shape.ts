import { DaybookError } from '../../errors/index.ts';
import { METADATA, MISSING_SINCE } from '../published-columns.ts';
import { nameList, quoteName, quoteText } from '../sql-text.ts';
import type { ColumnKind, PublishedColumn, PublishedTable } from '../warehouse.ts';
import type { Connection } from './connection.ts';

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  date: 'TEXT',
  money: 'DECIMAL(18,2)',
  instant: 'TEXT',
};

interface ExistingColumn {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

/** A table as the warehouse has it; no columns where there is none. */
export interface ExistingTable {
  readonly kind: string | null;
  readonly columns: readonly ExistingColumn[];
  readonly empty: boolean;
}

/** How a table gets from what it is to what is published. */
export interface ShapePlan {
  /** Statements that create it or add columns; none where it fits. */
  readonly statements: readonly string[];
  /** Index statements, to be run after the rows are in; each does nothing where the index exists. */
  readonly indexes: readonly string[];
  /** What is published, in the table's own order. */
  readonly columns: readonly PublishedColumn[];
  /** The table is empty and `columns` are all it has: whole records can be copied. */
  readonly copyable: boolean;
}

/** Reads what the warehouse has under a name. @throws DaybookError `warehouse.*` */
export async function readTable(connection: Connection | null, name: string): Promise<ExistingTable> {
  const absent: ExistingTable = { kind: null, columns: [], empty: true };
  if (!connection) return absent;
  const doing = `read the shape of "${name}"`;
  const [found] = await connection.all<{ kind: string }>(
    `SELECT CASE WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table' ELSE type END AS kind
       FROM sqlite_schema WHERE lower(name) = lower(${quoteText(name)}) AND type IN ('table', 'view')`,
    doing,
  );
  if (!found) return absent;
  const columns = await connection.all<ExistingColumn>(
    `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(${quoteText(name)})`,
    doing,
  );
  const rows = await connection.all(`SELECT 1 FROM ${quoteName(name)} LIMIT 1`, doing);
  return { kind: found.kind, columns, empty: rows.length === 0 };
}

/** The statement that makes a table; an integer key is SQLite's own row number. */
export function createTable(name: string, key: string, columns: readonly PublishedColumn[]): string {
  const defined = columns.map((column) => {
    const rule = column.name === key ? ` PRIMARY KEY${column.kind === 'integer' ? '' : ' NOT NULL'}` : '';
    return `${quoteName(column.name)} ${TYPES[column.kind]}${rule}`;
  });
  return `CREATE TABLE ${quoteName(name)} (${defined.join(', ')})`;
}

/**
 * Works out how to publish into what is there. Nothing is ever dropped; a column has no NOT NULL, so that one that a
 * pipeline stops publishing does not stop it (nulls are refused before the load).
 *
 * @throws DaybookError `warehouse.table-incompatible`
 */
export function planShape(path: string, table: PublishedTable, existing: ExistingTable, flags: boolean): ShapePlan {
  const wanted = [...table.columns, ...METADATA, ...(flags ? [MISSING_SINCE] : [])];
  const indexes = (table.indexes ?? []).map((names) => createIndex(table.name, names));
  if (existing.kind === null) {
    return { statements: [createTable(table.name, table.key, wanted)], indexes, columns: wanted, copyable: true };
  }
  const reason = incompatibility(table, existing, wanted);
  if (reason) throw new DaybookError('warehouse.table-incompatible', { path, table: table.name, reason });
  const has = new Set(existing.columns.map((column) => lower(column.name)));
  const added = wanted.filter((column) => !has.has(lower(column.name)));
  const byName = new Map(wanted.map((column) => [lower(column.name), column]));
  const kept = existing.columns.flatMap((column) => byName.get(lower(column.name)) ?? []);
  return {
    statements: added.map(({ name, kind }) => `ALTER TABLE ${quoteName(table.name)} ADD COLUMN ${quoteName(name)} ${TYPES[kind]}`),
    indexes,
    columns: [...kept, ...added],
    copyable: existing.empty && kept.length === existing.columns.length,
  };
}

const lower = (name: string): string => name.toLowerCase();

const createIndex = (table: string, names: readonly string[]): string =>
  `CREATE INDEX IF NOT EXISTS ${quoteName(`${table}_by_${names.join('_')}`)} ON ${quoteName(table)} (${nameList(names)})`;

function incompatibility(table: PublishedTable, existing: ExistingTable, wanted: readonly PublishedColumn[]): string | null {
  if (existing.kind !== 'table') return `it is a ${existing.kind}`;
  const keys = existing.columns.filter((column) => column.pk > 0).map((column) => column.name);
  if (keys.length !== 1 || lower(keys[0] ?? '') !== lower(table.key)) {
    return keys.length === 0 ? `it has no key, and "${table.key}" is wanted` : `its key is "${keys.join('", "')}" and not "${table.key}"`;
  }
  const byName = new Map(existing.columns.map((column) => [lower(column.name), column]));
  for (const { name, kind } of wanted) {
    const column = byName.get(lower(name));
    if (column && affinity(column.type) !== affinity(TYPES[kind])) return `"${name}" is ${column.type || 'without a type'} and not ${TYPES[kind]}`;
    byName.delete(lower(name));
  }
  const demanding = [...byName.values()].find((column) => column.notnull === 1 && column.dflt_value === null);
  return demanding ? `it demands a value for "${demanding.name}", which is not published` : null;
}

/** What SQLite makes of a declared type (its manual, "Determination Of Column Affinity"). */
function affinity(type: string): string {
  if (/INT/i.test(type)) return 'INTEGER';
  if (/CHAR|CLOB|TEXT/i.test(type)) return 'TEXT';
  if (type === '' || /BLOB/i.test(type)) return 'BLOB';
  return /REAL|FLOA|DOUB/i.test(type) ? 'REAL' : 'NUMERIC';
}

import { VARCHAR } from '@duckdb/node-api';
import type { Session } from '../../frame/session.ts';
import type { KnownRows } from '../difference/difference.ts';
import { keyColumn, MISSING_SINCE } from '../published-columns.ts';
import { quoteName } from '../sql-text.ts';
import type { PublishedTable } from '../warehouse.ts';
import type { Connection } from './connection.ts';
import type { ExistingTable } from './table-shape.ts';

const SLAB_ROWS = 50_000;

interface Slab {
  readonly last: string | null;
  readonly lines: string | null;
}

/**
 * Brings key, row_hash and whether it is flagged of every published row into a table of the engine, as a few long
 * texts: a JavaScript value a row would cost more than the comparison.
 *
 * @returns the engine's table (key, row_hash, flagged), or null where nothing is published
 * @throws DaybookError `warehouse.*`, `engine.*`, `run.cancelled`
 */
export async function readKnown(session: Session, connection: Connection | null, table: PublishedTable, existing: ExistingTable): Promise<KnownRows> {
  if (!connection || existing.empty) return null;
  const [slabs, known] = [session.freshName('known_slabs'), session.freshName('known_rows')];
  const integer = keyColumn(table).kind === 'integer';
  try {
    await session.run(`CREATE TABLE ${slabs} (lines VARCHAR)`, 'make a helper table');
    for await (const lines of slabsOf(connection, table, existing, integer)) await session.append(slabs, [VARCHAR], [[lines]]);
    const key = integer ? `split_part(line, ' ', 1)::BIGINT` : `decode(unhex(split_part(line, ' ', 1)))`;
    await session.run(
      `CREATE TABLE ${known} AS SELECT ${key} AS key, split_part(line, ' ', 2) AS row_hash, split_part(line, ' ', 3) = '1' AS flagged
         FROM (SELECT unnest(string_split(lines, chr(10))) AS line FROM ${slabs})`,
      `read what "${table.name}" holds`,
    );
    return known;
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${slabs}`, 'drop a helper table').catch(() => {});
  }
}

async function* slabsOf(
  connection: Connection,
  table: PublishedTable,
  existing: ExistingTable,
  integer: boolean,
): AsyncGenerator<string, void, undefined> {
  const has = (name: string) => existing.columns.some((column) => column.name.toLowerCase() === name);
  const key = quoteName(table.key);
  const hash = has('row_hash') ? `coalesce(row_hash, '')` : `''`;
  const flagged = has(MISSING_SINCE.name) ? `${MISSING_SINCE.name} IS NOT NULL` : '0';
  const shown = (it: string) => (integer ? `CAST(${it} AS TEXT)` : `hex(${it})`);
  let after = '';
  for (;;) {
    const [slab] = await connection.all<Slab>(
      `SELECT ${shown('max(k)')} AS last, group_concat(${shown('k')} || ' ' || h || ' ' || f, char(10)) AS lines
         FROM (SELECT ${key} AS k, ${hash} AS h, ${flagged} AS f FROM ${quoteName(table.name)} ${after} ORDER BY ${key} LIMIT ${SLAB_ROWS})`,
      `read what "${table.name}" holds`,
    );
    if (!slab || slab.lines === null || slab.last === null) return;
    yield slab.lines;
    after = `WHERE ${key} > ${integer ? slab.last : `CAST(x'${slab.last}' AS TEXT)`}`;
  }
}

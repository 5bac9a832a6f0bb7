import type { Session } from '../../frame/session.ts';
import { keyColumn } from '../published-columns.ts';
import { quoteName } from '../sql-text.ts';
import type { OnMissing, TableCounts, TableLoad } from '../warehouse.ts';
import { rowHash } from './row-hash.ts';
import { storedValue } from './stored-value.ts';

/** What differs between the rows of a run and a published table, as FROM clauses that the engine can read. */
export interface Difference {
  readonly counts: TableCounts;
  /** Business columns and `row_hash` of the rows to insert or update; null where there are none. */
  readonly changed: string | null;
  /** Keys (column `key`) that are no longer in the input and are to be flagged or deleted; null where there are none. */
  readonly missing: string | null;
  /** Keys (column `key`) that were flagged and are back; null where there are none. */
  readonly returned: string | null;
  /** Frees the engine's helper tables. */
  drop(): Promise<void>;
}

/** The table of the engine (key, row_hash, flagged) that holds what the warehouse has; null where it has no row. */
export type KnownRows = string | null;

/**
 * Compares by key and row_hash inside the engine.
 *
 * @param rows how many rows the relation has
 * @throws DaybookError `engine.*`, `run.cancelled`
 */
export async function differenceOf(session: Session, load: TableLoad, known: KnownRows, rows: number): Promise<Difference> {
  if (known === null) {
    const changed = rows === 0 ? null : `(SELECT *, ${rowHash(load.table)} AS row_hash FROM ${quoteName(load.relation)})`;
    return { counts: { inserted: rows, updated: 0, unchanged: 0, deleted: 0 }, changed, missing: null, returned: null, drop: async () => {} };
  }
  const [fresh, changed, gone] = ['fresh_rows', 'changed_rows', 'gone_rows'].map((stem) => session.freshName(stem)) as [string, string, string];
  const drop = async () => {
    for (const table of [fresh, changed, gone]) await session.run(`DROP TABLE IF EXISTS ${table}`, 'drop a helper table');
  };
  try {
    for (const sql of comparison(load, known, { fresh, changed, gone })) await session.run(sql, `compare "${load.table.name}" with the warehouse`);
    const found = await countAll(session, known, { fresh, changed, gone });
    return { ...described(load, rows, found, { fresh, changed, gone }, known), drop };
  } catch (fault) {
    await drop().catch(() => {});
    throw fault;
  }
}

interface Helpers {
  readonly fresh: string;
  readonly changed: string;
  readonly gone: string;
}

function comparison(load: TableLoad, known: string, { fresh, changed, gone }: Helpers): string[] {
  const key = storedValue(keyColumn(load.table));
  return [
    `CREATE TABLE ${fresh} AS SELECT ${key} AS key, ${rowHash(load.table)} AS row_hash FROM ${quoteName(load.relation)}`,
    `CREATE TABLE ${changed} AS SELECT f.key, f.row_hash, k.key IS NULL AS is_new
       FROM ${fresh} f LEFT JOIN ${known} k ON f.key = k.key WHERE f.row_hash IS DISTINCT FROM k.row_hash`,
    `CREATE TABLE ${gone} AS SELECT k.key FROM ${known} k ANTI JOIN ${fresh} f ON f.key = k.key WHERE ${missingTest(load.onMissing)}`,
  ];
}

/** Which of the rows that are gone the load has to touch. */
function missingTest(onMissing: OnMissing): string {
  switch (onMissing) {
    case 'keep':
      return 'false';
    case 'flag':
      return 'NOT k.flagged';
    case 'delete':
      return 'true';
    default:
      return onMissing satisfies never;
  }
}

const returnedKeys = (known: string, fresh: string): string => `(SELECT k.key FROM ${known} k SEMI JOIN ${fresh} f ON f.key = k.key WHERE k.flagged)`;

interface Found {
  readonly inserted: number;
  readonly changed: number;
  readonly gone: number;
  readonly returned: number;
}

async function countAll(session: Session, known: string, { fresh, changed, gone }: Helpers): Promise<Found> {
  const [found] = await session.rows<Found>(
    `SELECT (SELECT count(*) FILTER (is_new)::DOUBLE FROM ${changed}) AS inserted, (SELECT count(*)::DOUBLE FROM ${changed}) AS changed,
       (SELECT count(*)::DOUBLE FROM ${gone}) AS gone, (SELECT count(*)::DOUBLE FROM ${returnedKeys(known, fresh)}) AS returned`,
    'count what changed',
  );
  return found ?? { inserted: 0, changed: 0, gone: 0, returned: 0 };
}

function described(load: TableLoad, rows: number, found: Found, { fresh, changed, gone }: Helpers, known: string): Omit<Difference, 'drop'> {
  const key = storedValue(keyColumn(load.table));
  return {
    counts: {
      inserted: found.inserted,
      updated: found.changed - found.inserted,
      unchanged: rows - found.changed,
      deleted: load.onMissing === 'delete' ? found.gone : 0,
    },
    changed: found.changed === 0 ? null : `(SELECT r.*, c.row_hash FROM ${quoteName(load.relation)} r JOIN ${changed} c ON c.key = r.${key})`,
    missing: found.gone === 0 ? null : gone,
    returned: found.returned === 0 ? null : returnedKeys(known, fresh),
  };
}

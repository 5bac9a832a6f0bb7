import type { Session } from '../../frame/session.ts';
import { type Difference, differenceOf } from '../difference/difference.ts';
import { ageInDays, integerLiteral, storedLiterals, storedValue } from '../difference/stored-value.ts';
import { keyColumn } from '../published-columns.ts';
import type { LoadRequest, PublishedColumn, TableLoad } from '../warehouse.ts';
import type { Connection } from './connection.ts';
import { readKnown } from './read-known.ts';
import type { StagedColumn, StagedPart } from './staged-part.ts';
import { planShape, readTable, type ShapePlan } from './table-shape.ts';

/** What one table needs, worked out before the warehouse is locked. */
export interface TablePlan {
  readonly load: TableLoad;
  readonly shape: ShapePlan;
  readonly difference: Difference;
  /** The table had rows before this load. */
  readonly hadRows: boolean;
  readonly rows: StagedPart | null;
  readonly missing: StagedPart | null;
  readonly returned: StagedPart | null;
}

/** One load of one table, and where to compare it. */
export interface PlanRequest {
  readonly path: string;
  readonly connection: Connection | null;
  readonly request: LoadRequest;
  readonly load: TableLoad;
  /** Rows to load, counted. */
  readonly rows: number;
  /** Position of the table in the request: names its staging tables. */
  readonly at: number;
  /** When the load began, the same for every row. */
  readonly now: Date;
}

/**
 * Compares one table with the warehouse and says what is to be staged; writes nothing.
 *
 * @throws DaybookError `warehouse.*`, `engine.*`, `run.cancelled`
 */
export async function planTable({ path, connection, request, load, rows, at, now }: PlanRequest): Promise<TablePlan> {
  const { session } = request;
  const existing = await readTable(connection, load.table.name);
  const shape = planShape(path, load.table, existing, load.onMissing === 'flag');
  const known = await readKnown(session, connection, load.table, existing);
  const difference = await compared(session, load, known, rows);
  const { changed, missing, returned } = difference;
  return {
    load,
    shape,
    difference,
    hadRows: !existing.empty,
    rows: changed === null ? null : { name: `rows_${at}`, key: load.table.key, columns: rowColumns(shape, request, load, now), from: changed },
    missing: missing === null ? null : keysPart(`missing_${at}`, load, missing),
    returned: returned === null ? null : keysPart(`returned_${at}`, load, returned),
  };
}

async function compared(session: Session, load: TableLoad, known: string | null, rows: number): Promise<Difference> {
  const dropKnown = async () => {
    if (known) await session.run(`DROP TABLE IF EXISTS ${known}`, 'drop a helper table');
  };
  try {
    const found = await differenceOf(session, load, known, rows);
    const drop = async () => {
      await found.drop();
      await dropKnown();
    };
    return { ...found, drop };
  } catch (fault) {
    await dropKnown().catch(() => {});
    throw fault;
  }
}

function rowColumns(shape: ShapePlan, request: LoadRequest, load: TableLoad, now: Date): StagedColumn[] {
  const constants: Readonly<Record<string, string | null>> = {
    run_id: request.audit.runId,
    data_source: load.dataSource,
    processed_at: now.toISOString(),
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    missing_since: null,
  };
  return shape.columns.map((column) => {
    if (Object.hasOwn(constants, column.name)) return { column, constant: constants[column.name] ?? null };
    if (Object.hasOwn(load.table.ages, column.name)) {
      const value = ageInDays(load.table, column.name, request.asOf);
      return { column, value, sent: integerLiteral(value) };
    }
    return { column, value: storedValue(column), sent: storedLiterals(column) };
  });
}

function keysPart(name: string, load: TableLoad, from: string): StagedPart {
  const column: PublishedColumn = { ...keyColumn(load.table), name: 'key' };
  return { name, key: 'key', columns: [{ column, value: storedValue(column), sent: storedLiterals(column) }], from };
}

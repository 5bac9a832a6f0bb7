import type { DuckDBDataChunk, DuckDBValue, DuckDBValueConverter } from '@duckdb/node-api';
import type { ColumnTable } from 'arquero';
import { defaultSession } from './default-session.ts';
import { prepare } from './execute.ts';
import { rememberPersonal } from './personal/in-table.ts';
import { personalOf } from './personal/of-plan.ts';
import { plainValue } from './plain-value.ts';
import type { Plan } from './plan.ts';
import type { Session } from './session.ts';
import { quoted } from './sql.ts';

/** A value as Arquero holds it: whole numbers as numbers while they are exact, dates as Date. */
const convert: DuckDBValueConverter<unknown> = (value, type, self) => {
  const plain = plainValue(value, type, self);
  return typeof plain === 'bigint' && plain <= Number.MAX_SAFE_INTEGER && plain >= Number.MIN_SAFE_INTEGER ? Number(plain) : plain;
};

/** Arquero's modules are many, and a run that publishes never collects. */
const tableOf = async (plan: Plan, held: Held): Promise<ColumnTable> => rememberPersonal((await import('arquero')).table(held), personalOf(plan));

type Held = Map<string, unknown[]>;
const empty = (columns: readonly string[]): Held => new Map(columns.map((name) => [name, []]));

function take(held: Held, columns: readonly string[], chunk: DuckDBDataChunk): void {
  columns.forEach((name, i) => {
    const into = held.get(name) as unknown[];
    for (const value of chunk.convertColumnValues(i, convert as DuckDBValueConverter<DuckDBValue>)) into.push(value);
  });
}

/** All rows of a plan as one Arquero table. */
export async function collect(plan: Plan, session?: Session): Promise<ColumnTable> {
  for await (const all of batches(plan, { ...(session && { session }), rows: Number.POSITIVE_INFINITY })) return all;
  return tableOf(plan, empty(plan.columns));
}

/** The rows of a plan as Arquero tables of about `rows` rows, 65,536 by default. */
export async function* batches(
  plan: Plan,
  { session, rows = 65_536 }: { readonly session?: Session; readonly rows?: number },
): AsyncGenerator<ColumnTable, void, undefined> {
  const where = session ?? (await defaultSession());
  let held = empty(plan.columns);
  let count = 0;
  for await (const chunk of where.stream(await prepare(where, plan), 'collect a frame')) {
    take(held, plan.columns, chunk);
    count += chunk.rowCount;
    if (count < rows) continue;
    yield await tableOf(plan, held);
    held = empty(plan.columns);
    count = 0;
  }
  if (count > 0) yield await tableOf(plan, held);
}

/** How many rows a plan gives. */
export async function countRows(plan: Plan, session?: Session): Promise<number> {
  const where = session ?? (await defaultSession());
  const [row] = await where.rows<{ n: bigint }>(`SELECT count(*) AS ${quoted('n')} FROM (${await prepare(where, plan)})`, 'count rows');
  return Number(row?.n ?? 0);
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { type ReferenceCustomer, type ReferenceResult, reference } from '../reference/index.ts';
import type { Input } from './input.ts';

/** Counts of every source and rule, as a job prints them. */
export interface Counts {
  readonly rows: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly rules: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Row = Readonly<Record<string, unknown>>;

const MONEY = ['total_spent', 'average_order'];
const EXAMPLES = 3;

/** What the independent reference makes of an input. */
export function expectedOf(input: Input, asOf: string): ReferenceResult {
  const file = (path: string) => [{ name: basename(path), bytes: readFileSync(path) }];
  const { crm, orders, support, postcodes, companies } = input;
  const sources = { crm: file(crm), orders: file(orders), support: file(support), postcodes: file(postcodes), companies: file(companies) };
  return reference({ sources, asOf });
}

/** Where a job's table and counts differ from the reference, in a few lines; none where it is right. */
export async function differencesFrom(expected: ReferenceResult, table: string, counts: Counts): Promise<string[]> {
  const rows = await query(table, (base) => base('SELECT * FROM customer_enriched ORDER BY customer_id'));
  const lines = countDifferences(countsOf(expected), counts);
  if (rows.length !== expected.customers.length) lines.push(`rows: ${expected.customers.length} expected, ${rows.length} found`);
  const [first] = expected.customers;
  if (first === undefined) return lines;
  for (const column of Object.keys(first) as (keyof ReferenceCustomer)[]) {
    const wrong = expected.customers.filter((customer, at) => rows[at]?.[column] !== stored(column, customer[column]));
    const keys = wrong.slice(0, EXAMPLES).map(({ customer_id }) => customer_id);
    if (wrong.length > 0) lines.push(`${column}: ${wrong.length} rows differ, customer_id ${keys.join(', ')}`);
  }
  return lines;
}

/** Where two jobs' tables differ by the columns of the reference, and where their counts do. */
export async function differencesBetween(
  columns: readonly string[],
  one: string,
  other: string,
  counts: readonly [Counts, Counts],
): Promise<string[]> {
  const lines = countDifferences(...counts);
  const differing = columns.map((column) => `total(NOT (a.${column} IS b.${column})) AS ${column}`).join(', ');
  await query(one, async (base) => {
    await base(`ATTACH '${other.replaceAll("'", "''")}' AS other`);
    const [sizes] = await base(
      'SELECT (SELECT count(*) FROM main.customer_enriched) AS one, (SELECT count(*) FROM other.customer_enriched) AS other',
    );
    const [found] = await base(
      `SELECT count(*) AS rows, ${differing} FROM main.customer_enriched a JOIN other.customer_enriched b USING (customer_id)`,
    );
    if (sizes?.one !== sizes?.other || sizes?.one !== found?.rows)
      lines.push(`rows: ${sizes?.one} and ${sizes?.other}, ${found?.rows} with the same key`);
    for (const column of columns) if (found?.[column] !== 0) lines.push(`${column}: ${found?.[column]} rows differ`);
    return [];
  });
  return lines;
}

/** The reference's counts as plain records. */
function countsOf({ rows, rules }: ReferenceResult): Counts {
  return { rows: Object.fromEntries(Object.entries(rows).map(([source, counted]) => [source, { ...counted }])), rules };
}

function countDifferences(expected: Counts, counts: Counts): string[] {
  const flat = ({ rows, rules }: Counts): Map<string, number> =>
    new Map(
      [...Object.entries(rows), ...Object.entries(rules)].flatMap(([source, numbers]) =>
        Object.entries(numbers).map(([name, count]) => [`${source} ${name}`, count] as const),
      ),
    );
  const [left, right] = [flat(expected), flat(counts)];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => `${name}: ${left.get(name)} expected, ${right.get(name)} counted`);
}

/** The value that SQLite holds: money is the number whose shortest text is the amount. */
function stored(column: string, value: unknown): unknown {
  return MONEY.includes(column) && value !== null ? Number(value) : value;
}

async function query(path: string, work: (all: (sql: string) => Promise<Row[]>) => Promise<Row[]>): Promise<Row[]> {
  const base = new sqlite3.Database(path);
  try {
    return await work(promisify(base.all.bind(base)) as (sql: string) => Promise<Row[]>);
  } finally {
    await promisify(base.close.bind(base))();
  }
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { carefulOrder } from './careful-order.ts';
import { repairCsv } from './repair-csv.ts';
import { writeSqlite } from './write-sqlite.ts';

const SOURCES = ['crm', 'orders', 'support', 'postcodes', 'companies'] as const;
const KEYS = { crm: 'customer_id', support: 'ticket_id', postcodes: 'outcode', companies: 'domain' } as const;
const WHITE = '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
const ID = '([1-9][0-9]{0,14})';
const AMOUNT = '((?:0|[1-9][0-9]{0,9})(?:[.][0-9]{1,2})?)';
const DATE = '([0-9/-]{10})';
const INCODE = '[0-9][ABD-HJLNP-UW-Z]{2}';
const OUTCODE = '[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9]|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])';
const VARIABLES = {
  white: WHITE,
  class: '[\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}]',
  plain: `^\\{"order_id":${ID},"customer_id":${ID},"amount":${AMOUNT},"date":"${DATE}"\\}$`,
  legacy: `^\\{"order_id":"${ID}","cust_id":"${ID}","total":"${AMOUNT}","order_date":"${DATE}"\\}$`,
  email: z.regexes.email.source,
  postcode: `^(?:GIR0AA|${OUTCODE}${INCODE})$`,
};

const phases: { name: string; wallMs: number; cpuMs: number }[] = [];

/** Notes wall and CPU milliseconds since the phase before, the first one from the start of the process. */
function endPhase(name: string): void {
  const { user, system } = process.cpuUsage();
  const before = phases.reduce((sum, { wallMs, cpuMs }) => ({ wallMs: sum.wallMs + wallMs, cpuMs: sum.cpuMs + cpuMs }), { wallMs: 0, cpuMs: 0 });
  phases.push({ name, wallMs: Math.round(performance.now() - before.wallMs), cpuMs: Math.round((user + system) / 1000 - before.cpuMs) });
}

function register(connection: DuckDBConnection, name: string, work: (text: string) => string | null): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: [VARCHAR],
      returnType: VARCHAR,
      specialHandling: true,
      mainFunction: (_, input, output) => {
        const texts = input.getColumnVector(0);
        for (let row = 0; row < input.rowCount; row += 1) {
          const text = texts.getItem(row) as string | null;
          output.setItem(row, text === null ? null : work(text));
        }
        output.flush();
      },
    }),
  );
}

const titleCased = (text: string): string =>
  text.toLowerCase().replace(/(^|[ \-'’])([^ \-'’])/gu, (_, before, letter) => before + letter.toUpperCase());

/** Read, accepted, rejected and warned records, and the count of every rule: the columns of a checked table whose name has a point. */
async function countsOf(connection: DuckDBConnection, source: string, malformed: number) {
  const rules = await single(connection, `SELECT sum(CAST(COLUMNS('[.]') AS INTEGER)) AS "\\0" FROM ${source}`);
  const warnings = Object.keys(rules).filter((rule) =>
    /^(first|last)_name|^(email|phone|postcode|registration_date|status|date|issue_type|priority|created_date)[.]/.test(rule),
  );
  const warned = warnings.length === 0 ? '0' : `count(*) FILTER (accepted AND (${warnings.map((rule) => `"${rule}"`).join(' OR ')}))`;
  const {
    total = 0,
    accepted = 0,
    marked = 0,
  } = await single(connection, `SELECT count(*) AS total, count(*) FILTER (accepted) AS accepted, ${warned} AS marked FROM ${source}`);
  const rows = { read: total + malformed, accepted, rejected: total + malformed - accepted, warned: marked };
  return { rows, rules: { ...rules, 'record.malformed': malformed } };
}

async function single(connection: DuckDBConnection, sql: string): Promise<Record<string, number>> {
  const [row = {}] = (await connection.runAndReadAll(sql)).getRowObjects();
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { crm: text, orders: text, support: text, postcodes: text, companies: text, out: text, 'as-of': text } });
  const given = values as Record<string, string>;
  const work = mkdtempSync(join(tmpdir(), 'daybook-bench-duckdb-'));
  const connection = await (await DuckDBInstance.create(':memory:', { temp_directory: work })).connect();
  register(connection, 'js_title', titleCased);
  register(connection, 'careful_order', carefulOrder);
  const set = (name: string, value = ''): Promise<unknown> => connection.run(`SET VARIABLE ${name} = '${value.replaceAll("'", "''")}'`);
  for (const [name, value] of Object.entries(VARIABLES)) await set(name, value);
  await set('orders', given.orders);
  await set('as_of', given['as-of']);
  let sql = readFileSync(new URL('duckdb_job.sql', import.meta.url), 'utf8');
  const malformed: Record<string, number> = {};
  for (const [source, key] of Object.entries(KEYS)) {
    const repaired = repairCsv(given[source] ?? '', join(work, source), key);
    malformed[source] = repaired.malformed;
    sql = sql.replace(
      `{${source}_columns}`,
      `{${repaired.columns.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}, force_not_null = ['${repaired.columns.join("', '")}']`,
    );
    await set(source, join(work, source));
  }
  for (const statement of sql.split(/;\n+/)) {
    if (statement.trim() === '') continue;
    await connection.run(statement);
  }
  const { total = 0 } = await single(connection, "SELECT count(*) AS total FROM odd_order WHERE packed = ['']");
  malformed.orders = total;
  const counts = [];
  for (const source of SOURCES) counts.push([source, await countsOf(connection, source, malformed[source] ?? 0)] as const);
  endPhase('engine');
  await writeSqlite(connection, given.out ?? '');
  endPhase('sqlite');
  rmSync(work, { recursive: true });
  const rows = Object.fromEntries(counts.map(([source, counted]) => [source, counted.rows]));
  const rules = Object.fromEntries(counts.map(([source, counted]) => [source, counted.rules]));
  process.stdout.write(`${JSON.stringify({ rows, rules, phases })}\n`);
}

await main();

import { join } from 'node:path';
import { DOUBLE, type DuckDBType, INTEGER, VARCHAR } from '@duckdb/node-api';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import type { DaybookError } from '../../../toolkit/errors/index.ts';
import { publishedRows } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import type { ColumnKind, PublishedTable } from '../../../toolkit/warehouse/warehouse.ts';
import { peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask } from './raw-sqlite.ts';

const EXTENSIONS = process.env['DAYBOOK_TEST_EXTENSIONS'];
const withExtension = EXTENSIONS ? test : test.skip;

const tableOf = (kind: ColumnKind): PublishedTable => ({
  name: 'things',
  key: 'id',
  ages: {},
  columns: [
    { name: 'id', kind: 'integer', nullable: false },
    { name: 'it', kind, nullable: true },
  ],
});

/** Publishes values, numbered from 0, and gives the folder's database. */
async function published(
  t: ExecutionContext,
  kind: ColumnKind,
  type: DuckDBType,
  values: readonly (string | number | null)[],
  cast: string,
  extensions?: string,
): Promise<string> {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const session = await sessionOf(t, extensions);
  await session.run('CREATE TABLE given (id INTEGER, it VARCHAR)'.replace('VARCHAR', type === DOUBLE ? 'DOUBLE' : 'VARCHAR'));
  await session.append(
    'given',
    [INTEGER, type],
    values.map((value, id) => [id, value]),
  );
  const request = await requestOf(session, folder, { query: `SELECT id, it::${cast} AS it FROM given`, runId: 'one', table: tableOf(kind) });
  await sqliteWarehouse({ path }).load(request);
  return path;
}

const ODD_TEXTS = [
  '',
  ' ',
  "O'Brien",
  "''",
  '"',
  '`',
  '\\',
  '\\n',
  'a\nb',
  'a\r\nb',
  '\t',
  '--',
  '/* */',
  ';',
  '?',
  ':a',
  '$1',
  '%',
  '(',
  ')',
  '),(',
  'NULL',
  '0',
  '1e3',
  '007',
  '12.0',
  '-0',
  '\ufeffBOM',
  'é',
  'e\u0301',
  'ß',
  '日本語',
  '😀',
  '\u{10FFFF}',
  '\u2028',
  '\u0001',
  '\u007f',
  '\u200b',
  'x'.repeat(70_000),
];

const keepsTexts = test.macro(async (t, extensions?: string) => {
  const values = [
    null,
    ...ODD_TEXTS,
    "'".repeat(5_000_000),
    ...fc.sample(fc.string({ unit: 'binary' }), 300).map((text) => text.replaceAll('\0', '')),
  ];
  const path = await published(t, 'text', VARCHAR, values, 'VARCHAR', extensions);
  const rows = await publishedRows(path, 'things');
  t.true(rows.every((row, i) => row['it'] === values[i]));
  t.is(new Set(rows.map((row) => row['row_hash'])).size, values.length);
});
test('texts arrive as they are, whatever is in them', keepsTexts, undefined);
withExtension('texts arrive as they are by the extension too', keepsTexts, EXTENSIONS);

const pounds = (pence: bigint) =>
  `${pence < 0n ? '-' : ''}${(pence < 0n ? -pence : pence) / 100n}.${String((pence < 0n ? -pence : pence) % 100n).padStart(2, '0')}`;
const LARGEST = 9007199254740991n;

const keepsMoney = test.macro(async (t, extensions?: string) => {
  const drawn = fc.sample(fc.oneof(fc.bigInt(-LARGEST, LARGEST), fc.bigInt(-1_000_000n, 1_000_000n)), 3000);
  const amounts = [0n, 1n, -1n, 100000n, 99999n, LARGEST, -LARGEST, ...drawn].map(pounds);
  const path = await published(t, 'money', VARCHAR, amounts, 'DECIMAL(18,2)', extensions);
  const rows = await ask<{ it: number; atLeast: number }>(path, 'SELECT it, it >= 1000 AS atLeast FROM things ORDER BY id');
  t.true(rows.every(({ it }, i) => it === Number(amounts[i])));
  t.true(rows.every(({ atLeast }, i) => atLeast === Number(Number(amounts[i]) >= 1000)));
  const pence = amounts.map((amount) => BigInt(amount.replace('.', '')));
  const exact = rows.every(
    ({ it }, i) =>
      Math.abs(it) > 2 ** 46 ||
      (it * 100 < 2 ** 53 &&
        it
          .toFixed(2)
          .replace('.', '')
          .replace(/^(-?)0+(?=\d)/, '$1') === String(pence[i])),
  );
  t.true(exact, 'the shortest text is the exact amount');
});
test('money is the double nearest to the exact amount, and compares as what it says', keepsMoney, undefined);
withExtension('money is exact by the extension too', keepsMoney, EXTENSIONS);

const keepsReals = test.macro(async (t, extensions?: string) => {
  const edges = [
    0,
    1,
    -1,
    0.1,
    51.5074,
    -0.1278,
    1 / 3,
    5e-324,
    -5e-324,
    Number.MIN_VALUE * 3,
    2.2250738585072014e-308,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    2 ** 53,
    2 ** 60,
    1e16,
    1e22,
  ];
  const drawn = fc.sample(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -180, max: 180, noNaN: true })), 5000);
  const values = [...edges, ...drawn.map((value) => value + 0)];
  const path = await published(t, 'real', DOUBLE, values, 'DOUBLE', extensions);
  const rows = await ask<{ it: number; type: string }>(path, 'SELECT it, typeof(it) AS type FROM things ORDER BY id');
  t.true(rows.every(({ it, type }, i) => it === values[i] && type === 'real'));
});
test('a double arrives to the bit', keepsReals, undefined);
withExtension('a double arrives to the bit by the extension too', keepsReals, EXTENSIONS);

withExtension('staging by the extension and by tuples give identical tables', async (t) => {
  const tables: unknown[] = [];
  for (const extensions of [undefined, EXTENSIONS]) {
    const folder = temporaryFolder(t);
    const path = join(folder, 'w.sqlite');
    const session = await sessionOf(t, extensions);
    const warehouse = sqliteWarehouse({ path });
    await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5000), runId: 'one' }));
    await warehouse.load(await requestOf(session, folder, { query: peopleQuery(4900, 50, 60), runId: 'two', onMissing: 'flag' }));
    await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5050, 70), runId: 'three', onMissing: 'delete', asOf: '2026-12-01' }));
    tables.push(await ask(path, 'SELECT *, typeof(spent) AS a, typeof(latitude) AS b, typeof(id) AS c, typeof(days_since) AS d FROM people'));
    tables.push(await ask(path, 'SELECT name, sql FROM sqlite_schema ORDER BY name'));
  }
  t.deepEqual(tables.slice(0, 2), tables.slice(2));
});

test('null and empty differ in the row hash, and so do values that run together', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const table: PublishedTable = {
    ...tableOf('text'),
    columns: ['id', 'a', 'b'].map((name) => ({ name, kind: name === 'id' ? 'integer' : 'text', nullable: name !== 'id' })),
  };
  const rows = [
    [`''`, 'NULL'],
    ['NULL', `''`],
    ['NULL', 'NULL'],
    [`''`, `''`],
    [`'ab'`, `'c'`],
    [`'a'`, `'bc'`],
    [`'1'`, 'NULL'],
    ['NULL', `'1'`],
  ];
  const session = await sessionOf(t);
  for (const [i, [a, b]] of rows.entries()) {
    const counts = await sqliteWarehouse({ path }).load(
      await requestOf(session, folder, { query: `SELECT 1 AS id, ${a} AS a, ${b} AS b`.replaceAll('NULL', 'NULL::VARCHAR'), runId: `${i}`, table }),
    );
    t.is((counts['things']?.inserted ?? 0) + (counts['things']?.updated ?? 0), 1);
  }
});

const stops = test.macro({
  title: (given, kind: ColumnKind, sql: string) => `${given ?? 'stops'}: ${kind} ${sql}`,
  async exec(t, kind: ColumnKind, sql: string, code: string, exit: number) {
    const folder = temporaryFolder(t);
    const path = join(folder, 'w.sqlite');
    const warehouse = sqliteWarehouse({ path });
    const session = await sessionOf(t);
    await warehouse.load(await requestOf(session, folder, { query: peopleQuery(3), runId: 'one' }));
    const before = await ask(path, 'SELECT * FROM sqlite_schema');
    const request = await requestOf(session, folder, { query: `SELECT * FROM (VALUES (1, ${sql})) v(id, it)`, runId: 'two', table: tableOf(kind) });
    const fault = await t.throwsAsync<DaybookError>(warehouse.load(request), { code });
    t.is(fault?.exit as number, exit);
    t.deepEqual(await ask(path, 'SELECT * FROM sqlite_schema'), before);
  },
});
test('a NUL', stops, 'text', `'secret' || chr(0)`, 'warehouse.value-not-storable', 65);
test('infinity', stops, 'real', `'inf'::DOUBLE`, 'warehouse.value-not-storable', 65);
test('not a number', stops, 'real', `'nan'::DOUBLE`, 'warehouse.value-not-storable', 65);
test('a penny too much', stops, 'money', '90071992547409.92::DECIMAL(18,2)', 'run.total-too-large', 65);
test('a penny too little', stops, 'money', '-90071992547409.92::DECIMAL(38,2)', 'run.total-too-large', 65);
test('binary money', stops, 'money', '1.5::DOUBLE', 'warehouse.bad-table', 78);
test('two rows of a key', stops, 'text', `'a'), (1, 'b'`, 'warehouse.duplicate-key', 1);
test('no key', stops, 'text', `'a'), (NULL, 'b'`, 'warehouse.null-value', 1);

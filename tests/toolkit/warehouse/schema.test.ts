import { join } from 'node:path';
import test from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { publishedRows } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import type { PublishedTable } from '../../../toolkit/warehouse/warehouse.ts';
import { PEOPLE, peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask, change } from './raw-sqlite.ts';

test('a column that is new to the pipeline is added, and fills', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = sqliteWarehouse({ path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5), runId: 'one' }));
  const table: PublishedTable = { ...PEOPLE, columns: [...PEOPLE.columns, { name: 'city', kind: 'text', nullable: true }] };
  const counts = await warehouse.load(
    await requestOf(session, folder, { query: `SELECT *, 'Ely' AS city FROM (${peopleQuery(5)})`, runId: 'two', table }),
  );
  t.deepEqual(counts['people'], { inserted: 0, updated: 5, unchanged: 0, deleted: 0 });
  t.deepEqual(
    (await publishedRows(path, 'people')).map((row) => row['city']),
    Array(5).fill('Ely'),
  );
});

test('a column that is published no longer stays, and so do its values', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = sqliteWarehouse({ path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(3), runId: 'one' }));
  const table: PublishedTable = { ...PEOPLE, indexes: [], columns: PEOPLE.columns.filter((column) => column.name !== 'score') };
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(4), runId: 'two', table }));
  t.deepEqual(
    (await publishedRows(path, 'people')).map((row) => row['score']),
    [1, 2, 3, null],
  );
});

test('a table made by hand with the right key is taken over; what it lacks is added', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  await change(path, `CREATE TABLE people (Name TEXT, note TEXT DEFAULT 'x', id INTEGER PRIMARY KEY); INSERT INTO people VALUES ('old', 'mine', 2)`);
  const counts = await sqliteWarehouse({ path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(3), runId: 'one' }));
  t.deepEqual(counts['people'], { inserted: 2, updated: 1, unchanged: 0, deleted: 0 });
  const rows = await publishedRows(path, 'people');
  t.deepEqual(
    rows.map((row) => [row['id'], row['Name'], row['note'], row['score']]),
    [
      [1, 'Name 1', 'x', 1],
      [2, 'Name 2', 'mine', 2],
      [3, 'Name 3', 'x', 3],
    ],
  );
  t.true(rows.every((row) => row['created_at'] !== null));
});

const refuses = test.macro({
  title: (given, _sql: string, words: RegExp) => `${given ?? 'a table'} is refused: ${words.source}`,
  async exec(t, sql: string, words: RegExp) {
    const folder = temporaryFolder(t);
    const path = join(folder, 'w.sqlite');
    await change(path, sql);
    const before = await ask(path, 'SELECT * FROM sqlite_schema');
    const warehouse = sqliteWarehouse({ path });
    const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(3), runId: 'one' });
    for (const work of [() => warehouse.load(request), () => warehouse.load({ ...request, dryRun: true }), () => warehouse.check([PEOPLE])]) {
      const fault = await t.throwsAsync<DaybookError>(work, { instanceOf: DaybookError, code: 'warehouse.table-incompatible' });
      t.is(fault?.exit, 78);
      t.regex(fault?.message ?? '', words);
    }
    t.deepEqual(await ask(path, 'SELECT * FROM sqlite_schema'), before);
  },
});
test('another key', refuses, 'CREATE TABLE people (id INTEGER, name TEXT PRIMARY KEY)', /its key is "name"/);
test('two keys', refuses, 'CREATE TABLE people (id INTEGER, name TEXT, PRIMARY KEY (id, name))', /its key is "id", "name"/);
test('no key', refuses, 'CREATE TABLE people (id INTEGER, name TEXT)', /it has no key/);
test('another type of the key', refuses, 'CREATE TABLE people (id TEXT PRIMARY KEY)', /"id" is TEXT and not INTEGER/);
test('another type', refuses, 'CREATE TABLE people (id INTEGER PRIMARY KEY, spent TEXT)', /"spent" is TEXT and not DECIMAL/);
test('no type', refuses, 'CREATE TABLE people (id INTEGER PRIMARY KEY, spent)', /"spent" is without a type/);
test('a view', refuses, 'CREATE VIEW people AS SELECT 1 AS id', /it is a view/);
test('a value demanded', refuses, 'CREATE TABLE people (id INTEGER PRIMARY KEY, note TEXT NOT NULL)', /demands a value for "note"/);

test('a warehouse of a newer Daybook is left alone', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  await change(
    path,
    'CREATE TABLE daybook_migrations (version INTEGER PRIMARY KEY, name TEXT, applied_at TEXT); INSERT INTO daybook_migrations VALUES (99, NULL, NULL)',
  );
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(3), runId: 'one' });
  await t.throwsAsync(sqliteWarehouse({ path }).load(request), { code: 'warehouse.newer' });
  t.deepEqual(await ask(path, `SELECT name FROM sqlite_schema WHERE type = 'table'`), [{ name: 'daybook_migrations' }]);
});

const isBad = test.macro(async (t, wrong: Partial<PublishedTable>, words: RegExp) => {
  const folder = temporaryFolder(t);
  const warehouse = sqliteWarehouse({ path: join(folder, 'w.sqlite') });
  const fault = await t.throwsAsync<DaybookError>(warehouse.check([{ ...PEOPLE, ...wrong }]), { code: 'warehouse.bad-table' });
  t.regex(fault?.message ?? '', words);
  t.is(fault?.exit, 78);
});
test('a key that is no column', isBad, { key: 'nobody' }, /none of its columns/);
test('a key that may be null', isBad, { columns: PEOPLE.columns.map((column) => ({ ...column, nullable: true })) }, /is nullable/);
test('a key that is a date', isBad, { key: 'seen' }, /neither an integer nor a text/);
test(
  'a column twice but for its case',
  isBad,
  { columns: [...PEOPLE.columns, { name: 'Name', kind: 'text', nullable: true }] },
  /"Name" stands twice/,
);
test(
  'a column with the name of a metadata column',
  isBad,
  { columns: [...PEOPLE.columns, { name: 'run_id', kind: 'text', nullable: true }] },
  /"run_id"/,
);
test('an age of something that is no date', isBad, { ages: { days_since: 'name' } }, /cannot count/);
test('an index on nothing', isBad, { indexes: [['nothing']] }, /"nothing"/);
test('a reserved name', isBad, { name: 'enrichment_audit' }, /reserved/);

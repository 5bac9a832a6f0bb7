import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openWarehouse } from '../../../toolkit/warehouse/open-warehouse.ts';
import { publishedRows, tableSummary } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { auditOf, NOW, PEOPLE, peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask } from './raw-sqlite.ts';

const LATER = new Date('2026-11-25T06:00:00.000Z');

test('a first load inserts every row, with its metadata, and leaves one file', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const progress: number[] = [];
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(5000), runId: 'one' });
  const counts = await warehouse.load({ ...request, onProgress: (rows) => progress.push(rows) });
  t.deepEqual(counts, { people: { inserted: 5000, updated: 0, unchanged: 0, deleted: 0 } });
  t.is(progress.at(-1), 5000);
  t.deepEqual(readdirSync(folder), ['w.sqlite']);
  const [first, second] = await publishedRows(path, 'people');
  const now = NOW.toISOString();
  const metadata = { run_id: 'one', processed_at: now, data_source: 'people.csv', created_at: now, updated_at: now };
  t.like(first, { id: 1, name: 'Name 1', score: 1, spent: 0.01, latitude: 1 / 7, seen: '2024-01-02', days_since: 1057, ...metadata });
  t.regex(String(first?.['row_hash']), /^[0-9a-f]{32}$/);
  t.not(first?.['row_hash'], second?.['row_hash']);
});

const rowOrders = { 'but for one row in fifty': 'CASE WHEN id % 50 = 7 THEN -id ELSE id END', 'the other way round': '-id' };
for (const [order, by] of Object.entries(rowOrders)) {
  test(`rows that come in the order of their keys ${order} are all published`, async (t) => {
    const folder = temporaryFolder(t);
    const path = join(folder, 'w.sqlite');
    const query = `SELECT * FROM (${peopleQuery(1000)}) ORDER BY ${by}`;
    await openWarehouse({ kind: 'sqlite', path }).load(await requestOf(await sessionOf(t), folder, { query, runId: 'one' }));
    const rows = await publishedRows(path, 'people');
    t.deepEqual(
      rows.map(({ id }) => id),
      Array.from({ length: 1000 }, (_, i) => i + 1),
    );
    t.like(rows.at(-1), { id: 1000, spent: 10 });
  });
}

test('columns have the documented types, and indexes are made', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  await openWarehouse({ kind: 'sqlite', path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(3), runId: 'one' }));
  const columns = await ask<{ name: string; type: string; pk: number }>(path, "SELECT name, type, pk FROM pragma_table_info('people')");
  t.deepEqual(columns.slice(0, 8), [
    { name: 'id', type: 'INTEGER', pk: 1 },
    { name: 'name', type: 'TEXT', pk: 0 },
    { name: 'score', type: 'INTEGER', pk: 0 },
    { name: 'spent', type: 'DECIMAL(18,2)', pk: 0 },
    { name: 'latitude', type: 'REAL', pk: 0 },
    { name: 'seen', type: 'TEXT', pk: 0 },
    { name: 'days_since', type: 'INTEGER', pk: 0 },
    { name: 'run_id', type: 'TEXT', pk: 0 },
  ]);
  const indexes = await ask<{ name: string }>(path, `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`);
  t.deepEqual(
    indexes.map(({ name }) => name),
    ['enrichment_audit_by_started_at', 'people_by_score_name'],
  );
});

test('the same load again inserts and updates nothing and changes no value of any row', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5000), runId: 'one' }));
  const before = await ask(path, 'SELECT rowid, *, typeof(spent), typeof(latitude) FROM people');
  const again = await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5000), runId: 'two', now: LATER }));
  t.deepEqual(again, { people: { inserted: 0, updated: 0, unchanged: 5000, deleted: 0 } });
  t.deepEqual(await ask(path, 'SELECT rowid, *, typeof(spent), typeof(latitude) FROM people'), before);
});

test('what changed is updated with created_at kept, what is new is inserted, and the rest is untouched', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5000), runId: 'one' }));
  const before = await publishedRows(path, 'people');
  const counts = await warehouse.load(await requestOf(session, folder, { query: peopleQuery(5001, 100), runId: 'two', now: LATER }));
  t.deepEqual(counts, { people: { inserted: 1, updated: 50, unchanged: 4950, deleted: 0 } });
  const after = await publishedRows(path, 'people');
  for (const [i, row] of before.entries()) {
    if (Number(row['id']) % 100 !== 0) t.deepEqual(after[i], row);
    else t.like(after[i], { run_id: 'two', created_at: NOW.toISOString(), updated_at: LATER.toISOString(), score: Number(row['score']) + 1000 });
  }
  t.like(after[5000], { id: 5001, run_id: 'two', created_at: LATER.toISOString() });
});

test('another as-of date changes the ages of the whole table and nothing else', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(100), runId: 'one' }));
  const before = await publishedRows(path, 'people');
  const counts = await warehouse.load(await requestOf(session, folder, { query: peopleQuery(50), runId: 'two', asOf: '2023-12-31' }));
  t.deepEqual(counts, { people: { inserted: 0, updated: 0, unchanged: 50, deleted: 0 } });
  const days = (seen: unknown) => (seen === null ? null : (Date.parse('2023-12-31') - Date.parse(String(seen))) / 86_400_000);
  t.deepEqual(
    await publishedRows(path, 'people'),
    before.map((row) => ({ ...row, days_since: days(row['seen']) })),
  );
});

test('a dry run counts and creates nothing', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  const first = await warehouse.load(await requestOf(session, folder, { query: peopleQuery(10), runId: 'dry', dryRun: true }));
  t.deepEqual(first, { people: { inserted: 10, updated: 0, unchanged: 0, deleted: 0 } });
  t.deepEqual(readdirSync(folder), []);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(10), runId: 'one' }));
  const before = await publishedRows(path, 'people');
  const second = await warehouse.load(await requestOf(session, folder, { query: peopleQuery(11, 5), runId: 'dry', dryRun: true, onMissing: 'flag' }));
  t.deepEqual(second, { people: { inserted: 1, updated: 2, unchanged: 8, deleted: 0 } });
  t.deepEqual(await publishedRows(path, 'people'), before);
  t.is((await tableSummary(path, 'people'))?.lastRun?.runId, 'one');
});

test('an input without rows makes the table, and keeps what is published', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(0), runId: 'one' }));
  t.deepEqual(await publishedRows(path, 'people'), []);
  await warehouse.load(await requestOf(session, folder, { query: peopleQuery(3), runId: 'two' }));
  t.deepEqual((await warehouse.load(await requestOf(session, folder, { query: peopleQuery(0), runId: 'three' })))['people'], {
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
  });
  t.is((await publishedRows(path, 'people')).length, 3);
});

test('the audit has one row a run and table, and a published run is not unsaid', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  await warehouse.recordAudit(['people'], { ...auditOf('zero'), status: 'refused', error: 'run.gate-failed', startedAt: new Date(0) }, NOW);
  await warehouse.load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(7), runId: 'one' }));
  await warehouse.recordAudit(['people'], { ...auditOf('one'), status: 'failed', error: 'run.bug' }, LATER);
  const counts = { rows_read: 12, rows_accepted: 10, rows_rejected: 2, rows_updated: 0, rows_unchanged: 0, rows_deleted: 0, code_version: 'test' };
  const [zero, one] = await publishedRows(path, 'enrichment_audit').then((rows) =>
    rows.sort((a, b) => String(a['started_at']).localeCompare(String(b['started_at']))),
  );
  t.deepEqual(zero, {
    ...counts,
    run_id: 'zero',
    table_name: 'people',
    started_at: '1970-01-01T00:00:00.000Z',
    finished_at: NOW.toISOString(),
    rows_inserted: 0,
    status: 'refused',
    error: 'run.gate-failed',
  });
  t.deepEqual(one, {
    ...counts,
    run_id: 'one',
    table_name: 'people',
    started_at: NOW.toISOString(),
    finished_at: NOW.toISOString(),
    rows_inserted: 7,
    status: 'succeeded',
    error: null,
  });
  t.deepEqual(await ask(path, 'SELECT version FROM daybook_migrations'), [{ version: 1 }]);
});

test('several tables are published in one transaction', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const session = await sessionOf(t);
  const [one, two] = [
    await requestOf(session, folder, { query: peopleQuery(3), runId: 'one' }),
    await requestOf(session, folder, { query: peopleQuery(4), runId: 'one', table: { ...PEOPLE, name: 'others' } }),
  ];
  const counts = await openWarehouse({ kind: 'sqlite', path }).load({ ...one, tables: [...one.tables, ...two.tables] });
  t.is(counts['people']?.inserted, 3);
  t.is(counts['others']?.inserted, 4);
  t.is((await publishedRows(path, 'enrichment_audit')).length, 2);
});

test('a text key is compared to the byte', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const table = {
    name: 'codes',
    key: 'code',
    ages: {},
    columns: [
      { name: 'code', kind: 'text', nullable: false },
      { name: 'n', kind: 'integer', nullable: false },
    ],
  } as const;
  const query = (n: number) =>
    `SELECT unnest(['a', 'A', 'a b', chr(10), '', 'é', 'e' || chr(769), '''', chr(65279) || 'x', '😀']) AS code, ${n} AS n`;
  const warehouse = openWarehouse({ kind: 'sqlite', path });
  const session = await sessionOf(t);
  t.is((await warehouse.load(await requestOf(session, folder, { query: query(1), runId: 'one', table })))['codes']?.inserted, 10);
  t.is((await warehouse.load(await requestOf(session, folder, { query: query(1), runId: 'two', table })))['codes']?.unchanged, 10);
  const half = `SELECT * FROM (${query(2)}) LIMIT 5`;
  const counts = await warehouse.load(await requestOf(session, folder, { query: half, runId: 'three', table, onMissing: 'delete' }));
  t.deepEqual(counts['codes'], { inserted: 0, updated: 5, unchanged: 0, deleted: 5 });
});

test('the summary of what is not there is null and creates nothing', async (t) => {
  const folder = temporaryFolder(t);
  t.is(await tableSummary(join(folder, 'w.sqlite'), 'people'), null);
  await t.throwsAsync(publishedRows(join(folder, 'w.sqlite'), 'people'), { code: 'warehouse.not-published' });
  t.false(existsSync(join(folder, 'w.sqlite')));
});

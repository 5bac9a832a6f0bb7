import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openWarehouse } from '../../../toolkit/warehouse/open-warehouse.ts';
import { canBeNew } from '../../../toolkit/warehouse/sqlite/new-file.ts';
import { PEOPLE, peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask, change } from './raw-sqlite.ts';

const COUNTS = 'SELECT count(*) AS n, sum(id) AS ids FROM people';
const OTHER = { ...PEOPLE, name: 'others', indexes: [] };

test('a first load becomes the warehouse: sound, write-ahead, with the tables as they would be made, and no second name', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(3000), runId: 'one' });
  const empty = await requestOf(request.session, folder, { query: peopleQuery(0), runId: 'one', table: OTHER });
  await openWarehouse({ kind: 'sqlite', path }).load({ ...request, tables: [...request.tables, ...empty.tables] });
  t.deepEqual(readdirSync(folder), ['w.sqlite']);
  t.is(statSync(path).nlink, 1);
  t.deepEqual([...readFileSync(path).subarray(18, 20)], [2, 2], 'the file says that it is written through a write-ahead log');
  t.deepEqual(await ask(path, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
  t.deepEqual(await ask(path, COUNTS), [{ n: 3000, ids: 4_501_500 }]);
  const made = await ask<{ name: string; sql: string }>(
    path,
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name IN ('people', 'others')",
  );
  t.deepEqual(made.map(({ name }) => name).sort(), ['others', 'people']);
  const shape = (name: string) => made.find((it) => it.name === name)?.sql.replace(name, 'NAME');
  t.is(shape('people'), shape('others'));
  t.deepEqual(await ask(path, 'SELECT table_name, rows_inserted, status FROM enrichment_audit ORDER BY table_name'), [
    { table_name: 'others', rows_inserted: 0, status: 'succeeded' },
    { table_name: 'people', rows_inserted: 3000, status: 'succeeded' },
  ]);
});

test('where somebody else makes the file meanwhile, theirs stays and the rows are merged into it', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(10), runId: 'one' });
  const theirs = join(temporaryFolder(t), 'theirs.sqlite');
  await change(theirs, 'CREATE TABLE theirs (x)');
  const now = () => {
    // Asked when the load begins, and again for the audit row, shortly before the staging file is to get its name.
    if (existsSync(join(folder, 'staging.sqlite')) && !existsSync(path)) copyFileSync(theirs, path);
    return request.now();
  };
  await openWarehouse({ kind: 'sqlite', path }).load({ ...request, now });
  t.deepEqual(await ask(path, COUNTS), [{ n: 10, ids: 55 }]);
  t.deepEqual(await ask(path, "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'theirs'"), [{ n: 1 }]);
});

test('a link that leads nowhere yet stays a link, and the warehouse is made where it leads', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'far'));
  const path = join(folder, 'w.sqlite');
  symlinkSync(join(folder, 'far/real.sqlite'), path);
  t.false(canBeNew(path, folder));
  await openWarehouse({ kind: 'sqlite', path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(10), runId: 'one' }));
  t.true(lstatSync(path).isSymbolicLink());
  t.is(readlinkSync(path), join(folder, 'far/real.sqlite'));
  t.deepEqual(await ask(join(folder, 'far/real.sqlite'), COUNTS), [{ n: 10, ids: 55 }]);
});

const MEMORY = '/dev/shm';
const elsewhere = existsSync(MEMORY) && statSync(MEMORY).dev !== statSync(process.cwd()).dev;
(elsewhere ? test : test.skip)('from another file system nothing can be named, and the rows are merged', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  const far = temporaryFolder(t, MEMORY);
  t.false(canBeNew(path, far));
  await openWarehouse({ kind: 'sqlite', path }).load(await requestOf(await sessionOf(t), far, { query: peopleQuery(10), runId: 'one' }));
  t.deepEqual(await ask(path, COUNTS), [{ n: 10, ids: 55 }]);
});

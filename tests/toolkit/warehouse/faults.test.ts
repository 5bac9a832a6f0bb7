import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { Connection } from '../../../toolkit/warehouse/sqlite/connection.ts';
import { publishedRows } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteFault } from '../../../toolkit/warehouse/sqlite/sqlite-fault.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import { auditOf, NOW, PEOPLE, peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask, otherProgram } from './raw-sqlite.ts';

/** Every way to write into a warehouse must end alike. */
async function refused(t: ExecutionContext, path: string, code: string, exit: number): Promise<void> {
  const scratch = temporaryFolder(t);
  const warehouse = sqliteWarehouse({ path, busyTimeoutMs: 50 });
  const request = await requestOf(await sessionOf(t), scratch, { query: peopleQuery(20, 2), runId: 'new' });
  for (const work of [() => warehouse.load(request), () => warehouse.recordAudit(['people'], auditOf('new'), NOW)]) {
    const fault = await t.throwsAsync<DaybookError>(work, { instanceOf: DaybookError, code });
    t.is(fault?.exit as number, exit);
    t.false(/SQLITE|Name \d/.test(fault?.message ?? ''));
  }
  t.deepEqual(readdirSync(scratch), []);
}

async function oldWarehouse(t: ExecutionContext, folder: string, rows = 10): Promise<string> {
  const path = join(folder, 'w.sqlite');
  await sqliteWarehouse({ path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(rows), runId: 'old' }));
  return path;
}

test('a folder that does not exist is not made: 73', async (t) => {
  const folder = temporaryFolder(t);
  await refused(t, join(folder, 'none', 'w.sqlite'), 'warehouse.folder-missing', 73);
  writeFileSync(join(folder, 'file'), '');
  await refused(t, join(folder, 'file', 'w.sqlite'), 'warehouse.folder-missing', 73);
  t.deepEqual(readdirSync(folder), ['file']);
});

test('a folder in the place of the file: 74', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'w.sqlite'));
  await refused(t, join(folder, 'w.sqlite'), 'warehouse.is-a-folder', 74);
});

test('a file that is no database is left as it is: 74', async (t) => {
  const path = join(temporaryFolder(t), 'w.sqlite');
  writeFileSync(path, 'customer_id,first_name\n1,Ada\n'.repeat(100));
  const before = readFileSync(path);
  await refused(t, path, 'warehouse.not-a-database', 74);
  t.deepEqual(readFileSync(path), before);
});

test('a damaged database is left as it is: 74', async (t) => {
  const path = await oldWarehouse(t, temporaryFolder(t), 2000);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096 * 6, 0xee), 0, 4096 * 6, 100);
  closeSync(file);
  const before = readFileSync(path);
  await refused(t, path, 'warehouse.corrupt', 74);
  t.deepEqual(readFileSync(path), before);
});

for (const lock of ['BEGIN EXCLUSIVE', 'BEGIN IMMEDIATE']) {
  test(`a warehouse that stays locked (${lock}): 75, and the next run succeeds`, async (t) => {
    const folder = temporaryFolder(t);
    const path = await oldWarehouse(t, folder);
    const before = await publishedRows(path, 'people');
    const other = await otherProgram(path);
    await other.exec(lock);
    await refused(t, path, 'warehouse.locked', 75);
    await other.exec('ROLLBACK');
    await other.close();
    t.deepEqual(await publishedRows(path, 'people'), before);
    const counts = await sqliteWarehouse({ path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(20, 2), runId: 'next' }));
    t.deepEqual(counts['people'], { inserted: 10, updated: 5, unchanged: 5, deleted: 0 });
  });
}

test('a new warehouse that another program is making: 75', async (t) => {
  const path = join(temporaryFolder(t), 'w.sqlite');
  const other = await otherProgram(path);
  await other.exec('BEGIN EXCLUSIVE; CREATE TABLE mine (a)');
  await refused(t, path, 'warehouse.locked', 75);
  await other.exec('COMMIT');
  await other.close();
});

test('a lock that goes in time is waited for', async (t) => {
  const folder = temporaryFolder(t);
  const path = await oldWarehouse(t, folder);
  const other = await otherProgram(path);
  await other.exec('BEGIN IMMEDIATE');
  const loading = sqliteWarehouse({ path, busyTimeoutMs: 60_000 }).load({
    ...(await requestOf(await sessionOf(t), folder, { query: peopleQuery(20), runId: 'next' })),
    // Rows are staged: the merge is next, and finds the lock or its end.
    onProgress: () => void other.exec('ROLLBACK').then(() => other.close()),
  });
  t.is((await loading)['people']?.inserted, 10);
});

test('a warehouse that changes while it is compared with is compared with again', async (t) => {
  const folder = temporaryFolder(t);
  const path = await oldWarehouse(t, folder);
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(20, 2), runId: 'next' });
  const write = (sql: string) => {
    const script = `const s=require('sqlite3');const d=new s.Database(process.argv[1],()=>d.exec(process.argv[2],(e)=>process.exit(e?1:0)))`;
    execFileSync(process.execPath, ['-e', script, path, sql], { cwd: import.meta.dirname });
  };
  let times = 0;
  const once = () => (times++ === 0 ? write('DELETE FROM people WHERE id > 5') : undefined);
  t.deepEqual((await sqliteWarehouse({ path }).load({ ...request, onProgress: once }))['people'], {
    inserted: 15,
    updated: 2,
    unchanged: 3,
    deleted: 0,
  });
  t.is(times, 2);
  const always = () => write(`DELETE FROM people WHERE id = ${++times}`);
  const again = await requestOf(request.session, folder, { query: peopleQuery(30, 3), runId: 'again' });
  const fault = await t.throwsAsync<DaybookError>(sqliteWarehouse({ path }).load({ ...again, onProgress: always }), { code: 'warehouse.changing' });
  t.is(fault?.exit, 75);
});

test('a file that nobody may write to: 77, for root too', async (t) => {
  const path = await oldWarehouse(t, temporaryFolder(t));
  chmodSync(path, 0o444);
  const before = readFileSync(path);
  await refused(t, path, 'warehouse.not-permitted', 77);
  t.deepEqual(readFileSync(path), before);
  t.is((await publishedRows(path, 'people')).length, 10);
});

test('a folder that nobody may write to: 77', async (t) => {
  const folder = temporaryFolder(t);
  const path = await oldWarehouse(t, folder);
  chmodSync(folder, 0o555);
  t.teardown(() => chmodSync(folder, 0o755));
  await refused(t, path, 'warehouse.not-permitted', 77);
  await refused(t, join(folder, 'other.sqlite'), 'warehouse.not-permitted', 77);
});

test('a failure inside the merge rolls everything back, schema included', async (t) => {
  const folder = temporaryFolder(t);
  const path = await oldWarehouse(t, folder);
  await ask(path, `CREATE TRIGGER no BEFORE UPDATE ON people WHEN new.id = 10 BEGIN SELECT raise(ABORT, 'Name 10'); END`);
  const before = [await ask(path, 'SELECT * FROM people'), await ask(path, 'SELECT * FROM sqlite_schema')];
  const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(10, 2), runId: 'new', onMissing: 'flag' });
  const fault = await t.throwsAsync<DaybookError>(sqliteWarehouse({ path }).load(request), { code: 'warehouse.constraint' });
  t.is(fault?.exit, 78);
  t.false(JSON.stringify(fault).includes('Name 10'));
  t.deepEqual([await ask(path, 'SELECT * FROM people'), await ask(path, 'SELECT * FROM sqlite_schema')], before);
});

test('a run that is cancelled before COMMIT publishes nothing', async (t) => {
  const folder = temporaryFolder(t);
  const path = await oldWarehouse(t, folder);
  const before = await publishedRows(path, 'people');
  for (const moment of [1, 2, 3]) {
    const stop = new AbortController();
    let times = 0;
    // 1: as the load begins; 2: inside the transaction, before the audit row; 3: while rows are staged.
    const reached = (now: number) => (now === moment ? stop.abort() : undefined);
    const request = await requestOf(await sessionOf(t), folder, { query: peopleQuery(20, 2), runId: 'new', signal: stop.signal });
    const now = () => {
      times += 1;
      reached(times);
      return NOW;
    };
    await t.throwsAsync(sqliteWarehouse({ path }).load({ ...request, now, onProgress: () => reached(3) }), { code: 'run.cancelled' });
    t.deepEqual(await publishedRows(path, 'people'), before);
    t.deepEqual(readdirSync(folder), ['w.sqlite']);
  }
});

test('a cancel that comes before SQLite has begun what it was given is not lost', async (t) => {
  const path = join(temporaryFolder(t), 'w.sqlite');
  for (let time = 0; time < 10; time++) {
    const stop = new AbortController();
    const connection = await Connection.open({ path, use: 'write', busyTimeoutMs: 0, signal: stop.signal });
    const running = connection.exec('WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n', 'count');
    stop.abort();
    await t.throwsAsync(running, { code: 'run.cancelled' });
    await connection.close();
  }
});

test('a look at a warehouse that another program has locked can be cancelled', async (t) => {
  const path = await oldWarehouse(t, temporaryFolder(t));
  const other = await otherProgram(path);
  await other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const looking = sqliteWarehouse({ path, busyTimeoutMs: 3_600_000 }).check([PEOPLE], AbortSignal.timeout(50));
  await t.throwsAsync(looking, { code: 'run.cancelled' });
  await other.close();
});

test('the audit row of a run that published nothing waits for no lock that lasts', async (t) => {
  const path = await oldWarehouse(t, temporaryFolder(t));
  const other = await otherProgram(path);
  await other.exec('BEGIN IMMEDIATE');
  await t.throwsAsync(sqliteWarehouse({ path, busyTimeoutMs: 3_600_000 }).recordAudit(['people'], auditOf('new'), NOW), { code: 'warehouse.locked' });
  await other.close();
});

const worded = test.macro({
  title: (_given, name: string, code: string) => `SQLITE_${name} is ${code}`,
  exec(t, name: string, code: string, exit: number) {
    const fault = sqliteFault(Object.assign(new Error('secret'), { code: `SQLITE_${name}` }), {
      path: 'w.sqlite',
      doing: 'publish the rows',
      waitedMs: 5,
    });
    t.is(fault.code as string, code);
    t.is(fault.exit as number, exit);
    t.false(`${fault.message} ${fault.fix}`.includes('secret'));
  },
});
test(worded, 'FULL', 'warehouse.disk-full', 74);
test(worded, 'IOERR', 'warehouse.io', 74);
test(worded, 'CANTOPEN', 'warehouse.io', 74);
test(worded, 'NOTADB', 'warehouse.not-a-database', 74);
test(worded, 'CORRUPT', 'warehouse.corrupt', 74);
test(worded, 'BUSY', 'warehouse.locked', 75);
test(worded, 'LOCKED', 'warehouse.locked', 75);
test(worded, 'READONLY', 'warehouse.not-permitted', 77);
test(worded, 'PERM', 'warehouse.not-permitted', 77);
test(worded, 'AUTH', 'warehouse.not-permitted', 77);
test(worded, 'CONSTRAINT', 'warehouse.constraint', 78);
test(worded, 'MISMATCH', 'warehouse.constraint', 78);
test(worded, 'INTERRUPT', 'run.cancelled', 130);
test(worded, 'ERROR', 'warehouse.refused', 1);

test('SQLITE_READONLY of a file that may be written is a disk that failed', async (t) => {
  const path = await oldWarehouse(t, temporaryFolder(t));
  const fault = sqliteFault(Object.assign(new Error(''), { code: 'SQLITE_READONLY' }), { path, doing: 'publish the rows', waitedMs: 0 });
  t.is(fault.code, 'warehouse.io');
});

test('check finds a fault before any work is done', async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(sqliteWarehouse({ path: join(folder, 'none', 'w.sqlite') }).check([PEOPLE]), { code: 'warehouse.folder-missing' });
  await t.notThrowsAsync(sqliteWarehouse({ path: join(folder, 'w.sqlite') }).check([PEOPLE]));
  t.deepEqual(readdirSync(folder), []);
});

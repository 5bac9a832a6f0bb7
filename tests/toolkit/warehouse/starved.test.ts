import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { publishedRows } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import { compileShim, shimEnvironment } from '../../torture/faults/shim.ts';
import { TYPESCRIPT } from '../../typescript-child.ts';
import { peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask } from './raw-sqlite.ts';

const NODE = [process.execPath, ...TYPESCRIPT, join(import.meta.dirname, 'load-in-child.ts')];
const isRoot = process.getuid?.() === 0;

/** The last line of what a child said. */
const answer = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');

test('a disk that fails while publishing: 74, with the old rows left', async (t) => {
  const folder = temporaryFolder(t);
  const [path, scratch] = [join(folder, 'w.sqlite'), join(folder, 'scratch')];
  mkdirSync(scratch);
  const session = await sessionOf(t);
  await sqliteWarehouse({ path }).load(await requestOf(session, scratch, { query: peopleQuery(3000), runId: 'old' }));
  const before = await publishedRows(path, 'people');
  // No file may grow beyond 300 kB.
  const child = spawnSync('bash', ['-c', 'ulimit -f 300; exec "$@"', 'bash', ...NODE, path, scratch, '20000', '2', 'never'], { encoding: 'utf8' });
  t.deepEqual(answer(child.stdout), { code: 'warehouse.io', exit: 74 });
  t.deepEqual(await publishedRows(path, 'people'), before);
  t.deepEqual(await ask(path, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
});

test('a staging file that cannot be removed afterwards undoes nothing', async (t) => {
  const folder = temporaryFolder(t);
  const [path, scratch] = [join(folder, 'w.sqlite'), join(folder, 'scratch')];
  mkdirSync(scratch);
  const { shim, reason } = compileShim(folder);
  if (shim === null) return t.pass(`Not tested: ${reason}.`);
  const env = shimEnvironment(shim, folder, join(folder, 'calls'), { call: 'unlink scratch/staging.sqlite 1', fault: 'EIO' });
  const [program = '', ...args] = [...NODE, path, scratch, '10', '0', 'never'];
  const child = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  t.true(readFileSync(join(folder, 'calls'), 'utf8').includes(' *\n'), 'the call was not made');
  t.like(answer(child.stdout), { people: { inserted: 10 } });
  t.is((await publishedRows(path, 'people')).length, 10);
});

test('a disk that is full: 74, with the old rows left', async (t) => {
  const folder = temporaryFolder(t);
  const [disk, scratch] = [join(folder, 'disk'), join(folder, 'scratch')];
  for (const it of [disk, scratch]) mkdirSync(it);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=900k', 'tmpfs', disk]).status !== 0) {
    t.log('no right to mount a small disk');
    return t.pass();
  }
  t.teardown(() => execFileSync('umount', ['-l', disk]));
  const path = join(disk, 'w.sqlite');
  const session = await sessionOf(t);
  const warehouse = sqliteWarehouse({ path });
  await warehouse.load(await requestOf(session, scratch, { query: peopleQuery(2000), runId: 'old' }));
  const before = await publishedRows(path, 'people');
  const request = await requestOf(session, scratch, { query: peopleQuery(20_000, 2), runId: 'new' });
  await t.throwsAsync(warehouse.load(request), { code: 'warehouse.disk-full' });
  t.deepEqual(await publishedRows(path, 'people'), before);
  await t.throwsAsync(warehouse.load({ ...request, scratchFolder: disk }), { code: 'warehouse.disk-full' });
  t.deepEqual(await publishedRows(path, 'people'), before);
});

(isRoot ? test : test.skip)('another user without rights: 77', async (t) => {
  const folder = temporaryFolder(t);
  const [own, scratch] = [join(folder, 'own'), join(folder, 'scratch')];
  for (const it of [own, scratch]) mkdirSync(it);
  chmodSync(folder, 0o755);
  chownSync(scratch, 65534, 65534);
  const path = join(own, 'w.sqlite');
  await sqliteWarehouse({ path }).load(await requestOf(await sessionOf(t), own, { query: peopleQuery(10), runId: 'old' }));
  const asNobody = (file: string) => {
    const child = spawnSync(NODE[0] ?? '', [...NODE.slice(1), file, scratch, '20', '2', 'never'], {
      encoding: 'utf8',
      uid: 65534,
      gid: 65534,
      env: { ...process.env, HOME: scratch },
    });
    return answer(child.stdout);
  };
  const refused = { code: 'warehouse.not-permitted', exit: 77 };
  t.deepEqual(asNobody(path), refused);
  t.deepEqual(asNobody(join(own, 'new.sqlite')), refused);
  chmodSync(own, 0o700);
  t.deepEqual(asNobody(path), refused);
});

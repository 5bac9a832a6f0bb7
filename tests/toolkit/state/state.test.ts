import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import {
  answerFiles,
  fileFault,
  findRejects,
  isRunId,
  newRunId,
  openState,
  ownerOnly,
  pruneAnswers,
  rejectsFile,
  scratchFolder,
} from '../../../toolkit/state/index.ts';
import { folder, idOf, refusal, stateIn } from './state-folder.ts';

test('the folders are made for their owner alone, whatever the umask', async (t) => {
  const state = await stateIn(t);
  for (const path of Object.values(state)) t.is(statSync(path).mode & 0o777, 0o700, path);
  await t.notThrowsAsync(() => openState(state.dir));
});

test('the folder above is never made', async (t) => {
  const dir = join(folder(t), 'a/.daybook');
  t.is((await refusal(t, () => openState(dir))).exit, 73);
  t.false(existsSync(join(dir, '..')));
});

test('a file in the folder’s place is named', async (t) => {
  const dir = join(folder(t), 'state');
  writeFileSync(dir, '');
  const fault = await refusal(t, () => openState(dir));
  t.is(fault.exit, 73);
  t.is(fault.place.file, dir);
});

const words = test.macro((t, code: string, expected: string, exit: number) => {
  const fault = fileFault(Object.assign(new Error('secret detail'), { code }), 'write', '/x');
  t.true(fault instanceof DaybookError);
  t.like(fault, { code: expected, exit });
  t.false(String(fault).includes('secret detail'));
});
test('EACCES is no permission', words, 'EACCES', 'state.not-permitted', 77);
test('EROFS is no permission', words, 'EROFS', 'state.not-permitted', 77);
test('ENOSPC is a full disk', words, 'ENOSPC', 'state.disk-full', 74);
test('EDQUOT is a full disk', words, 'EDQUOT', 'state.disk-full', 74);
test('ENOENT cannot be created', words, 'ENOENT', 'state.cannot-create', 73);
test('ENOTDIR cannot be created', words, 'ENOTDIR', 'state.cannot-create', 73);
test('EIO is a failing disk', words, 'EIO', 'state.io', 74);

test('what is no failure of the file system stays as it is', (t) => {
  const bug = new TypeError('bug');
  t.is(fileFault(bug, 'write', '/x'), bug);
});

(existsSync('/dev/full') ? test : test.skip)('a disk that is really full', async (t) => {
  const fault = await t.throwsAsync(writeFile('/dev/full', 'x'));
  t.like(fileFault(fault, 'write', '/dev/full'), { code: 'state.disk-full' });
});

(process.getuid?.() === 0 ? test : test.skip)('a folder of somebody else’s', (t) => {
  const outer = folder(t);
  chmodSync(outer, 0o755);
  mkdirSync(join(outer, 'locked'), { mode: 0o755 });
  // tsx and the toolkit are root's here, so another user tries the one call that matters.
  const code = `require('fs/promises').mkdir(${JSON.stringify(join(outer, 'locked/.daybook'))}).catch((e) => console.log(e.code))`;
  const { stdout } = spawnSync(process.execPath, ['-e', code], { uid: 65534, gid: 65534, cwd: '/', encoding: 'utf8' });
  t.like(fileFault({ code: stdout.trim() }, 'create', outer), { code: 'state.not-permitted', exit: 77 });
});

test('run ids sort by time, to the millisecond, whatever chance gives', (t) => {
  const id = newRunId(new Date('2026-11-24T15:33:29.999Z'), () => 0x1a);
  t.is(id, '20261124T153329Z-f9c01a');
  t.true(newRunId(new Date('2026-11-24T15:33:30Z')) > id);
  const [least, most] = [() => 0, (below: number) => below - 1];
  t.true(newRunId(new Date('2026-11-24T15:33:29.998Z'), most) < newRunId(new Date('2026-11-24T15:33:29.999Z'), least));
  t.true(isRunId(newRunId(new Date('2026-11-24T15:33:29.000Z'), least)));
});

test('a path is no run id', (t) => {
  t.throws(() => rejectsFile({ runs: '/x' }, '../../etc'), { instanceOf: RangeError });
});

test('rejects are found where they are, and readable by their owner alone', async (t) => {
  const state = await stateIn(t);
  mkdirSync(join(state.runs, idOf(1)));
  t.is(await findRejects(state, idOf(1)), null);
  writeFileSync(rejectsFile(state, idOf(1)), '', { mode: 0o644 });
  await ownerOnly(rejectsFile(state, idOf(1)));
  t.is(statSync((await findRejects(state, idOf(1))) ?? '').mode & 0o777, 0o600);
});

test('a scratch folder is empty, even after a run that died', async (t) => {
  const state = await stateIn(t);
  writeFileSync(join(await scratchFolder(state, idOf(1)), 'spilled'), '');
  const again = await scratchFolder(state, idOf(1));
  t.false(existsSync(join(again, 'spilled')));
});

test('answers lie apart by pipeline, source and service, and those that no run uses go', async (t) => {
  const state = await stateIn(t);
  const of = { pipeline: 'shop', source: 'postcodes', address: 'https://api.test/' };
  const others = [
    { ...of, pipeline: 'shop.postcodes' },
    { ...of, source: 'places' },
    { ...of, address: 'https://api.test/v2' },
  ];
  const files = [of, ...others].flatMap((it) => Object.values(answerFiles(state, it)));
  t.is(new Set(files).size, 8);
  const now = new Date('2026-11-24T00:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  for (const [i, file] of [...files, join(state.cache, 'mine.parquet')].entries()) {
    writeFileSync(file, '');
    utimesSync(file, daysAgo(i < 2 ? 9 : 11), daysAgo(i < 2 ? 9 : 11));
  }
  await pruneAnswers(state, 10, now);
  t.deepEqual(
    readdirSync(state.cache)
      .map((name) => join(state.cache, name))
      .sort(),
    [...files.slice(0, 2), join(state.cache, 'mine.parquet')].sort(),
  );
});

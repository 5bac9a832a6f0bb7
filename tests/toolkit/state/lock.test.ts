import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { acquireLock, holderOf, isHeld, openLedger, type State, scratchFolder, sweepScratch } from '../../../toolkit/state/index.ts';
import { TYPESCRIPT } from '../../typescript-child.ts';
import { folder, idOf, refusal, stateIn } from './state-folder.ts';

const now = new Date('2026-11-24T15:00:00Z');
const script = new URL('hold-lock.ts', import.meta.url).pathname;

/** Starts another process that takes the lock, and waits for its first word. */
async function other(t: ExecutionContext, state: State, runId: string): Promise<{ child: ChildProcessWithoutNullStreams; word: string }> {
  const child = spawn(process.execPath, ['--expose-gc', ...TYPESCRIPT, script, state.dir, runId]);
  t.teardown(() => child.kill('SIGKILL'));
  child.stderr.on('data', (data: Buffer) => t.log(String(data)));
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, word: String(data).trim() };
}

test('a lock that is taken names the run and since when', async (t) => {
  const state = await stateIn(t);
  const lock = await acquireLock(state, 'shop', { runId: idOf(1), now });
  const fault = await refusal(t, () => acquireLock(state, 'shop', { runId: idOf(2), now }));
  t.is(fault.code as string, 'state.locked');
  t.is(fault.exit, 75);
  t.true(fault.message.includes(idOf(1)) && fault.message.includes('2026-11-24T15:00:00.000Z'));
  await lock.release();
  await lock.release();
  t.false(await isHeld(state, 'shop'));
  await (await acquireLock(state, 'shop', { runId: idOf(2), now })).release();
});

test('another pipeline has a lock of its own, whatever its name', async (t) => {
  const state = await stateIn(t);
  const locks = await Promise.all(['shop', 'shop.lock', '../shop'].map((name) => acquireLock(state, name, { runId: idOf(1), now })));
  t.is(locks.length, 3);
  for (const lock of locks) await lock.release();
});

test('of many that ask at once in one process one gets it', async (t) => {
  const state = await stateIn(t);
  const asked = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => acquireLock(state, 'shop', { runId: idOf(n), now })));
  t.is(asked.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of asked) if (one.status === 'fulfilled') await one.value.release();
});

test('a lock file is readable by its owner alone, and no draft stays', async (t) => {
  const state = await stateIn(t);
  const lock = await acquireLock(state, 'shop', { runId: idOf(1), now });
  t.deepEqual(readdirSync(state.locks).sort(), ['shop.json', 'shop.lock']);
  for (const name of readdirSync(state.locks)) t.is(statSync(join(state.locks, name)).mode & 0o777, 0o600);
  await lock.release();
});

test('another process keeps this one out, and its death by SIGKILL frees the lock', async (t) => {
  const state = await stateIn(t);
  const { child, word } = await other(t, state, idOf(1));
  t.is(word, 'held');
  const fault = await refusal(t, () => acquireLock(state, 'shop', { runId: idOf(2), now }));
  t.is(fault.exit, 75);
  t.true(fault.message.includes(idOf(1)));
  t.true(await isHeld(state, 'shop'));
  t.deepEqual(await openLedger(state).markInterrupted(), []);
  const scratch = await scratchFolder(state, idOf(1));
  t.is(await sweepScratch(state, new Date('2027-01-01')), 0);

  child.kill('SIGKILL');
  await once(child, 'exit');
  t.false(await isHeld(state, 'shop'));
  t.is((await holderOf(state, 'shop'))?.runId, idOf(1));
  t.deepEqual(await openLedger(state).markInterrupted(), [idOf(1)]);
  const dead = await openLedger(state).find(idOf(1));
  t.is(dead.document.status, 'interrupted');
  t.is(dead.document.error?.code, 'state.interrupted');
  t.is(await sweepScratch(state, now), 1);
  t.throws(() => statSync(scratch));
  await (await acquireLock(state, 'shop', { runId: idOf(2), now })).release();
});

test('this process keeps another out, though it looks at the lock meanwhile', async (t) => {
  const state = await stateIn(t);
  const lock = await acquireLock(state, 'shop', { runId: idOf(1), now });
  t.true(await isHeld(state, 'shop'));
  await refusal(t, () => acquireLock(state, 'shop', { runId: idOf(3), now }));
  t.is((await other(t, state, idOf(2))).word, 'state.locked');
  await lock.release();
  t.is((await other(t, state, idOf(2))).word, 'held');
});

test('of processes that start at once in an empty folder one gets it', async (t) => {
  const state = await stateIn(t);
  const words = (await Promise.all([1, 2, 3].map((n) => other(t, state, idOf(n))))).map(({ word }) => word);
  t.deepEqual(words.sort(), ['held', 'state.locked', 'state.locked']);
});

test('a dead run is marked even while the next run of its pipeline goes on', async (t) => {
  const state = await stateIn(t);
  const { child } = await other(t, state, idOf(1));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await acquireLock(state, 'shop', { runId: idOf(2), now });
  t.deepEqual(await openLedger(state).markInterrupted(), [idOf(1)]);
  await lock.release();
});

test('a damaged lock file is named', async (t) => {
  const state = await stateIn(t);
  writeFileSync(join(state.locks, 'shop.lock'), 'this is no database, and it is long enough to look like something else'.repeat(200));
  const fault = await refusal(t, () => acquireLock(state, 'shop', { runId: idOf(1), now }));
  t.is(fault.code as string, 'state.lock-damaged');
  t.is(fault.exit, 74);
  t.false(fault.message.includes('database'));
});

test('a state folder that does not exist holds no lock', async (t) => {
  t.false(await isHeld({ locks: join(folder(t), 'none') }, 'shop'));
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { compileShim, type Fault, type Injection, shimEnvironment } from '../../torture/faults/shim.ts';
import { TYPESCRIPT } from '../../typescript-child.ts';
import { folder, idOf, live } from './state-folder.ts';

const script = new URL('live-in-child.ts', import.meta.url).pathname;

/** A run's life in a state folder on a disk that fails at a call; gives what it said, or `killed`. */
function liveOn(t: ExecutionContext, root: string, injection: Injection): string {
  const { shim, reason } = compileShim(folder(t));
  if (shim === null) {
    t.log(`Not tested: ${reason}.`);
    return 'skipped';
  }
  const log = join(folder(t), 'calls');
  const child = spawnSync(process.execPath, [...TYPESCRIPT, script, join(root, 'state'), idOf(1)], {
    env: { ...process.env, ...shimEnvironment(shim, root, log, injection) },
    encoding: 'utf8',
  });
  t.true(readFileSync(log, 'utf8').includes(`${injection.call} *\n`), `the call was not made: ${injection.call}`);
  t.is(child.stderr, '');
  return child.signal === 'SIGKILL' ? 'killed' : child.stdout;
}

const meets = test.macro({
  title: (given, call: string, fault: Fault, said: string) => given ?? `${fault} at ${call}: ${said}`,
  async exec(t, call: string, fault: Fault, said: string) {
    const root = folder(t);
    const heard = liveOn(t, root, { call, fault });
    if (heard === 'skipped') return t.pass();
    t.is(heard, said);
    for (const id of readdirSync(join(root, 'state/runs'))) {
      // What was renamed into place is whole, whatever became of the disk.
      if (readdirSync(join(root, 'state/runs', id)).includes('run.json')) {
        t.is((JSON.parse(readFileSync(join(root, 'state/runs', id, 'run.json'), 'utf8')) as { runId: string }).runId, id);
      }
    }
    t.is(await live(join(root, 'state'), idOf(2)), 'ended');
    t.deepEqual(readdirSync(join(root, 'state/locks')), ['shop.lock']);
    for (const id of readdirSync(join(root, 'state/runs'))) t.deepEqual(readdirSync(join(root, 'state/runs', id)), ['run.json']);
  },
});

test(
  'a disk that runs full in the middle of a record leaves the record before it',
  meets,
  'write state/runs/RUN/run.json.# 2',
  'FULL',
  'state.disk-full',
);
test('a lock that cannot be made for a failing disk is not called damaged', meets, 'create state/locks/shop.lock.#.# 1', 'EIO', 'state.io');
test('a draft of the lock that cannot be removed stops nothing', meets, 'unlink state/locks/shop.lock.#.# 1', 'EIO', 'ended');
test('a holder’s note that cannot be removed stops nothing', meets, 'unlink state/locks/shop.json 1', 'EIO', 'ended');
test(
  'a run killed while it makes the lock leaves nothing that the next one does not remove',
  meets,
  'link state/locks/shop.lock 1',
  'KILL',
  'killed',
);
test('a run killed before its first record is whole leaves no folder', meets, 'rename state/runs/RUN/run.json 1', 'KILL', 'killed');
test('a run killed before its last record is whole leaves no draft', meets, 'rename state/runs/RUN/run.json 2', 'KILL', 'killed');

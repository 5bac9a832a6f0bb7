import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { acquireLock, type Beginning, openLedger, openState, prune, type State } from '../../../toolkit/state/index.ts';

/** A folder of its own, removed after the test. */
export function folder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-state-')));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** An open state in a folder of its own. */
export const stateIn = (t: ExecutionContext): Promise<State> => openState(join(folder(t), '.daybook'));

/** The id of the nth second of a fixed hour. */
export const idOf = (second: number): string => `20261124T15${String(second).padStart(4, '0')}Z-00000a`;

/** A run of the shop that begins in development, whole and to be published, unless said otherwise. */
export const beginning = (runId: string, other: Partial<Beginning> = {}): Beginning => ({
  runId,
  pipeline: 'shop',
  environment: 'development',
  startedAt: new Date('2026-11-24T15:00:00Z'),
  mode: 'publish',
  isPartial: false,
  ...other,
});

/** What an operation is refused with. */
export async function refusal(t: ExecutionContext, work: () => Promise<unknown>): Promise<DaybookError> {
  const fault = await t.throwsAsync(work);
  if (fault instanceof DaybookError) return fault;
  throw fault ?? new Error('nothing was thrown');
}

/** A run's life in a state folder, from the lock to its release; gives `ended`, or the code of what it failed with. */
export async function live(dir: string, runId: string): Promise<string> {
  const now = new Date('2026-11-24T16:00:00Z');
  const all = { days: null, count: null };
  try {
    const state = await openState(dir);
    const lock = await acquireLock(state, 'shop', { runId, now });
    const ledger = openLedger(state);
    await ledger.markInterrupted();
    await prune(state, { rejects: all, records: all, logs: all, now });
    const { document } = await ledger.begin(beginning(runId));
    await ledger.finish({ ...document, status: 'succeeded' });
    await lock.release();
    return 'ended';
  } catch (fault) {
    return fault instanceof DaybookError ? fault.code : String(fault);
  }
}

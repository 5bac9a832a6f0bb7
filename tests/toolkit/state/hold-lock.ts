// A process that takes a lock, says so, and holds it until it is told to end or is killed.
import { acquireLock, openLedger, openState } from '../../../toolkit/state/index.ts';
import { beginning } from './state-folder.ts';

const [dir = '', runId = ''] = process.argv.slice(2);
const state = await openState(dir);
try {
  await acquireLock(state, 'shop', { runId, now: new Date('2026-11-24T15:00:00Z') });
  await openLedger(state).begin(beginning(runId));
  // The lock is held for as long as the process lives, though nothing here refers to it any more.
  (globalThis as { gc?: () => void }).gc?.();
  process.stdout.write('held\n');
  process.stdin.resume().on('end', () => process.exit(0));
} catch (fault) {
  process.stdout.write(`${(fault as { code?: string }).code ?? String(fault)}\n`);
}

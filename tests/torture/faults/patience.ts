import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from './room.ts';

const LOOK_MS = 5;

/** How long a process took to end. */
export interface Ending {
  readonly wallMs: number;
  /** What it took at the least by itself: until it was last seen alive, without the time that its threads stood in a queue for a processor. */
  readonly ownMs: number;
}

/** Measures from now to the end of a process. Where there is no `/proc` the wall time is all that is known. */
export async function endingOf({ pid, ended }: Running): Promise<Ending> {
  const began = performance.now();
  const before = queuedMsOf(pid) ?? new Map<string, number>();
  // A thread that has ended keeps what it was last seen with.
  const queued = new Map(before);
  let ownMs: number | null = null;
  let hasEnded = false;
  const end = ended.then(() => {
    hasEnded = true;
    return performance.now() - began;
  });
  while (!hasEnded) {
    const now = queuedMsOf(pid);
    for (const [thread, ms] of now ?? []) queued.set(thread, ms);
    if (now !== null) ownMs = Math.max(0, performance.now() - began - (sum(queued) - sum(before)));
    await Promise.race([pause(LOOK_MS), end]);
  }
  const wallMs = await end;
  return { wallMs, ownMs: ownMs ?? (process.platform === 'linux' ? 0 : wallMs) };
}

const sum = (queued: ReadonlyMap<string, number>): number => [...queued.values()].reduce((total, ms) => total + ms, 0);

/** How long each thread of a process has waited for a processor so far; null where the process has ended. */
function queuedMsOf(pid: number): ReadonlyMap<string, number> | null {
  try {
    if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return null;
    return new Map(
      readdirSync(`/proc/${pid}/task`).map((thread) => [
        thread,
        Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / 1e6,
      ]),
    );
  } catch {
    return null;
  }
}

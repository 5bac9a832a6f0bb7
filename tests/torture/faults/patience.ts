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
  const queuedBefore = queuedMsOf(pid);
  let ownMs: number | null = null;
  let hasEnded = false;
  const end = ended.then(() => {
    hasEnded = true;
    return performance.now() - began;
  });
  while (!hasEnded) {
    const queued = queuedMsOf(pid);
    if (queued !== null) ownMs = Math.max(0, performance.now() - began - (queued - (queuedBefore ?? queued)));
    await Promise.race([pause(LOOK_MS), end]);
  }
  const wallMs = await end;
  return { wallMs, ownMs: ownMs ?? (process.platform === 'linux' ? 0 : wallMs) };
}

/** How long the threads of a process have waited for a processor so far; null where it has ended. */
function queuedMsOf(pid: number): number | null {
  try {
    if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return null;
    const waits = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[1]);
    return waits.reduce((sum, ns) => sum + Number(ns) / 1e6, 0);
  } catch {
    return null;
  }
}

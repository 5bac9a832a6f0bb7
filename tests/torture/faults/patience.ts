import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from './room.ts';

const LOOK_MS = 5;

/** How long a process took to end. */
export interface Ending {
  readonly wallMs: number;
  /** What its threads stood in a queue for a processor, in sum: on a busy machine that is not the program's own time. */
  readonly queuedMs: number;
  /** CPU of all its threads meanwhile. */
  readonly cpuMs: number;
}

/** Measures from now to the end of a process (Linux alone: elsewhere the wall time alone). */
export async function endingOf({ pid, ended }: Running): Promise<Ending> {
  const began = performance.now();
  const first = timesOf(pid);
  let last = first;
  let hasEnded = false;
  const end = ended.then(() => {
    hasEnded = true;
    return performance.now();
  });
  while (!hasEnded) {
    last = timesOf(pid) ?? last;
    await Promise.race([pause(LOOK_MS), end]);
  }
  const since = (name: 'queuedMs' | 'cpuMs') => Math.max(0, (last?.[name] ?? 0) - (first?.[name] ?? 0));
  return { wallMs: (await end) - began, queuedMs: since('queuedMs'), cpuMs: since('cpuMs') };
}

/** What the scheduler says; null where the process is gone or there is no such file. */
function timesOf(pid: number): { readonly queuedMs: number; readonly cpuMs: number } | null {
  try {
    const times = { queuedMs: 0, cpuMs: 0 };
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const [cpu = 0, queued = 0] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ').map(Number);
      times.queuedMs += queued / 1e6;
      times.cpuMs += cpu / 1e6;
    }
    return times;
  } catch {
    return null;
  }
}

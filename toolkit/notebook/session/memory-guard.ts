import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { WorkerProcess } from './worker-process.ts';

const LOOK_EVERY_MS = 100;
const KIBIBYTE = 1024;

/** Ends a worker whose resident memory is beyond a limit: the engine's memory and buffers are no part of JavaScript's heap. */
export class MemoryGuard {
  readonly #limitBytes: number | null;
  #timer: NodeJS.Timeout | null = null;
  isExceeded = false;

  /** @param limitBytes null for no limit */
  constructor(limitBytes: number | null) {
    this.#limitBytes = limitBytes;
  }

  watch(worker: WorkerProcess): void {
    this.stop();
    this.isExceeded = false;
    const limit = this.#limitBytes;
    if (limit === null) return;
    this.#timer = setInterval(() => {
      void residentBytes(worker.pid ?? 0).then((bytes) => {
        if (bytes === null || bytes <= limit) return;
        this.isExceeded = true;
        worker.kill();
      });
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}

/** Null where the process is gone or the system does not tell. */
async function residentBytes(pid: number): Promise<number | null> {
  if (process.platform === 'linux') {
    try {
      const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return kibibytes === undefined ? null : Number(kibibytes) * KIBIBYTE;
    } catch {
      return null;
    }
  }
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (fault, stdout) => resolve(fault ? null : Number(stdout.trim()) * KIBIBYTE));
  });
}

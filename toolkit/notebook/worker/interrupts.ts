import { Worker } from 'node:worker_threads';
import { INTERRUPT_FD } from '../session/messages.ts';

/** How many interrupted runs are remembered; a background loop older than that many interrupts would go on. */
const REMEMBERED = 1023;

type Waiting = Map<number, Set<(fault: Interrupted) => void>>;
const soon = setImmediate;

/** Ends a cell from outside. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('The cell was interrupted. What it had set until then is kept.');
  }
}

/**
 * Listens on a thread of its own, which works while the cells keep this one busy. The way in ends when the process above is gone:
 * then this process and its children end too, whatever they do.
 */
const LISTENER = `
const { workerData, parentPort } = require('node:worker_threads');
const flags = new Int32Array(workerData.flags);
const stop = () => { try { process.kill(-process.pid, 'SIGKILL'); } catch { process.kill(process.pid, 'SIGKILL'); } };
const way = new (require('node:net').Socket)({ fd: workerData.fd, readable: true });
let rest = Buffer.alloc(0);
way.on('data', (part) => {
  rest = Buffer.concat([rest, part]);
  for (; rest.length >= 4; rest = rest.subarray(4)) {
    flags[1 + (flags[0] % workerData.remembered)] = rest.readInt32LE(0);
    Atomics.add(flags, 0, 1);
    parentPort.postMessage(rest.readInt32LE(0));
  }
});
way.on('end', stop).on('close', stop).on('error', stop);
`;

/** Which runs were interrupted, and who waits to be told. */
export class Interrupts {
  /** [how often, then the runs]. */
  readonly #flags = new Int32Array(new SharedArrayBuffer(4 * (REMEMBERED + 1)));
  readonly #waiting: Waiting = new Map();
  readonly #wholes: Waiting = new Map();
  readonly #listener: Worker;
  /** The run that goes on, or the last one. */
  current = 0;

  /** What interrupted runs waited for outside of JavaScript, by run. */
  readonly #outside = new Map<number, Promise<void>>();

  /** @param onInterrupt called when the run that goes on is interrupted: stops what it waits for outside of JavaScript */
  constructor(onInterrupt: () => Promise<void>) {
    const workerData = { flags: this.#flags.buffer, fd: INTERRUPT_FD, remembered: REMEMBERED };
    this.#listener = new Worker(LISTENER, { eval: true, workerData, execArgv: [], env: {}, stdout: true, stderr: true });
    this.#listener.on('message', (run: number) => {
      this.#outside.set(run, run === this.current ? onInterrupt().catch(() => undefined) : Promise.resolve());
      this.#reject(this.#waiting, run);
      // The cell's own code ends first, so that the fault knows its place in it.
      soon(() => this.#reject(this.#wholes, run));
    });
    this.#listener.unref();
  }

  /** Asked at each turn of each loop: one read of memory until somebody interrupts. */
  readonly tick = (run: number): void => {
    if (Atomics.load(this.#flags, 0) !== 0 && this.has(run)) throw new Interrupted();
  };

  has(run: number): boolean {
    const count = Math.min(Atomics.load(this.#flags, 0), REMEMBERED);
    return count > 0 && this.#flags.subarray(1, 1 + count).includes(run);
  }

  /** What a run waits for; rejected when the run is interrupted, and what comes later of it is not heard. */
  wait<T>(run: number, value: T | PromiseLike<T>): Promise<T> {
    this.tick(run);
    return this.#until(this.#waiting, run, value);
  }

  /** The end of a whole run, a turn after what it waited for was rejected. */
  whole<T>(run: number, value: Promise<T>): Promise<T> {
    return this.#until(this.#wholes, run, value);
  }

  /** Waits until what an interrupted run waited for outside of JavaScript has ended. The flag is seen before the word that comes with it. */
  async settled(run: number): Promise<void> {
    if (!this.has(run)) return;
    while (!this.#outside.has(run)) await new Promise<void>((resolve) => soon(resolve));
    await this.#outside.get(run);
    this.#outside.delete(run);
  }

  #reject(those: Waiting, run: number): void {
    const waiting = [...(those.get(run) ?? [])];
    those.delete(run);
    for (const reject of waiting) reject(new Interrupted());
  }

  #until<T>(those: Waiting, run: number, value: T | PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting = those.get(run) ?? new Set();
      those.set(run, waiting.add(reject));
      const settle =
        <V>(then: (it: V) => void) =>
        (it: V) => {
          waiting.delete(reject);
          then(it);
        };
      Promise.resolve(value).then(settle<T>(resolve), settle<unknown>(reject));
    });
  }

  /** The same for each step of a `for await`. */
  async *iterate<T>(run: number, source: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncGenerator<T> {
    // A text is no object that `in` could look into.
    const all = source as Partial<AsyncIterable<T>> & Iterable<T | PromiseLike<T>>;
    const iterator = all[Symbol.asyncIterator]?.() ?? all[Symbol.iterator]();
    let isOpen = false;
    try {
      for (;;) {
        const step = (await this.wait(run, iterator.next())) as IteratorResult<T | PromiseLike<T>>;
        if (step.done) return;
        isOpen = true;
        yield await this.wait(run, step.value);
        isOpen = false;
      }
    } finally {
      if (isOpen && !this.has(run)) await iterator.return?.();
    }
  }

  /** Timers that an interrupted run has left behind do not go off. */
  guardTimers(): void {
    for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
      const original = globalThis[name] as (callback: (...args: unknown[]) => void, ...rest: unknown[]) => NodeJS.Timeout;
      const guarded = (callback: unknown, ...rest: unknown[]) => {
        if (typeof callback !== 'function') return original(callback as () => void, ...rest);
        const run = this.current;
        const timer = original(
          (...args) => {
            if (this.has(run)) clearInterval(timer);
            else callback(...args);
          },
          ...rest,
        );
        return timer;
      };
      // What belongs to the function (util.promisify's variant) stays with it.
      globalThis[name] = Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original)) as never;
    }
  }
}

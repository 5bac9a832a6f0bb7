import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import { INTERRUPT_FD, OUT_FD, type RunMessage, type WorkerPlace } from './messages.ts';

/** How a worker is started. */
export interface WorkerOptions extends WorkerPlace {
  /** The folder that relative paths of data begin in. */
  readonly workingFolder: string;
  /** Of JavaScript's own heap; null for Node's default. */
  readonly heapLimitBytes: number | null;
}

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether JavaScript's heap had no room left. */
  readonly isOutOfHeap: boolean;
}

const MEGABYTE = 2 ** 20;
const NO_ROOM = /heap out of memory|Reached heap limit/;
/** How much of the last words of a worker is looked through for a reason. */
const LAST_WORDS = 4096;

/** The process in which cells run: a group of its own, ended as a whole. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<WorkerEnd>;
  /** Settled when cells can be run; also when the process ended before: `isReady` tells. */
  readonly ready: Promise<unknown>;
  #isReady = false;
  #sayReady: () => void = () => {};
  #received = 0;

  constructor({ workingFolder, heapLimitBytes, folder, packageRoot }: WorkerOptions, sink: FrameSink) {
    const heap = heapLimitBytes === null ? [] : [`--max-old-space-size=${Math.max(64, Math.floor(heapLimitBytes / MEGABYTE))}`];
    this.#child = spawn(process.execPath, [...heap, '--disable-warning=ExperimentalWarning', ...workerEntry()], {
      cwd: workingFolder,
      env: process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'ipc'],
    });
    const lastWords = this.#listen(sink);
    this.ended = new Promise((resolve) => {
      this.#child.on('error', () => resolve({ code: null, signal: null, isOutOfHeap: false }));
      this.#child.on('close', (code, signal) => resolve({ code, signal, isOutOfHeap: NO_ROOM.test(lastWords()) }));
    });
    const told = new Promise<void>((resolve) => {
      this.#sayReady = resolve;
    });
    this.ready = Promise.race([told, this.ended]);
    this.#child.send({ kind: 'place', folder, packageRoot }, () => {});
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /** Whether it ever could run cells. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Called when the process has said so. */
  markReady(): void {
    this.#isReady = true;
    this.#sayReady();
  }

  run(message: RunMessage): void {
    this.#child.send(message, () => {});
  }

  interrupt(run: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(run);
    (this.#child.stdio[INTERRUPT_FD] as Writable).write(bytes, () => {});
  }

  /** Resolves when all that children of the worker have printed until now is here: it does not come through the frames. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.#received; ) {
      before = this.#received;
      await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    }
  }

  /** Ends it and all that it started, at once. */
  kill(): void {
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL');
    }
  }

  #listen(sink: FrameSink): () => string {
    const frames = new FrameReader(sink);
    let last = '';
    (this.#child.stdio[OUT_FD] as Readable).on('data', (bytes: Buffer) => frames.read(bytes));
    for (const stream of ['stdout', 'stderr'] as const) {
      const decoder = new StringDecoder('utf8');
      this.#child[stream]?.on('data', (bytes: Buffer) => {
        this.#received += bytes.length;
        const text = decoder.write(bytes);
        last = (last + text).slice(-LAST_WORDS);
        if (text !== '') sink.text(stream, text);
      });
    }
    // A way that breaks with its process is no fault of ours.
    for (const way of this.#child.stdio) way?.on('error', () => {});
    this.#child.on('error', () => {});
    return () => last;
  }
}

/** From TypeScript as from what is built. */
function workerEntry(): string[] {
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(isSource ? '../worker/main.ts' : '../worker/main.js', import.meta.url));
  return isSource ? ['--import', import.meta.resolve('tsx'), '--conditions=daybook-source', main] : [main];
}

import type { CellCompiler, CompiledCell } from '../compile/cell-compiler.ts';
import { compilerFor } from '../compile/compiler-for.ts';
import { type CellResult, OUT_OF_MEMORY, type OutputSink } from './cell-output.ts';
import { MemoryGuard } from './memory-guard.ts';
import type { WorkerMessage } from './messages.ts';
import { compileError, plainError, runError } from './traceback.ts';
import { type WorkerEnd, WorkerProcess } from './worker-process.ts';

/** Where a notebook runs, and within what bounds. */
export interface SessionOptions {
  /** The notebook's folder: imports of cells begin there. */
  readonly folder: string;
  /** The folder that relative paths of data begin in. */
  readonly workingFolder: string;
  /** The package that serves `daybook` where the folder has none. */
  readonly packageRoot: string;
  /** Of the process that runs the cells, all of its memory; null for none. */
  readonly memoryLimitBytes?: number | null;
  /** Takes what comes when no cell runs: late output of callbacks and children. */
  readonly onLateOutput?: OutputSink;
}

interface Asked {
  readonly code: string;
  readonly cell: number;
  readonly sink: OutputSink;
  readonly onBegin: () => void;
}

interface Running {
  readonly id: number;
  readonly code: string;
  readonly sink: OutputSink;
  readonly finish: (result: CellResult) => void;
  readonly isInterrupted: boolean;
}

/** How long an interrupted cell has to end by itself before its process is ended. */
const GRACE_MS = 2000;
const KEPT: Pick<CellResult, 'lost' | 'isOutOfMemory'> = { lost: [], isOutOfMemory: false };
const CLOSED = 'The kernel was shut down.';
/** The end of a cell that did not run. */
const failed = (name: string, message: string): CellResult => ({ error: plainError(name, message), ...KEPT });

/**
 * One notebook's state: the compiler that knows its names, and the process that holds its values. Cells run one after another,
 * in the order in which they are given.
 */
export class NotebookSession {
  readonly #options: SessionOptions;
  readonly compiler: CellCompiler;
  #worker: WorkerProcess;
  readonly #memory: MemoryGuard;
  #running: Running | null = null;
  #last: OutputSink | null = null;
  #runs = 0;
  #interrupts = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#memory = new MemoryGuard(options.memoryLimitBytes ?? null);
    this.#worker = this.#start();
    this.compiler = compilerFor(options);
  }

  /** Runs a cell when those before it are done. `cell` is its execution count. Never rejects. */
  execute(code: string, cell: number, sink: OutputSink, onBegin: () => void = () => {}): Promise<CellResult> {
    const run = this.#queue.then(() => this.#execute({ code, cell, sink, onBegin }));
    this.#queue = run;
    return run;
  }

  /** Ends the running cell, and what the last one left in the background. Its state is kept where it can be. */
  interrupt(): void {
    this.#interrupts += 1;
    const running = this.#running;
    this.#worker.interrupt(running?.id ?? this.#runs);
    if (running === null || running.isInterrupted) return;
    this.#running = { ...running, isInterrupted: true };
    const worker = this.#worker;
    setTimeout(() => {
      if (this.#running?.id === running.id && this.#worker === worker) worker.kill();
    }, GRACE_MS).unref();
  }

  /** Ends all without waiting: the running cell is answered with an error. */
  stop(): void {
    void this.close();
  }

  /** Ends the process of the cells at once; a cell that runs ends with an error. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#memory.stop();
    this.#worker.kill();
    await this.#worker.ended;
  }

  #start(): WorkerProcess {
    const { folder, workingFolder, packageRoot, memoryLimitBytes = null } = this.#options;
    const worker = new WorkerProcess(
      { folder, workingFolder, packageRoot, heapLimitBytes: memoryLimitBytes },
      { text: (stream, text) => this.#output({ kind: 'stream', stream, text }), message: (message) => void this.#onMessage(message, worker) },
    );
    this.#memory.watch(worker);
    void worker.ended.then((end) => this.#onEnd(worker, end));
    return worker;
  }

  async #execute(asked: Asked): Promise<CellResult> {
    const { code, cell } = asked;
    if (this.#isClosed) return failed('KernelClosed', CLOSED);
    const [worker, interrupts] = [this.#worker, this.#interrupts];
    const compiled = this.#compile(code, cell);
    if ('error' in compiled) return compiled;
    await worker.ready;
    // What was asked for while the compiler kept this thread is heard before the cell begins.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#isClosed) return failed('KernelClosed', CLOSED);
    if (!worker.isReady) return this.#startAgain(worker);
    if (this.#interrupts !== interrupts) return failed('Interrupted', 'The cell was interrupted before it began. What was set until then is kept.');
    // The process is another by now, and the names are gone that the cell was compiled with.
    if (worker !== this.#worker) return this.#execute(asked);
    return this.#begin(compiled, asked);
  }

  /** A cell ready to run, or why there is none: also where the compiler itself breaks, which costs the cell and nothing else. */
  #compile(code: string, cell: number): CompiledCell | CellResult {
    try {
      const compiled = this.compiler.compile(code, cell);
      return compiled.ok ? compiled : { error: compileError(compiled.problems, code, cell), ...KEPT };
    } catch (fault) {
      return failed('CompileError', `Cell [${cell}] is too much for the compiler: ${fault instanceof Error ? fault.message : String(fault)}.`);
    }
  }

  #begin(compiled: CompiledCell, { code, cell, sink, onBegin }: Asked): Promise<CellResult> {
    compiled.keep();
    onBegin();
    const id = (this.#runs += 1);
    this.#last = sink;
    return new Promise((finish) => {
      this.#running = { id, code, sink, finish, isInterrupted: false };
      this.#worker.run({ kind: 'run', id, label: `Cell [${cell}]`, ...messageOf(compiled) });
    });
  }

  /** A process that ended before it could run anything is started again for the next cell, not on and on. */
  async #startAgain(worker: WorkerProcess): Promise<CellResult> {
    const end = await worker.ended;
    const isOutOfMemory = this.#isOutOfMemory(end);
    this.#worker = this.#start();
    const reason = reasonOf(end, isOutOfMemory, false);
    return { ...failed(isOutOfMemory ? OUT_OF_MEMORY : 'KernelRestarted', `${reason} It had not run any cell yet.`), isOutOfMemory };
  }

  #isOutOfMemory(end: WorkerEnd): boolean {
    return end.isOutOfHeap || this.#memory.isExceeded;
  }

  #output(output: Parameters<OutputSink>[0]): void {
    if (this.#running) this.#running.sink(output);
    else (this.#options.onLateOutput ?? this.#last)?.(output);
  }

  async #onMessage(message: WorkerMessage, worker: WorkerProcess): Promise<void> {
    if (message.kind === 'ready') worker.markReady();
    if (message.kind === 'display' || message.kind === 'result') this.#output(message);
    if (message.kind !== 'done' || message.id !== this.#running?.id) return;
    await this.#worker.settled();
    const running = this.#running;
    if (running?.id !== message.id) return;
    this.#running = null;
    this.compiler.learn(message.columns);
    const fault = message.isInterrupted && message.fault?.name !== 'Interrupted' ? INTERRUPTED : message.fault;
    running.finish({ error: fault && runError(fault, running.code), ...KEPT });
  }

  /** The process is gone: the cell ends with what was lost, and a new process takes its place. */
  #onEnd(worker: WorkerProcess, end: WorkerEnd): void {
    if (worker !== this.#worker || !worker.isReady) return;
    const running = this.#running;
    this.#running = null;
    const lost = this.compiler.names;
    const isOutOfMemory = this.#isOutOfMemory(end);
    if (!this.#isClosed) {
      this.compiler.reset();
      this.#worker = this.#start();
    }
    if (!running) {
      if (!this.#isClosed) this.#output({ kind: 'stream', stream: 'stderr', text: `${restarted(reasonOf(end, isOutOfMemory, false), lost)}\n` });
      return;
    }
    const reason = this.#isClosed ? CLOSED : restarted(reasonOf(end, isOutOfMemory, running.isInterrupted), lost);
    const name = isOutOfMemory ? OUT_OF_MEMORY : running.isInterrupted ? 'Interrupted' : 'KernelRestarted';
    running.finish({ error: plainError(name, reason), lost, isOutOfMemory });
  }
}

const INTERRUPTED = {
  name: 'Interrupted',
  message: 'The cell was interrupted. What it had set until then is kept.',
  stack: [],
  fix: null,
  line: null,
  column: null,
};

const messageOf = ({ ok: _, keep: __, ...message }: CompiledCell) => message;

function reasonOf({ code, signal }: WorkerEnd, isOutOfMemory: boolean, isInterrupted: boolean): string {
  if (isOutOfMemory) return 'The memory limit was reached.';
  if (isInterrupted) return 'The cell was interrupted but did not end by itself: it was inside of a call that nothing can stop.';
  return `The process of the cells ended (${signal ?? `exit code ${code ?? 'unknown'}`}).`;
}

const NAMES_SHOWN = 12;

function restarted(reason: string, lost: readonly string[]): string {
  if (lost.length === 0) return `${reason} It was started again; no variables were lost.`;
  const more = lost.length > NAMES_SHOWN ? ` and ${lost.length - NAMES_SHOWN} more` : '';
  return `${reason} It was started again, and these are lost: ${lost.slice(0, NAMES_SHOWN).join(', ')}${more}. Run their cells again.`;
}

import { Worker } from 'node:worker_threads';
import type { CellResult, OutputSink } from '../session/cell-output.ts';
import type { Content, KernelPlace, Question, SessionReply, SessionRequest } from './session-messages.ts';

/**
 * The session of a kernel on a thread of its own: reading TypeScript and compiling a cell take seconds and tenths of them, in which
 * Jupyter is answered all the same.
 */
export class SessionThread {
  readonly #thread: Worker;
  readonly #onLate: OutputSink;
  readonly #sinks = new Map<number, OutputSink>();
  readonly #waiting = new Map<number, (answer: never) => void>();
  #asked = 0;

  /** @param onLate takes what comes when no cell runs */
  constructor(place: KernelPlace, onLate: OutputSink) {
    this.#onLate = onLate;
    // For a thread's output Node opens the streams of this process, which are Jupyter's own, and makes them non-blocking.
    this.#thread = new Worker(threadEntry(), { workerData: place, stdout: true, stderr: true });
    this.#thread.on('message', (reply: SessionReply) => this.#take(reply));
  }

  /** Runs a cell when those before it are done. `cell` is its execution count. Never rejects. */
  async execute(code: string, cell: number, sink: OutputSink): Promise<CellResult> {
    const id = this.#next();
    this.#sinks.set(id, sink);
    const result = await this.#answered<CellResult>({ kind: 'execute', id, code, cell });
    this.#sinks.delete(id);
    return result;
  }

  /** The content of the reply to a question about code. */
  ask(question: Question, content: Content): Promise<Content> {
    return this.#answered({ kind: 'ask', id: this.#next(), question, content });
  }

  /** Ends the running cell, and what the last one left in the background. Its state is kept where it can be. */
  interrupt(): void {
    this.#tell({ kind: 'interrupt' });
  }

  /** Ends the process of the cells at once; a cell that runs ends with an error. */
  close(): Promise<void> {
    return this.#answered({ kind: 'close', id: this.#next() });
  }

  #next(): number {
    return (this.#asked += 1);
  }

  #answered<T>(request: Exclude<SessionRequest, { kind: 'interrupt' }>): Promise<T> {
    return new Promise((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#tell(request);
    });
  }

  #tell(request: SessionRequest): void {
    this.#thread.postMessage(request);
  }

  #take(reply: SessionReply): void {
    if (reply.kind === 'late') return this.#onLate(reply.output);
    if (reply.kind === 'output') return this.#sinks.get(reply.id)?.(reply.output);
    this.#waiting.get(reply.id)?.(reply.answer as never);
    this.#waiting.delete(reply.id);
  }
}

/** From TypeScript as from what is built: a thread does not take over what its process loads TypeScript with. */
function threadEntry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('session-thread-main.js', import.meta.url);
  const [loader, main] = [import.meta.resolve('tsx/esm/api'), new URL('session-thread-main.ts', import.meta.url).href];
  return new URL(`data:text/javascript,import { register } from '${loader}'; register(); await import('${main}');`);
}

import type { CellError, CellOutput } from '../session/cell-output.ts';
import type { Content } from './session-messages.ts';
import type { SessionThread } from './session-thread.ts';
import { TextBuffer } from './text-buffer.ts';
import type { KernelMessage, Sender } from './tslab-parts.ts';

/** How the queue speaks to clients. */
export interface Speaker {
  busy(parent: KernelMessage): void;
  /** To all who listen. */
  publish(parent: KernelMessage, type: string, content: Content): void;
  /** To the one who asked. */
  reply(socket: Sender, parent: KernelMessage, type: string, content: Content): void;
}

/** A cell that waits for its turn. */
interface Waiting {
  readonly socket: Sender;
  readonly message: KernelMessage;
  readonly done: () => void;
}

interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
}

/** How often a turn of the event loop must bring nothing before the cells that a client had sent are all here. */
const QUIET_TURNS = 3;

/** The cells that clients send, one after another, with their counts, outputs and ends. */
export class CellQueue {
  readonly #session: SessionThread;
  readonly #speaker: Speaker;
  readonly #waiting: Waiting[] = [];
  readonly #text = new TextBuffer((name, text) => this.#publish('stream', { name, text }));
  #isBusy = false;
  #count = 0;
  #last: KernelMessage | null = null;

  constructor(session: SessionThread, speaker: Speaker) {
    this.#session = session;
    this.#speaker = speaker;
  }

  /** Resolves when the cell is done, or was not to run. */
  add(socket: Sender, message: KernelMessage): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ socket, message, done });
      void this.#work();
    });
  }

  /** Output that comes while no cell runs: it belongs to the last one. */
  show(output: CellOutput): void {
    if (output.kind === 'stream') return this.#text.add(output.stream, output.text);
    this.#text.flush();
    if (output.kind === 'result') return this.#publish('execute_result', { data: output.data, metadata: {}, execution_count: this.#count });
    const { data, metadata, displayId, isUpdate } = output;
    const transient = displayId === null ? {} : { display_id: displayId };
    this.#publish(isUpdate ? 'update_display_data' : 'display_data', { data, metadata, transient });
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const mustStop = await this.#run(next);
      if (mustStop) await this.#abortWaiting();
      next.done();
    }
    this.#isBusy = false;
  }

  /** Runs one cell. Tells whether those that wait behind it must not run. */
  async #run({ socket, message }: Waiting): Promise<boolean> {
    const request = message.content as unknown as ExecuteRequest;
    const isSilent = request.silent === true;
    this.#text.flush();
    this.#last = message;
    this.#speaker.busy(message);
    if (!isSilent && request.store_history !== false) this.#count += 1;
    if (!isSilent) this.#publish('execute_input', { code: request.code, execution_count: this.#count });
    const { error } = await this.#session.execute(request.code, this.#count, (output) => void (isSilent || this.show(output)));
    this.#text.flush();
    if (error && !isSilent) this.#publish('error', faultOf(error));
    const ended = error ? { status: 'error', ...faultOf(error) } : { status: 'ok', payload: [], user_expressions: {} };
    this.#speaker.reply(socket, message, 'execute_reply', { ...ended, execution_count: this.#count });
    return error !== null && request.stop_on_error !== false;
  }

  /** Cells that had come before the failure do not run; what comes after it does. */
  async #abortWaiting(): Promise<void> {
    for (let before = -1; before !== this.#waiting.length; ) {
      before = this.#waiting.length;
      for (let turn = 0; turn < QUIET_TURNS; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    for (const { socket, message, done } of this.#waiting.splice(0)) {
      this.#speaker.busy(message);
      this.#speaker.reply(socket, message, 'execute_reply', { status: 'aborted', execution_count: this.#count });
      done();
    }
  }

  #publish(type: string, content: Content): void {
    if (this.#last) this.#speaker.publish(this.#last, type, content);
  }
}

const faultOf = ({ name, message, traceback }: CellError) => ({ ename: name, evalue: message, traceback });

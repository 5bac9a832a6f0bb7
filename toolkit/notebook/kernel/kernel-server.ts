import type { CellOutput } from '../session/cell-output.ts';
import { CellQueue, type Speaker } from './cell-queue.ts';
import { type QueuedSocket, queueSends } from './send-queue.ts';
import type { Content, Question } from './session-messages.ts';
import type { SessionThread } from './session-thread.ts';
import type { KernelHandler, KernelMessage, Sender, Socket, TslabParts, TslabServer } from './tslab-parts.ts';

/** The server of a kernel. */
export interface KernelServer extends TslabServer {
  /** Output that comes while no cell runs. */
  late(output: CellOutput): void;
}

const OUTGOING = ['iopub', 'shell', 'control', 'stdin'] as const;

function send(key: string, socket: Sender, parent: KernelMessage, type: string, content: Content): void {
  const reply = parent.createReply();
  reply.header.msg_type = type;
  reply.content = content;
  reply.signAndSend(key, socket);
}

/**
 * tslab's server with what it does wrong done right: every socket has a queue, cells run in a session and one after another, and
 * requests that tslab does not know are answered. docs/decisions/0012 tells each fault.
 */
export function kernelServer(
  { Server }: TslabParts,
  session: SessionThread,
  onClosed: () => void,
): new (
  handler: KernelHandler,
  connectionFile: string,
) => KernelServer {
  return class extends Server implements KernelServer {
    readonly #queues: QueuedSocket[] = [];
    /** Questions whose answers are not there yet: the kernel is idle after them. */
    readonly #answers = new WeakMap<KernelMessage, Promise<void>>();
    #asked: Sender | null = null;
    readonly #speaker: Speaker = {
      busy: (parent) => super.publishStatus('busy', parent),
      publish: (parent, type, content) => send(this.connInfo.key, this.iopub, parent, type, content),
      reply: (socket, parent, type, content) => send(this.connInfo.key, socket, parent, type, content),
    };
    readonly #cells = new CellQueue(session, this.#speaker);

    override bindSocket(socket: Socket, port: number): Promise<void> {
      for (const name of OUTGOING.filter((it) => this[it] === socket)) this.#queues.push((this[name] = queueSends(socket)));
      return super.bindSocket(socket, port);
    }

    override async handleShellMessage(socket: Sender, ...frames: Buffer[]): Promise<void> {
      this.#asked = socket;
      // What is not signed with the key of this kernel is not answered.
      await super.handleShellMessage(socket, ...frames).catch(() => {});
    }

    /** tslab calls this for every request: with "busy" before it looks what it is, with "idle" when it has handed it on. */
    override publishStatus(status: string, parent: KernelMessage): void {
      // A cell is busy from when it runs, not from when it came.
      if (status === 'busy' && parent.header.msg_type === 'execute_request') return;
      const answered = status === 'idle' ? this.#answers.get(parent) : undefined;
      if (answered) return void answered.then(() => super.publishStatus(status, parent));
      super.publishStatus(status, parent);
      if (status === 'busy' && this.#asked) answerMore(this.#asked, parent, session, this.#speaker);
    }

    override handleExecute(socket: Sender, message: KernelMessage): Promise<void> {
      return this.#cells.add(socket, message);
    }

    override handleIsComplete(socket: Sender, message: KernelMessage): void {
      this.#ask('is_complete', socket, message);
    }

    override handleComplete(socket: Sender, message: KernelMessage): void {
      this.#ask('complete', socket, message);
    }

    override handleInspect(socket: Sender, message: KernelMessage): void {
      this.#ask('inspect', socket, message);
    }

    #ask(question: Question, socket: Sender, message: KernelMessage): void {
      const answered = session.ask(question, message.content).then((content) => this.#speaker.reply(socket, message, `${question}_reply`, content));
      this.#answers.set(message, answered);
    }

    override handleCommInfoRequest(socket: Sender, message: KernelMessage): void {
      this.#speaker.reply(socket, message, 'comm_info_reply', { status: 'ok', comms: {} });
    }

    override handleShutdown(socket: Sender, message: KernelMessage): void {
      this.#speaker.reply(socket, message, 'shutdown_reply', { status: 'ok', restart: message.content['restart'] === true });
    }

    override close(): void {
      void Promise.all(this.#queues.map((queue) => queue.flushed())).then(() => {
        super.close();
        onClosed();
      });
    }

    late(output: CellOutput): void {
      this.#cells.show(output);
    }
  };
}

/** Requests that tslab does not know. */
function answerMore(socket: Sender, message: KernelMessage, session: SessionThread, speaker: Speaker): void {
  const type = message.header.msg_type;
  if (type === 'history_request') speaker.reply(socket, message, 'history_reply', { status: 'ok', history: [] });
  if (type === 'comm_open') speaker.publish(message, 'comm_close', { comm_id: message.content['comm_id'], data: {} });
  if (type !== 'interrupt_request') return;
  session.interrupt();
  speaker.reply(socket, message, 'interrupt_reply', { status: 'ok' });
}

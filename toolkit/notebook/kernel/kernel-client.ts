import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellError, type CellOutput, type CellResult, OUT_OF_MEMORY, type OutputSink } from '../session/cell-output.ts';
import { loadZeromq } from './tslab-parts.ts';
import { parseFrames, requestFrames, type WireMessage } from './wire.ts';

interface ClientSocket {
  connect(address: string): void;
  subscribe?(): void;
  send(frames: readonly (string | Buffer)[]): Promise<void>;
  close(): void;
  readonly linger?: number;
  [Symbol.asyncIterator](): AsyncIterator<Buffer[]>;
}
interface Zeromq {
  readonly Dealer: new (options: object) => ClientSocket;
  readonly Subscriber: new (options: object) => ClientSocket;
}

/** How a kernel is started and where. */
export interface ClientOptions {
  /** Program and words, as in the kernel spec before `--config-path`. */
  readonly command: readonly string[];
  /** The folder of the notebook. */
  readonly folder: string;
  readonly packageRoot: string;
}

interface Asked {
  readonly onBegin: (() => void) | undefined;
  readonly finish: (result: CellResult) => void;
  error: CellError | null;
  isReplied: boolean;
  isIdle: boolean;
}

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;
const ASK_EVERY_MS = 200;
const READY_WITHIN_MS = 120_000;
const DIED: CellResult = {
  error: { name: 'KernelDied', message: 'The kernel ended.', line: null, traceback: ['KernelDied: The kernel ended.'] },
  lost: [],
  isOutOfMemory: false,
};

/** Runs cells in a kernel of its own, by the same protocol as Jupyter and without Python. */
export class KernelClient {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #key = randomUUID();
  readonly #session = randomUUID();
  readonly #shell: ClientSocket;
  readonly #iopub: ClientSocket;
  readonly #asked = new Map<string, Asked>();
  /** Where outputs go, by the request that they belong to. */
  readonly #sinks = new Map<string, OutputSink>();
  #isEnded = false;

  private constructor(options: ClientOptions, zeromq: Zeromq, ports: readonly number[]) {
    this.#folder = mkdtempSync(join(tmpdir(), 'daybook-kernel-'));
    const file = join(this.#folder, 'connection.json');
    const connection = { ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', key: this.#key, kernel_name: 'daybook' };
    writeFileSync(file, JSON.stringify({ ...connection, ...Object.fromEntries(PORTS.map((name, i) => [name, ports[i]])) }), { mode: 0o600 });
    const [program = process.execPath, ...words] = options.command;
    this.#child = spawn(program, [...words, '--config-path', file], {
      cwd: options.folder,
      stdio: 'ignore',
      env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
    });
    this.#child.on('error', () => this.#end());
    this.#child.on('exit', () => this.#end());
    this.#shell = new zeromq.Dealer({ linger: 0 });
    this.#iopub = new zeromq.Subscriber({ linger: 0 });
    this.#shell.connect(`tcp://127.0.0.1:${ports[0]}`);
    this.#iopub.connect(`tcp://127.0.0.1:${ports[1]}`);
    this.#iopub.subscribe?.();
    void this.#listen(this.#shell);
    void this.#listen(this.#iopub);
  }

  /**
   * Starts a kernel and waits until it answers on both ways. Null where it does not.
   *
   * @throws DaybookError `notebook.no-kernel` (69)
   */
  static async start(options: ClientOptions): Promise<KernelClient | null> {
    const zeromq = loadZeromq(options.packageRoot) as Zeromq;
    const client = new KernelClient(options, zeromq, await freePorts(PORTS.length));
    // The way of the outputs is open when something came by it: what is published before is lost.
    for (let waitedMs = 0; waitedMs < READY_WITHIN_MS && !client.#isEnded; waitedMs += ASK_EVERY_MS) {
      const answered = await Promise.race([client.#ask('kernel_info_request', {}).then(() => true), later(ASK_EVERY_MS)]);
      if (answered) return client;
    }
    await client.close();
    return null;
  }

  /** Runs one cell. Never rejects: a kernel that ended gives an error "KernelDied". */
  execute(code: string, _executionCount: number, sink: OutputSink, onBegin: () => void): Promise<CellResult> {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    return this.#ask('execute_request', content, { sink, onBegin });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    this.#end();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      const isGone = await Promise.race([ended.then(() => true), later(5000)]);
      if (!isGone) this.#child.kill('SIGKILL');
    }
    this.#end();
    this.#shell.close();
    this.#iopub.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(type: string, content: object, { sink, onBegin }: { readonly sink?: OutputSink; readonly onBegin?: () => void } = {}): Promise<CellResult> {
    if (this.#isEnded) return Promise.resolve(DIED);
    const { id, frames } = requestFrames(this.#key, this.#session, type, content);
    return new Promise((finish) => {
      if (sink) this.#sinks.set(id, sink);
      this.#asked.set(id, { onBegin, finish, error: null, isReplied: false, isIdle: false });
      this.#shell.send(frames).catch(() => this.#end());
    });
  }

  async #listen(socket: ClientSocket): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = parseFrames(this.#key, frames);
        if (message) this.#take(message);
      }
    } catch {
      this.#end();
    }
  }

  /** A request is done when its reply and its last word on the way of the outputs are here, in whatever order. */
  #take({ header, parent, content }: WireMessage): void {
    const id = parent.msg_id ?? '';
    const output = outputOf(header.msg_type, content);
    // Callbacks print after their cell has ended.
    if (output) this.#sinks.get(id)?.(output);
    const asked = this.#asked.get(id);
    if (!asked) return;
    if (header.msg_type === 'execute_input') asked.onBegin?.();
    if (header.msg_type === 'error') asked.error = errorOf(content);
    if (header.msg_type === 'status') asked.isIdle ||= content['execution_state'] === 'idle';
    if (header.msg_type.endsWith('_reply')) asked.isReplied = true;
    if (!asked.isReplied || !asked.isIdle) return;
    this.#asked.delete(id);
    asked.finish({ error: asked.error, lost: [], isOutOfMemory: asked.error?.name === OUT_OF_MEMORY });
  }

  #end(): void {
    this.#isEnded = true;
    for (const { finish } of this.#asked.values()) finish(DIED);
    this.#asked.clear();
  }
}

const later = (ms: number): Promise<false> => new Promise((resolve) => void setTimeout(() => resolve(false), ms).unref());

function errorOf({ ename, evalue, traceback }: WireMessage['content']): CellError {
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  const line = /^> *(\d+) \|/m.exec(lines.join('\n'))?.[1];
  return { name: String(ename), message: String(evalue), line: line === undefined ? null : Number(line), traceback: lines };
}

function outputOf(type: string, content: WireMessage['content']): CellOutput | null {
  const data = content['data'] as CellOutput extends { data: infer D } ? D : never;
  if (type === 'stream') return { kind: 'stream', stream: content['name'] === 'stderr' ? 'stderr' : 'stdout', text: String(content['text']) };
  if (type === 'execute_result') return { kind: 'result', data };
  if (type !== 'display_data' && type !== 'update_display_data') return null;
  const transient = content['transient'] as { readonly display_id?: string } | undefined;
  const metadata = (content['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  return { kind: 'display', data, metadata, displayId: transient?.display_id ?? null, isUpdate: type === 'update_display_data' };
}

/** Ports that nobody listens on, all held until all are known. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

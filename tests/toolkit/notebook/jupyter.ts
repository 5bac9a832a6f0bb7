import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kernelStart } from '../../../cli/notebook/kernel-start.ts';
import { jupyterFolder, writeKernelSpec } from '../../../toolkit/notebook/index.ts';
import { pythonWith } from '../../python-with.ts';
import { ROOT } from '../../run-in-folder.ts';

const PROTOCOL = fileURLToPath(new URL('protocol.py', import.meta.url));
const PACKAGES = ['jupyter_client==8.6.3', 'nbformat==5.10.4'];

/** What a client saw of one cell. */
export interface SeenCell {
  readonly reply: {
    readonly status: string;
    readonly execution_count: number;
    readonly ename?: string;
    readonly evalue?: string;
    readonly traceback?: string[];
  };
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: readonly {
    readonly type: string;
    readonly data?: Record<string, unknown>;
    readonly ename?: string;
    readonly [key: string]: unknown;
  }[];
  readonly input: number | null;
  readonly order: readonly string[];
  readonly messages: number;
  readonly ms: number;
}

/** A kernel and Jupyter's client of it, each a process. */
export class Jupyter {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #prefix: string;
  #last: Promise<unknown> = Promise.resolve();

  private constructor() {
    this.#prefix = mkdtempSync(join(tmpdir(), 'daybook-jupyter-test-'));
    const known = jupyterFolder(this.#prefix, {});
    writeKernelSpec(known, kernelStart());
    this.#child = spawn(pythonWith('jupyter', PACKAGES), ['-u', PROTOCOL], {
      env: { ...process.env, JUPYTER_PATH: known },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  /** Starts a kernel in a folder, by the spec that `notebook install` writes. */
  static async start(
    folder = join(ROOT, 'notebooks'),
    options: object = {},
  ): Promise<Jupyter & { readonly readyMs: number; readonly kernelPid: number }> {
    const jupyter = new Jupyter();
    const { ready_ms: readyMs, pid: kernelPid } = (await jupyter.ask('start', { cwd: folder, ...options })) as { ready_ms: number; pid: number };
    return Object.assign(jupyter, { readyMs, kernelPid });
  }

  /** One command of protocol.py. */
  ask(command: string, args: object = {}): Promise<unknown> {
    const asked = this.#last.then(async () => {
      this.#child.stdin?.write(`${JSON.stringify({ do: command, ...args })}\n`);
      const { value, done } = await this.#answers.next();
      if (done) throw new Error('the client ended');
      const answer = JSON.parse(value) as { readonly ok?: unknown; readonly fault?: string };
      if (answer.fault !== undefined) throw new Error(answer.fault);
      return answer.ok;
    });
    this.#last = asked.catch(() => {});
    return asked;
  }

  /** Cells sent at once. */
  async cells(codes: readonly string[], options: object = {}): Promise<SeenCell[]> {
    return (await this.ask('execute', { codes, ...options })) as SeenCell[];
  }

  /** One cell. */
  async cell(code: string, options: object = {}): Promise<SeenCell> {
    return (await this.cells([code], options))[0] as SeenCell;
  }

  /** The text of a cell's result; null where it has none. */
  async value(code: string): Promise<string | null> {
    const { outputs, reply } = await this.cell(code);
    if (reply.status !== 'ok') throw new Error(`${reply.ename}: ${reply.evalue}`);
    return (outputs.find(({ type }) => type === 'execute_result')?.data?.['text/plain'] as string | undefined) ?? null;
  }

  async close(): Promise<void> {
    await this.ask('shutdown').catch(() => {});
    this.#child.stdin?.end();
    rmSync(this.#prefix, { recursive: true, force: true });
  }

  /** Ends the client as a crash does: the kernel's parent is gone. */
  killClient(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#prefix, { recursive: true, force: true });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtCommand } from '../../built-command.ts';
import { ROOT } from '../../run-in-folder.ts';
import type { Done } from './host.ts';
import { MOST_MS, type Outcome, plainEnvironment } from './room.ts';

const LOADER = join(ROOT, 'tests/load-typescript.mjs');

/**
 * Processes that run one command line after another. A run that a fault kills takes its process with it, as it must; the next
 * one gets a new one.
 */
export class Hosts {
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();

  constructor(private readonly preload: NodeJS.ProcessEnv) {}

  /** Runs a command line to its end. `env` stands until the next one. */
  async run(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
    const host = this.#idle.pop() ?? this.#start();
    let isHung = false;
    const timer = setTimeout(() => {
      isHung = true;
      host.kill('SIGKILL');
    }, MOST_MS);
    const done = await new Promise<Done | null>((resolve) => {
      host.once('message', (said: Done) => resolve(said)).once('exit', () => resolve(null));
      host.send({ words, env });
    });
    clearTimeout(timer);
    host.removeAllListeners('message').removeAllListeners('exit');
    if (done === null) return { code: null, stdout: '', stderr: '', isHung };
    this.#idle.push(host);
    return { ...done, isHung };
  }

  close(): void {
    for (const host of this.#all) host.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const [program = ''] = builtCommand();
    const host = spawn(program, ['--import', LOADER, join(import.meta.dirname, 'host.ts'), join(ROOT, 'dist/cli/run-cli.js')], {
      env: { ...plainEnvironment(), ...this.preload },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#all.add(host);
    return host;
  }
}

import { pathToFileURL } from 'node:url';
import type { Effects, Output } from '../../../cli/effects.ts';
import { ROOT } from '../../run-in-folder.ts';

/** One command line to run, and the variables that tell the shim what is to go wrong. */
export interface Order {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How it ended. */
export interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// A process that runs one command line after another, each as in a process of its own but for the start, which costs more than a small load.
const { runCli } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as typeof import('../../../cli/run-cli.ts');

function kept(): Output & { text: string } {
  const output = { text: '', isTTY: false, columns: 200, isClosed: false, stream: null, drained: async () => {} };
  return Object.assign(output, { write: (text: string) => void (output.text += text) });
}

async function run({ words, env }: Order): Promise<Done> {
  Object.assign(process.env, env);
  const [stdout, stderr] = [kept(), kept()];
  const effects: Effects = {
    cwd: ROOT,
    env: {},
    stdout,
    stderr,
    hasInput: false,
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    signal: new AbortController().signal,
    spawn: async () => ({ code: null, output: '' }),
    program: 'daybook',
    version: '0.0.0',
  };
  const code = await runCli(words, effects);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

process.on('message', (order: Order) => void run(order).then((done) => process.send?.(done)));

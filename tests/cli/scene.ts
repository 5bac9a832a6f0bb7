import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import type { Effects, Output } from '../../cli/effects.ts';
import { runCli } from '../../cli/run-cli.ts';

/** The repository: a project with one pipeline and sample data. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What a command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a scene differs from a UTF-8 pipe without colour. */
export interface Setting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of a terminal; none where left out. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly spawn?: Effects['spawn'];
}

/** An output that keeps what is written. */
export function collector(columns: number | null = null): Output & { readonly text: () => string } {
  const parts: string[] = [];
  return {
    write: (text) => void parts.push(text),
    drained: async () => {},
    isTTY: columns !== null,
    columns,
    isClosed: false,
    stream: null,
    text: () => parts.join(''),
  };
}

/** Runs a command line without a process of its own. */
export async function daybook(
  argv: readonly string[],
  {
    cwd = ROOT,
    env = {},
    columns,
    signal = new AbortController().signal,
    now = () => new Date(),
    spawn = async () => ({ code: 0, output: '' }),
  }: Setting = {},
): Promise<Said> {
  const [stdout, stderr] = [collector(columns ?? null), collector(columns ?? null)];
  const effects: Effects = {
    cwd,
    env: { LANG: 'C.UTF-8', ...env },
    stdout,
    stderr,
    hasInput: false,
    now,
    elapsedMs: () => performance.now(),
    signal,
    spawn,
    program: 'daybook',
    version: '0.1.0',
  };
  const code = await runCli(argv, effects);
  return { code, out: stdout.text(), err: stderr.text() };
}

/** A folder of its own, removed after the test. */
export function folder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-cli-')));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A state and a warehouse of its own, as flags. */
export const placeIn = (path: string): string[] => [
  '--set',
  `state.dir=${join(path, 'state')}`,
  '--set',
  `warehouse.path=${join(path, 'warehouse.sqlite')}`,
];

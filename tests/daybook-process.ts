import { type ChildProcess, spawn } from 'node:child_process';
import { builtCommand } from './built-command.ts';
import { ROOT } from './run-in-folder.ts';

/** How a command ended, and what it said. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is going on. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command line, as it is built, as a process of its own. */
export function startDaybook(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {},
): Started {
  const { DAYBOOK_DEBUG: _, ...env } = process.env;
  const [program = '', ...first] = builtCommand();
  const child = spawn(program, [...first, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...env, ...options.env },
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    const said = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

/** Runs the command line to its end. */
export const daybook = (args: readonly string[], options?: Parameters<typeof startDaybook>[1]): Promise<Ended> => startDaybook(args, options).ended;

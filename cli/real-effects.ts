import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import type { Effects, Output, Spawned } from './effects.ts';

/** The effects of this process. */
export function realEffects(signal: AbortSignal): Effects {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    hasInput: process.stdin.isTTY === true,
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    signal,
    spawn,
    program: programOf(process.argv[1] ?? 'daybook', process.env, process.cwd()),
    version: versionOf(),
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  let isClosed = false;
  // A reader that is gone is no fault: what is left to say is dropped.
  stream.on('error', () => {
    isClosed = true;
  });
  return {
    write: (text) => void (isClosed || stream.write(text)),
    drained: () =>
      new Promise((resolve) => {
        if (isClosed || !stream.writableNeedDrain) return resolve();
        const done = () => {
          for (const event of ['drain', 'close', 'error']) stream.off(event, done);
          resolve();
        };
        for (const event of ['drain', 'close', 'error']) stream.on(event, done);
      }),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY === true ? stream.columns || 80 : null;
    },
    get isClosed() {
      return isClosed || stream.destroyed;
    },
    stream,
  };
}

/** What a person types to call this program again. */
export function programOf(script: string, env: Effects['env'], cwd: string): string {
  // Under npm, npx knows the command: of the package one stands in, or of one it depends on.
  if (env['npm_execpath']) return 'npx daybook';
  if (!/^main\.[jt]s$/.test(basename(script))) return 'daybook';
  const path = relative(cwd, script);
  return script.endsWith('.ts') ? 'daybook' : `node ${path.startsWith('..') ? script : path}`;
}

// From cli/ and from dist/cli/.
function versionOf(): string {
  for (const up of ['../package.json', '../../package.json']) {
    const file = new URL(up, import.meta.url);
    if (!existsSync(file)) continue;
    return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version ?? '0.0.0';
  }
  return '0.0.0';
}

const spawn = (command: string, args: readonly string[]): Promise<Spawned> =>
  new Promise((resolve) => {
    execFile(command, [...args], { timeout: 10_000 }, (fault, stdout, stderr) => {
      const code = fault === null ? 0 : typeof fault.code === 'number' ? fault.code : null;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });

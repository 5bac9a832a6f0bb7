import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ExecutionContext } from 'ava';
import { type Line, type Log, type LogOptions, openLog } from '../../../toolkit/observe/index.ts';

/** A folder of its own, removed after the test. */
export function folder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-log-')));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A log with a fixed clock and room for much. */
export const open = (at: string, options: Partial<LogOptions> = {}): Promise<Log> =>
  openLog({
    folder: at,
    level: 'debug',
    maxFileBytes: 1e6,
    retentionDays: 30,
    maxFiles: 10,
    pretty: false,
    now: () => new Date('2026-11-24T15:33:29Z'),
    ...options,
  });

/** The lines of one log file. */
export const linesIn = (at: string, name: string): Line[] =>
  readFileSync(join(at, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as Line);

/** A stream that keeps what is written to it. */
export function keeper(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

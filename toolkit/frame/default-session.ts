import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from './session.ts';

/** What a kernel calls when a cell is interrupted, and waits for: the engine stops too, else the next query would wait for its end. */
const INTERRUPT = Symbol.for('daybook.interrupt');

let shared: Promise<Session> | undefined;

/** The session of notebooks and scripts that name none: opened at first use, spilling to the system's temporary folder. */
export function defaultSession(): Promise<Session> {
  shared ??= Session.open({ spillFolder: join(tmpdir(), `daybook-${process.pid}`) });
  (globalThis as { [INTERRUPT]?: () => Promise<void> })[INTERRUPT] = async () => (await shared)?.interrupt();
  return shared;
}

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from './session.ts';

let shared: Promise<Session> | undefined;

/** The session of notebooks and scripts that name none: opened at first use, spilling to the system's temporary folder. */
export function defaultSession(): Promise<Session> {
  shared ??= Session.open({ spillFolder: join(tmpdir(), `daybook-${process.pid}`) });
  return shared;
}

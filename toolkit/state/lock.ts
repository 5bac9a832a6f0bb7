import { link, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import { DaybookError } from '../errors/index.ts';
import { guarded } from './fault.ts';
import { namesIn } from './retention.ts';
import { ownerOnly, type State } from './state.ts';
import { isDraftOf, writeWhole } from './write-whole.ts';

/** Who holds a pipeline's lock, as the holder wrote it down. */
export interface Holder {
  readonly runId: string;
  readonly pid: number;
  /** UTC, ISO 8601. */
  readonly since: string;
}

/** A pipeline's lock while it is held. */
export interface Lock {
  /** Frees it; a second call does nothing. The system frees it as well when the process ends, however that is. */
  release(): Promise<void>;
}

// The system's lock is the process's: it does not keep two runs of one process apart. And it is lost as soon as the process
// closes the file through any other handle, so no other code here opens a lock file that this process holds. The open database
// stands here, null while it is being opened: one that nobody refers to would be collected, and its lock be lost.
const heldHere = new Map<string, DuckDBInstance | null>();

const nameOf = (pipeline: string): string => encodeURIComponent(pipeline).replaceAll('.', '%2E');
const lockFile = ({ locks }: Pick<State, 'locks'>, pipeline: string): string => join(locks, `${nameOf(pipeline)}.lock`);
const holderFile = ({ locks }: Pick<State, 'locks'>, pipeline: string): string => join(locks, `${nameOf(pipeline)}.json`);

/** How often and how long to try: another command that only looks holds the lock for a few milliseconds. */
const TRIES = 4;
const PAUSE_MS = 50;

/**
 * Takes the lock of a pipeline for a run, in whatever mode the run goes. The lock is the one that DuckDB takes on a database file.
 *
 * @throws DaybookError `state.locked` (75) naming the run that holds it; `state.lock-damaged`, `state.not-permitted`
 */
export async function acquireLock(state: Pick<State, 'locks'>, pipeline: string, by: { readonly runId: string; readonly now: Date }): Promise<Lock> {
  const file = lockFile(state, pipeline);
  const instance = await take(state, pipeline, TRIES);
  if (!instance) {
    const holder = await holderOf(state, pipeline);
    throw new DaybookError('state.locked', { pipeline, file, runId: holder?.runId ?? null, since: holder?.since ?? null });
  }
  const release = once(async () => {
    // The note is for people alone, and the next holder writes a new one.
    await rm(holderFile(state, pipeline), { force: true }).catch(() => undefined);
    instance.closeSync();
    heldHere.delete(file);
  });
  try {
    await removeDrafts(state, pipeline);
    await writeHolder(holderFile(state, pipeline), { runId: by.runId, pid: process.pid, since: by.now.toISOString() });
  } catch (fault) {
    await release();
    throw fault;
  }
  return { release };
}

/** Whether some run, of this process or another, holds the lock of a pipeline. @throws DaybookError `state.lock-damaged`, `state.not-permitted` */
export async function isHeld(state: Pick<State, 'locks'>, pipeline: string): Promise<boolean> {
  const file = lockFile(state, pipeline);
  if (heldHere.has(file)) return true;
  if (!(await exists(file))) return false;
  const instance = await take(state, pipeline, 1);
  if (!instance) return true;
  instance.closeSync();
  heldHere.delete(file);
  return false;
}

/** Who wrote down that they hold the lock; null where nobody did. A holder that was killed stays written: ask `isHeld` too. */
export async function holderOf(state: Pick<State, 'locks'>, pipeline: string): Promise<Holder | null> {
  try {
    const found = JSON.parse(await readFile(holderFile(state, pipeline), 'utf8')) as Partial<Holder> | null;
    const { runId, pid, since } = found ?? {};
    return typeof runId === 'string' && typeof pid === 'number' && typeof since === 'string' ? { runId, pid, since } : null;
  } catch {
    return null;
  }
}

/** Whether a run may be going on: some pipeline's lock is held, by this run or by one that has not yet written down who it is. */
export async function isGoingOn(state: Pick<State, 'locks'>, runId: string): Promise<boolean> {
  const locks = (await namesIn(state.locks)).filter((name) => name.endsWith('.lock'));
  for (const pipeline of locks.map((name) => decodeURIComponent(name.slice(0, -'.lock'.length)))) {
    const holder = await holderOf(state, pipeline);
    if ((holder === null || holder.runId === runId) && (await isHeld(state, pipeline))) return true;
  }
  return false;
}

/** The open database whose lock is ours, or null where somebody else has it after so many tries. */
async function take(state: Pick<State, 'locks'>, pipeline: string, tries: number): Promise<DuckDBInstance | null> {
  const file = lockFile(state, pipeline);
  for (let left = tries; ; left--) {
    const instance = await tryOnce(file, pipeline);
    if (instance || left <= 1) return instance;
    await pause(PAUSE_MS);
  }
}

async function tryOnce(file: string, pipeline: string): Promise<DuckDBInstance | null> {
  if (heldHere.has(file)) return null;
  heldHere.set(file, null);
  try {
    await makeLockFile(file);
    const instance = await openDatabase(file);
    heldHere.set(file, instance);
    return instance;
  } catch (fault) {
    heldHere.delete(file);
    return refusal(fault, file, pipeline);
  }
}

/** Null where DuckDB says that the lock is taken; its words are read here and go no further. */
function refusal(fault: unknown, file: string, pipeline: string): null {
  if (fault instanceof DaybookError) throw fault;
  const message = fault instanceof Error ? fault.message : '';
  if (/could not set lock|conflicting lock/i.test(message)) return null;
  if (/permission denied|read-only/i.test(message)) throw new DaybookError('state.not-permitted', { doing: 'lock', path: file });
  if (/no space left/i.test(message)) throw new DaybookError('state.disk-full', { doing: 'lock', path: file });
  if (/input\/output error|fsync failed/i.test(message)) throw new DaybookError('state.io', { doing: 'lock', path: file, code: 'EIO' });
  throw new DaybookError('state.lock-damaged', { pipeline, file });
}

/**
 * Makes the database file whole beside its place and links it in: a process that is killed while DuckDB writes the first
 * pages would otherwise leave a file that no later run could open.
 */
async function makeLockFile(file: string): Promise<void> {
  if (await exists(file)) return;
  const draft = `${file}.${process.pid}.${Date.now()}`;
  try {
    (await openDatabase(draft)).closeSync();
    await ownerOnly(draft);
    await guarded('create the lock', file, () => link(draft, file));
  } catch (fault) {
    // Another process was faster; it may have removed this draft as well.
    if (!(await exists(file))) throw fault;
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Removes what processes that were killed have left of making this lock and its note. Only the holder may: nobody else writes either now. */
async function removeDrafts(state: Pick<State, 'locks'>, pipeline: string): Promise<void> {
  const made = [lockFile(state, pipeline), holderFile(state, pipeline)].map((file) => basename(file));
  const drafts = (await namesIn(state.locks)).filter((name) => made.some((file) => isDraftOf(file, name)));
  for (const name of drafts) await rm(join(state.locks, name), { force: true }).catch(() => undefined);
}

/** The engine takes a tenth of a second to load: commands that only read the ledger do without. */
async function openDatabase(file: string): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return DuckDBInstance.create(file, { threads: '1', access_mode: 'READ_WRITE' });
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const writeHolder = (file: string, holder: Holder): Promise<void> => writeWhole('write who holds the lock', file, `${JSON.stringify(holder)}\n`);

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

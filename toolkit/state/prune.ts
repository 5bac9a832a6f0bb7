import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openLedger } from './ledger.ts';
import { findRejects, runFolder } from './run-folder.ts';
import { isRunId } from './run-id.ts';
import { guarded } from './fault.ts';
import type { State } from './state.ts';

const DAY_MS = 86_400_000;

/** How much of something is kept: at most so many days, and at most so many. Null: no limit. */
export interface Retention {
  readonly days: number | null;
  readonly count: number | null;
}

/** What is kept of each kind. Records are small and are the history: keep them longer than their rejects. */
export interface Retentions {
  readonly rejects: Retention;
  readonly records: Retention;
  readonly logs: Retention;
  readonly now: Date;
}

/** How many of each were removed. */
export interface Pruned {
  readonly rejects: number;
  readonly records: number;
  readonly logs: number;
  readonly scratch: number;
}

/** Bounds the state: called when a run begins, after `markInterrupted`. What belongs to a run that is going on is never touched. @throws DaybookError `state.*` */
export async function prune(state: State, { rejects, records, logs, now }: Retentions): Promise<Pruned> {
  const going = new Set((await openLedger(state).running()).map(({ document }) => document.runId));
  const ids = (await namesIn(state.runs)).filter((id) => isRunId(id) && !going.has(id)).sort().reverse();
  const tooOld = expired(ids, (id) => startOf(id), records, now);
  for (const id of tooOld) await remove(runFolder(state, id));
  const withRejects: string[] = [];
  for (const id of ids) if (!tooOld.includes(id) && (await findRejects(state, id)) !== null) withRejects.push(id);
  const stale = expired(withRejects, (id) => startOf(id), rejects, now);
  for (const id of stale) await remove((await findRejects(state, id)) ?? '');
  return { rejects: stale.length, records: tooOld.length, logs: await pruneLogs(state.logs, logs, now), scratch: await sweepScratch(state, now) };
}

/** Removes rotated log files (`NAME.<time>….log`) that are too old or too many, counted a log; the files being written stay. */
export async function pruneLogs(folder: string, keep: Retention, now: Date): Promise<number> {
  const rotated = (await namesIn(folder)).filter((name) => /^[a-z]+\.\d{8}T\d{6}Z.*\.log$/.test(name)).sort().reverse();
  const logs = new Set(rotated.map((name) => name.slice(0, name.indexOf('.'))));
  const stale = [...logs].flatMap((log) => expired(rotated.filter((name) => name.startsWith(`${log}.`)), (name) => startOf(name.slice(log.length + 1)), keep, now));
  for (const name of stale) await remove(join(folder, name));
  return stale.length;
}

/** Removes scratch folders of runs that are not going on. One that the ledger does not know is left for a day: it may be about to begin. */
export async function sweepScratch(state: State, now: Date): Promise<number> {
  const going = new Set((await openLedger(state).running()).map(({ document }) => document.runId));
  let removed = 0;
  for (const id of (await namesIn(state.tmp)).filter(isRunId)) {
    const folder = join(state.tmp, id);
    const isKnown = await stat(join(runFolder(state, id), 'run.json')).then(() => true, () => false);
    const isRecent = !isKnown && now.getTime() - startOf(id) < DAY_MS;
    if (going.has(id) || isRecent) continue;
    await remove(folder);
    removed += 1;
  }
  return removed;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

const remove = (path: string): Promise<void> => guarded('remove', path, () => rm(path, { recursive: true, force: true }));

/** Milliseconds of the time that an id or a rotated log's name begins with; NaN where it does not. */
function startOf(name: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Of names with the newest first, those that are too old or beyond the number. */
function expired(names: readonly string[], at: (name: string) => number, { days, count }: Retention, now: Date): string[] {
  const oldest = days === null ? Number.NEGATIVE_INFINITY : now.getTime() - days * DAY_MS;
  return names.filter((name, index) => (count !== null && index >= count) || at(name) < oldest);
}

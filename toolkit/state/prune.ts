import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openLedger } from './ledger.ts';
import { pruneLogs } from './prune-logs.ts';
import { DAY_MS, expired, namesIn, type Retention, remove, startOf } from './retention.ts';
import { findPersonal, runFolder } from './run-folder.ts';
import { isRunId } from './run-id.ts';
import type { State } from './state.ts';

/** What is kept of each kind. Records are small and are the history: keep them longer than their rejects. Corrections go with the rejects. */
export interface Retentions {
  readonly rejects: Retention;
  readonly records: Retention;
  readonly logs: Retention;
  readonly now: Date;
}

/** How many of each were removed; of rejects, how many runs lost theirs. */
export interface Pruned {
  readonly rejects: number;
  readonly records: number;
  readonly logs: number;
  readonly scratch: number;
}

/** Bounds the state: called when a run has ended. What belongs to a run that is going on is never touched. @throws DaybookError `state.*` */
export async function prune(state: State, { rejects, records, logs, now }: Retentions): Promise<Pruned> {
  const going = new Set((await openLedger(state).running()).map(({ document }) => document.runId));
  const ids = (await namesIn(state.runs))
    .filter((id) => isRunId(id) && !going.has(id))
    .sort()
    .reverse();
  const tooOld = expired(ids, (id) => startOf(id), records, now);
  for (const id of tooOld) await remove(runFolder(state, id));
  const personal = new Map<string, string[]>();
  for (const id of ids) if (!tooOld.includes(id)) personal.set(id, await findPersonal(state, id));
  const withRejects = ids.filter((id) => (personal.get(id) ?? []).length > 0);
  const stale = expired(withRejects, (id) => startOf(id), rejects, now);
  for (const id of stale) for (const file of personal.get(id) ?? []) await remove(file);
  return { rejects: stale.length, records: tooOld.length, logs: await pruneLogs(state.logs, logs, now), scratch: await sweepScratch(state, now) };
}

/** Removes scratch folders of runs that are not going on. One that the ledger does not know is left for a day: it may be about to begin. */
export async function sweepScratch(state: State, now: Date): Promise<number> {
  const going = new Set((await openLedger(state).running()).map(({ document }) => document.runId));
  let removed = 0;
  for (const id of (await namesIn(state.tmp)).filter(isRunId)) {
    const folder = join(state.tmp, id);
    const isKnown = await stat(join(runFolder(state, id), 'run.json')).then(
      () => true,
      () => false,
    );
    const isRecent = !isKnown && now.getTime() - startOf(id) < DAY_MS;
    if (going.has(id) || isRecent) continue;
    await remove(folder);
    removed += 1;
  }
  return removed;
}

import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStatus } from '../run/document.ts';
import { guarded } from './fault.ts';
import { openLedger } from './ledger.ts';
import type { LedgerRun } from './record.ts';
import { remove, startOf } from './retention.ts';
import type { State } from './state.ts';

/** Which runs go. Where both are given, a run goes only if both say so. */
export interface RunsToPrune {
  /** Runs that began before this time; null: whenever they began. */
  readonly before: Date | null;
  /** All but the newest so many of each pipeline and environment; null: however few are left. */
  readonly keep: number | null;
  /** Only says what would go. */
  readonly dryRun: boolean;
  readonly now: Date;
}

/** A run that was removed, as `pruned.ndjson` keeps it. */
export interface PrunedRun {
  readonly runId: string;
  readonly pipeline: string | null;
  readonly environment: string | null;
  readonly status: RunStatus;
  readonly startedAt: string | null;
  /** UTC, ISO 8601. */
  readonly prunedAt: string;
}

/** Where it is written which runs were removed: one JSON object a line. */
export const prunedFile = ({ dir }: Pick<State, 'dir'>): string => join(dir, 'pruned.ndjson');

/**
 * Removes the records of past runs with all that lies beside them, the newest of them first; a line of each stays in `pruned.ndjson`,
 * written before the run goes. A run that is going on, the last good run of each pipeline and environment, and a run that a replay which
 * is kept refers to, are never removed.
 *
 * @throws DaybookError `state.*`
 */
export async function pruneRuns(state: State, asked: RunsToPrune): Promise<PrunedRun[]> {
  const pruned = chosen(await openLedger(state).recent(Number.POSITIVE_INFINITY), asked);
  if (asked.dryRun) return pruned.map(({ line }) => line);
  for (const { run, line } of pruned) {
    const file = prunedFile(state);
    await guarded('write down what is pruned', file, () => appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true }));
    await remove(run.folder);
  }
  return pruned.map(({ line }) => line);
}

/** Of runs with the newest first, those that go. A replay is newer than what it refers to: one pass sees it first. */
function chosen(runs: readonly LedgerRun[], { before, keep, now }: RunsToPrune): { readonly run: LedgerRun; readonly line: PrunedRun }[] {
  const [seen, hasGood, referred] = [new Map<string, number>(), new Set<string>(), new Set<string>()];
  return runs.flatMap((run) => {
    const { runId, pipeline, environment, status, startedAt } = run.document;
    const group = JSON.stringify([pipeline, environment]);
    const place = (seen.get(group) ?? 0) + 1;
    seen.set(group, place);
    const isLastGood = isGood(run) && !hasGood.has(group);
    if (isLastGood) hasGood.add(group);
    const isOld = before === null || startOf(runId ?? '') < before.getTime();
    const goes = status !== 'running' && !isLastGood && !referred.has(runId ?? '') && isOld && (keep === null || place > keep);
    if (goes && runId !== null) return [{ run, line: { runId, pipeline, environment, status, startedAt, prunedAt: now.toISOString() } }];
    if (run.replay) referred.add(run.replay.runId);
    return [];
  });
}

const isGood = ({ document, mode, isPartial }: LedgerRun): boolean => document.status === 'succeeded' && mode === 'publish' && !isPartial;

import { rm } from 'node:fs/promises';
import { DaybookError } from '../../errors/index.ts';
import { Session } from '../../frame/index.ts';
import { findRejects, type LedgerRun, newRunId, type State, scratchFolder } from '../../state/index.ts';
import type { ReadFiles } from '../document.ts';
import { type Correction, placeOf, type Replay } from './correction.ts';
import { keptCorrections } from './kept-corrections.ts';
import { type ReadCorrections, readCorrections } from './read-corrections.ts';

/** What a replay is to be made of. */
export interface ReplayAsked {
  readonly run: LedgerRun;
  /** Where that run is known. */
  readonly state: State;
  /** The corrected export, an absolute path. */
  readonly file: string;
  /** Whether the sources may have changed since. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A replay that can be run. */
export interface OpenedReplay extends Pick<ReadCorrections, 'strayValues'> {
  readonly replay: Replay;
}

/**
 * Reads corrections of what a run refused. Where that run was a replay itself, its corrections hold on.
 * @throws DaybookError `replay.*`; `usage.no-rejects` where the run refused nothing
 */
export async function openReplay({ run, state, file, force, signal, now }: ReplayAsked): Promise<OpenedReplay> {
  const runId = run.document.runId ?? '';
  if (run.isPartial) throw new DaybookError('replay.trial', { runId });
  const rejects = await rejectsOf(run, state);
  const earlier = run.replay ? await keptCorrections(state, runId) : [];
  const files = force ? null : filesOf(run);
  const folder = await scratchFolder(state, newRunId(now()));
  const session = await Session.open({ signal });
  try {
    const { corrections, strayValues } = await readCorrections(file, { runId, file: rejects }, { session, scratchFolder: folder, signal });
    if (corrections.length === 0) throw new DaybookError('replay.nothing-corrected', { path: file });
    return { replay: { ...merged(runId, earlier, corrections), files }, strayValues };
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rejectsOf({ document: { runId, rows } }: LedgerRun, state: State): Promise<string> {
  const file = runId === null ? null : await findRejects(state, runId);
  if (file !== null) return file;
  const hadSome = Object.values(rows).some(({ rejected, warned }) => rejected + warned > 0);
  throw hadSome
    ? new DaybookError('replay.rejects-gone', { runId: runId ?? '' })
    : new DaybookError('usage.no-rejects', { runId: runId ?? '', rows: 0 });
}

function filesOf({ document: { runId }, files }: LedgerRun): ReadFiles {
  if (files === null) throw new DaybookError('replay.files-unknown', { runId: runId ?? '' });
  return files;
}

/** New corrections over earlier ones: what counts is the latest, what it stands for is what the file holds. */
function merged(runId: string, earlier: readonly Correction[], latest: readonly Correction[]): Pick<Replay, 'of' | 'corrections'> {
  const all = new Map(earlier.map((it) => [placeOf(it), it]));
  const carried = earlier.length - latest.filter((it) => all.has(placeOf(it))).length;
  for (const it of latest) all.set(placeOf(it), { ...it, before: all.get(placeOf(it))?.before ?? it.before });
  const corrections = [...all.values()];
  const removed = corrections.filter(({ after }) => after === null).length;
  return { of: { runId, corrected: corrections.length - removed, removed, carried }, corrections };
}

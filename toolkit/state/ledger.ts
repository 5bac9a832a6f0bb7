import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { emptyDocument, type ReadFiles, type ReplayOf, type RunDocument } from '../run/document.ts';
import type { RunMode } from '../run/events.ts';
import { isGoingOn } from './lock.ts';
import { asRunError, type LedgerRun, RECORD, readRecord, writeRecord } from './record.ts';
import { namesIn, remove } from './retention.ts';
import { runFolder } from './run-folder.ts';
import { isRunId } from './run-id.ts';
import { makeFolder, type State } from './state.ts';
import { isDraftOf } from './write-whole.ts';

/** What is known of a run when it begins. */
export interface Beginning {
  readonly runId: string;
  readonly pipeline: string;
  readonly environment: string;
  readonly startedAt: Date;
  readonly mode: RunMode;
  /** Whether `--limit` cuts the input short. */
  readonly isPartial: boolean;
  readonly replay?: ReplayOf;
}

/** Every run that was begun, one record a run. The runner holds the pipeline's lock from before `begin` until after `finish`. */
export interface Ledger {
  /** Writes that a run has begun (status `running`). @throws DaybookError `state.*` */
  begin(beginning: Beginning): Promise<LedgerRun>;
  /** Writes how it ended and what it read; a document without a runId belongs to no run and is not kept. @throws DaybookError `state.*` */
  finish(document: RunDocument, files?: ReadFiles): Promise<void>;
  /** The newest first. A damaged record is among them, marked, unless a pipeline is asked for. */
  recent(limit: number, of?: { readonly pipeline?: string }): Promise<LedgerRun[]>;
  /** One run by its id, the beginning or the last part of it, or `latest`. @throws DaybookError `state.unknown-run`, `state.ambiguous-run` (64) */
  find(asked: string): Promise<LedgerRun>;
  /** The newest whole, published, successful run of a pipeline in an environment: what a drop is measured against. */
  lastSucceeded(pipeline: string, environment: string): Promise<LedgerRun | null>;
  /** The run of the same pipeline and environment before a run, however it ended; null where there is none. */
  before(run: LedgerRun): Promise<LedgerRun | null>;
  /** The runs that replay a run, the newest first. */
  replaysOf(runId: string): Promise<LedgerRun[]>;
  /** The runs that are going on now. */
  running(): Promise<LedgerRun[]>;
  /** Marks as `interrupted` what is written as running and holds no lock; gives their ids. Removes what runs left that died before they were written down. */
  markInterrupted(): Promise<string[]>;
}

/** The ledger of a state folder. */
export function openLedger(state: State): Ledger {
  return {
    begin: (beginning) => begin(state, beginning),
    finish: (document, files) => finish(state, document, files ?? null),
    recent: (limit, of = {}) =>
      take(
        runsOf(state, ({ document }) => of.pipeline === undefined || document.pipeline === of.pipeline),
        limit,
      ),
    find: (asked) => find(state, asked),
    lastSucceeded: async (pipeline, environment) =>
      (
        await take(
          runsOf(state, (run) => isComparable(run, pipeline, environment)),
          1,
        )
      )[0] ?? null,
    before: async ({ document: { runId, pipeline, environment } }) =>
      (
        await take(
          runsOf(
            state,
            ({ document }) => (document.runId ?? '') < (runId ?? '') && document.pipeline === pipeline && document.environment === environment,
          ),
          1,
        )
      )[0] ?? null,
    replaysOf: (runId) => replaysOf(state, runId),
    running: () =>
      take(
        runsOf(state, ({ document }) => document.status === 'running'),
        Number.POSITIVE_INFINITY,
      ),
    markInterrupted: () => markInterrupted(state),
  };
}

const isComparable = ({ document, mode, isPartial }: LedgerRun, pipeline: string, environment: string): boolean =>
  document.status === 'succeeded' && mode === 'publish' && !isPartial && document.pipeline === pipeline && document.environment === environment;

async function begin(state: State, { runId, pipeline, environment, startedAt, mode, isPartial, replay }: Beginning): Promise<LedgerRun> {
  const folder = runFolder(state, runId);
  await makeFolder(folder);
  const document: RunDocument = { ...emptyDocument, runId, pipeline, environment, status: 'running', startedAt: startedAt.toISOString() };
  const run = { document, mode, isPartial, files: null, replay: replay ?? null, folder, isReadable: true };
  await writeRecord(run);
  return run;
}

async function finish(state: State, document: RunDocument, files: ReadFiles | null): Promise<void> {
  if (document.runId === null) return;
  const folder = runFolder(state, document.runId);
  const begun = await readRecord(state, document.runId);
  if (begun === null) await makeFolder(folder);
  const { mode = null, isPartial = false, replay = null } = begun ?? {};
  await writeRecord({ document, mode, isPartial, files, replay, folder, isReadable: true });
}

/** Ids of all runs, the newest first; none where the folder is not there. */
async function idsOf({ runs }: State): Promise<string[]> {
  return (await namesIn(runs)).filter(isRunId).sort().reverse();
}

async function* runsOf(state: State, fits: (run: LedgerRun) => boolean): AsyncGenerator<LedgerRun> {
  for (const runId of await idsOf(state)) {
    const run = await readRecord(state, runId);
    if (run && fits(run)) yield run;
  }
}

async function take(runs: AsyncGenerator<LedgerRun>, limit: number): Promise<LedgerRun[]> {
  const taken: LedgerRun[] = [];
  if (limit < 1) return taken;
  for await (const run of runs) if (taken.push(run) >= limit) break;
  return taken;
}

/** Only what began in the same second or later can be a replay. */
async function replaysOf(state: State, runId: string): Promise<LedgerRun[]> {
  const [second = ''] = runId.split('-');
  const replays: LedgerRun[] = [];
  for (const id of await idsOf(state)) {
    if (id < second) break;
    const run = await readRecord(state, id);
    if (run?.replay?.runId === runId) replays.push(run);
  }
  return replays;
}

async function find(state: State, asked: string): Promise<LedgerRun> {
  const ids = await idsOf(state);
  const wanted = asked.toLowerCase();
  const fits = (id: string) => id.toLowerCase().startsWith(wanted) || id.endsWith(`-${wanted}`);
  const matches = asked === 'latest' ? await newest(state) : asked === '' ? [] : ids.filter(fits);
  const [match] = matches;
  if (matches.length > 1) throw new DaybookError('state.ambiguous-run', { asked, matches });
  const run = match === undefined ? null : await readRecord(state, match);
  if (run) return run;
  throw new DaybookError('state.unknown-run', { asked, latest: (await newest(state))[0] ?? null });
}

const newest = async (state: State): Promise<string[]> =>
  (
    await take(
      runsOf(state, () => true),
      1,
    )
  ).flatMap(({ document }) => document.runId ?? []);

async function markInterrupted(state: State): Promise<string[]> {
  const marked: string[] = [];
  for (const runId of await idsOf(state)) {
    const seen = await readRecord(state, runId);
    if ((seen !== null && seen.document.status !== 'running') || (await isGoingOn(state, runId))) continue;
    // It may have ended between the first look and the lock: only what still says running is dead.
    const now = await readRecord(state, runId);
    if (now === null || now.document.status === 'running') await removeDrafts(runFolder(state, runId));
    // It was killed before it was written down; a folder that holds anything else stays.
    if (now === null) await rmdir(runFolder(state, runId)).catch(() => undefined);
    if (now?.document.status !== 'running') continue;
    const error = asRunError(new DaybookError('state.interrupted', { runId }));
    await writeRecord({ ...now, document: { ...now.document, status: 'interrupted', error } });
    marked.push(runId);
  }
  return marked;
}

/** A run that was killed while it wrote its record leaves a draft of it. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of (await namesIn(folder)).filter((name) => isDraftOf(RECORD, name))) await remove(join(folder, name));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { emptyDocument, type ReadFiles, type ReplayOf, type RunDocument, type RunStatus } from '../run/document.ts';
import type { RunMode } from '../run/events.ts';
import { runFolder } from './run-folder.ts';
import type { State } from './state.ts';
import { writeWhole } from './write-whole.ts';

/** A run as the ledger knows it. */
export interface LedgerRun {
  /** What `run --json` prints. */
  readonly document: RunDocument;
  /** Null where it is not known: a damaged record. */
  readonly mode: RunMode | null;
  /** True where `--limit` cut the input short: its figures are not compared with those of whole runs. */
  readonly isPartial: boolean;
  /** The files it read; null where it never came so far. */
  readonly files: ReadFiles | null;
  /** What it is a replay of; null for a run of its own. */
  readonly replay: ReplayOf | null;
  /** The run's folder, absolute. */
  readonly folder: string;
  /** False where the record cannot be read; the document then says so in `error`. */
  readonly isReadable: boolean;
}

const STATUSES: readonly RunStatus[] = ['running', 'succeeded', 'refused', 'failed', 'cancelled', 'interrupted'];

export const RECORD = 'run.json';

const recordFile = (folder: string): string => join(folder, RECORD);

/** Writes a run's record whole or not at all, and to the disk: the document's keys, and `ledger` beside them. @throws DaybookError `state.*` */
export async function writeRecord({ document, folder, isReadable: _, ...ledger }: LedgerRun): Promise<void> {
  const text = `${JSON.stringify({ ...document, ledger }, null, 1)}\n`;
  await writeWhole('write the record', recordFile(folder), text);
}

/** Reads a run's record; null where the run never began to write one. A damaged one comes back marked, and never throws. */
export async function readRecord(state: Pick<State, 'runs'>, runId: string): Promise<LedgerRun | null> {
  const folder = runFolder(state, runId);
  try {
    return parse(await readFile(recordFile(folder), 'utf8'), runId, folder) ?? damaged(runId, folder);
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : damaged(runId, folder);
  }
}

function parse(text: string, runId: string, folder: string): LedgerRun | null {
  const found = JSON.parse(text) as (Partial<RunDocument> & { ledger?: Partial<LedgerRun> }) | null;
  if (found?.schema !== 'daybook.run/1' || found.runId !== runId || !found.status || !STATUSES.includes(found.status)) return null;
  const { ledger, ...document } = found;
  const whole: RunDocument = { ...emptyDocument, ...document };
  if (!isWhole(whole)) return null;
  const { mode = null, isPartial = false, files = null, replay = null } = ledger ?? {};
  return { document: { ...whole, steps: withEveryKey(whole.steps) }, mode, isPartial, files, replay, folder, isReadable: true };
}

/** Steps that were written before a figure was known: each began where the one before ended. */
function withEveryKey(steps: RunDocument['steps']): RunDocument['steps'] {
  let startMs = 0;
  return steps.map((step) => {
    const whole = { ...step, startMs: step.startMs ?? startMs, spilledBytes: step.spilledBytes ?? 0 };
    startMs = whole.startMs + whole.ms;
    return whole;
  });
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function isWhole({ rows, sources, rules, load, artefacts, steps, gates, notices }: RunDocument): boolean {
  return (
    [rows, sources, rules, load, artefacts, ...Object.values(rows ?? {}), ...Object.values(sources ?? {})].every(isObject) &&
    [steps, gates, notices].every(Array.isArray)
  );
}

function damaged(runId: string, folder: string): LedgerRun {
  const error = asRunError(new DaybookError('state.record-damaged', { runId, file: recordFile(folder) }));
  const document: RunDocument = { ...emptyDocument, runId, status: 'interrupted', error };
  return { document, mode: null, isPartial: false, files: null, replay: null, folder, isReadable: false };
}

/** A foreseen failure as a run's document holds it. */
export const asRunError = (fault: DaybookError): NonNullable<RunDocument['error']> => ({
  code: fault.code,
  message: fault.message,
  remedy: fault.fix,
  source: null,
  file: fault.place.file ?? null,
});

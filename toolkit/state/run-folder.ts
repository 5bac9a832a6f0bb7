import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { guarded } from './fault.ts';
import { isRunId } from './run-id.ts';
import { makeFolder, type State } from './state.ts';

/** Where a run's record, rejects and reports lie. @throws RangeError where the text is no run's id */
export function runFolder({ runs }: Pick<State, 'runs'>, runId: string): string {
  if (!isRunId(runId)) throw new RangeError(`"${runId}" is no run id.`);
  return join(runs, runId);
}

/** The file of a run's rejects and warnings, whether or not it is there. Its writer calls `ownerOnly` on it. */
export const rejectsFile = (state: Pick<State, 'runs'>, runId: string): string => join(runFolder(state, runId), 'rejects.parquet');

/** The file of the corrections that a replay was made with, whether or not it is there. For its owner alone, as the rejects. */
export const correctionsFile = (state: Pick<State, 'runs'>, runId: string): string => join(runFolder(state, runId), 'corrections.ndjson');

/** The file of a run's rejects, or null where it left none or retention has removed it. */
export const findRejects = (state: Pick<State, 'runs'>, runId: string): Promise<string | null> => existing(rejectsFile(state, runId));

/** What of a run holds personal data and falls under the retention of rejects: those files that are there. */
export async function findPersonal(state: Pick<State, 'runs'>, runId: string): Promise<string[]> {
  const found = await Promise.all([rejectsFile(state, runId), correctionsFile(state, runId)].map(existing));
  return found.filter((file) => file !== null);
}

const existing = (file: string): Promise<string | null> =>
  stat(file).then(
    (found) => (found.isFile() ? file : null),
    () => null,
  );

/** A folder for what a run spills and stages; made empty. @throws DaybookError `state.*` */
export async function scratchFolder({ tmp }: Pick<State, 'tmp'>, runId: string): Promise<string> {
  if (!isRunId(runId)) throw new RangeError(`"${runId}" is no run id.`);
  const folder = join(tmp, runId);
  await guarded('empty the folder', folder, () => rm(folder, { recursive: true, force: true }));
  await makeFolder(folder);
  return folder;
}

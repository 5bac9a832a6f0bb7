import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { guarded } from './fault.ts';
import { syncFolder } from './write-whole.ts';

/** The folders under `state.dir`, all absolute and readable by their owner alone. */
export interface State {
  readonly dir: string;
  /** `runs/<runId>/run.json` and what else a run leaves. */
  readonly runs: string;
  readonly locks: string;
  readonly logs: string;
  /** Spilled and staged data of runs that are going on. */
  readonly tmp: string;
  readonly cache: string;
}

/** Where everything lies under a state folder; makes nothing. */
export function statePaths(dir: string): State {
  const root = resolve(dir);
  const at = (name: string) => join(root, name);
  return { dir: root, runs: at('runs'), locks: at('locks'), logs: at('logs'), tmp: at('tmp'), cache: at('cache') };
}

/**
 * Makes the state folder and those in it (0700) where they are missing. The folder above it is never made.
 *
 * @throws DaybookError `state.cannot-create` (73), `state.not-permitted` (77), `state.disk-full` (74)
 */
export async function openState(dir: string): Promise<State> {
  const state = statePaths(dir);
  for (const folder of [state.dir, state.runs, state.locks, state.logs, state.tmp, state.cache]) await makeFolder(folder);
  return state;
}

/** Makes one folder for its owner alone, its name on the disk; one that exists is left as it is. @throws DaybookError as `openState` */
export async function makeFolder(folder: string): Promise<void> {
  await guarded('create the folder', folder, async () => {
    try {
      await mkdir(folder, { mode: 0o700 });
      await chmod(folder, 0o700);
      await syncFolder(dirname(folder));
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
      await mustBeFolder(folder);
    }
  });
}

// Of a file in the folder's place mkdir with `recursive` says EEXIST as well, and of a folder nothing.
const mustBeFolder = async (folder: string): Promise<void> => void (await mkdir(folder, { recursive: true }));

/** Makes a file readable by its owner alone (0600), whoever wrote it. @throws DaybookError `state.*` */
export async function ownerOnly(file: string): Promise<void> {
  await guarded('protect the file', file, () => chmod(file, 0o600));
}

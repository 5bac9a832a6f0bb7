import { findProject, type Project } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { discoverPipelines } from '../../toolkit/run/discover-pipelines.ts';
import { type LedgerRun, openLedger, type State, statePaths } from '../../toolkit/state/index.ts';
import type { Context } from '../context.ts';
import { type Choice, type LightConfig, lightConfig } from './light-config.ts';

type Place = Pick<Context, 'cwd' | 'env'>;

/** A run, and the state it was found in. */
export interface KnownRun {
  readonly run: LedgerRun;
  readonly state: State;
}

/**
 * The light configuration of every pipeline that has the environment asked for.
 *
 * @throws DaybookError `config.*` where not one can be read, `usage.no-pipeline`
 */
export function lightConfigs(project: Project, choice: Choice, place: Place): LightConfig[] {
  const names = discoverPipelines(project);
  if (names.length === 0) throw new DaybookError('usage.no-pipeline', { folder: project.pipelinesFolder });
  const configs: LightConfig[] = [];
  let fault: unknown = null;
  for (const name of names) {
    try {
      configs.push(lightConfig(project, name, choice, place));
    } catch (thrown) {
      fault ??= thrown;
    }
  }
  if (configs.length === 0) throw fault;
  return configs;
}

/** The states of all pipelines, each once; they may not exist yet. */
export function statesOf(choice: Choice, place: Place): State[] {
  const dirs = lightConfigs(findProject(place.cwd), choice, place).map(({ state }) => state.dir);
  return [...new Set(dirs)].map(statePaths);
}

/** Marks what is written as running and is dead, where the newest runs look like it. */
export async function settle(state: State): Promise<void> {
  const ledger = openLedger(state);
  const looksRunning = (await ledger.recent(20)).some(({ document }) => document.status === 'running');
  // A ledger that this user may only read still can be shown.
  if (looksRunning) await ledger.markInterrupted().catch(() => undefined);
}

/** The newest runs of all pipelines. */
export async function recentRuns(
  limit: number,
  choice: Choice,
  place: Place,
  of: { readonly pipeline?: string | undefined } = {},
): Promise<KnownRun[]> {
  const found: KnownRun[] = [];
  for (const state of statesOf(choice, place)) {
    await settle(state);
    const runs = await openLedger(state).recent(limit, of.pipeline === undefined ? {} : { pipeline: of.pipeline });
    found.push(...runs.map((run) => ({ run, state })));
  }
  const id = ({ run }: KnownRun): string => run.document.runId ?? '';
  return found.sort((a, b) => (id(a) < id(b) ? 1 : id(a) > id(b) ? -1 : 0)).slice(0, limit);
}

/** One run by its id, a part of it, or `latest`. @throws DaybookError `state.unknown-run`, `state.ambiguous-run` */
export async function findRun(asked: string, choice: Choice, place: Place): Promise<KnownRun> {
  const [newest] = asked === 'latest' ? await recentRuns(1, choice, place) : [];
  if (newest) return newest;
  let fault: unknown = null;
  for (const state of statesOf(choice, place)) {
    try {
      await settle(state);
      return { run: await openLedger(state).find(asked), state };
    } catch (thrown) {
      if (!(thrown instanceof DaybookError) || thrown.code !== 'state.unknown-run') throw thrown;
      fault ??= thrown;
    }
  }
  throw fault;
}

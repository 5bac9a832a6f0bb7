import type { Project } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { type LedgerRun, openLedger, statePaths } from '../../toolkit/state/index.ts';
import { tableSummary } from '../../toolkit/warehouse/index.ts';
import type { Context } from '../context.ts';
import { settle } from '../project/ledgers.ts';
import { type Choice, lightConfig } from '../project/light-config.ts';

/** How a pipeline stands in an environment. */
export interface PipelineStatus {
  readonly pipeline: string;
  readonly environment: string | null;
  readonly warehouse: string | null;
  /** The newest run of the environment, whatever it was. */
  readonly last: LedgerRun | null;
  /** The newest that published. */
  readonly published: LedgerRun | null;
  /** Rows of each published table as they are now; null where the table is gone. */
  readonly tables: Readonly<Record<string, number | null>>;
  /** What keeps us from knowing more; null where nothing does. */
  readonly fault: DaybookError | null;
}

/** How many runs are looked at for the last one of an environment. */
const LOOK_BACK = 200;

/** Looks at ledger and warehouse of one pipeline; its TypeScript is not loaded. What is wrong is part of the answer. */
export async function pipelineStatus(
  project: Project,
  pipeline: string,
  choice: Choice,
  context: Pick<Context, 'cwd' | 'env'>,
): Promise<PipelineStatus> {
  const nothing = { pipeline, environment: null, warehouse: null, last: null, published: null, tables: {}, fault: null };
  try {
    const {
      environment,
      warehouse,
      state: { dir },
    } = lightConfig(project, pipeline, choice, context);
    const state = statePaths(dir);
    await settle(state);
    const runs = (await openLedger(state).recent(LOOK_BACK, { pipeline })).filter((run) => run.document.environment === environment);
    const published = runs.find(({ document, mode, isPartial }) => document.status === 'succeeded' && mode === 'publish' && !isPartial) ?? null;
    const known = { ...nothing, environment, warehouse: warehouse.path, last: runs[0] ?? null, published };
    return { ...known, ...(await rowsOf(warehouse.path, Object.keys(published?.document.load ?? {}))) };
  } catch (fault) {
    if (!(fault instanceof DaybookError)) throw fault;
    return { ...nothing, fault };
  }
}

async function rowsOf(path: string, names: readonly string[]): Promise<Pick<PipelineStatus, 'tables' | 'fault'>> {
  const tables: Record<string, number | null> = {};
  try {
    for (const name of names) tables[name] = (await tableSummary(path, name))?.rows ?? null;
    return { tables, fault: null };
  } catch (fault) {
    if (!(fault instanceof DaybookError)) throw fault;
    return { tables, fault };
  }
}

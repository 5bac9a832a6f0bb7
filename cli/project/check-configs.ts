import { environmentsOf, type Project } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { discoverPipelines } from '../../toolkit/run/discover-pipelines.ts';
import type { Context } from '../context.ts';
import type { Choice } from './light-config.ts';
import { onePipeline, openPipeline } from './open-pipeline.ts';

/** The configuration of a pipeline in an environment: right, or what is wrong with it. */
export interface CheckedConfig {
  readonly pipeline: string;
  readonly environment: string;
  readonly fault: DaybookError | null;
}

/** Loads the configuration of one or all pipelines in one or all environments. @throws DaybookError `run.unknown-pipeline`, `usage.no-pipeline` */
export async function checkConfigs(
  project: Project,
  pipeline: string | undefined,
  choice: Choice,
  context: Pick<Context, 'cwd' | 'env'>,
): Promise<CheckedConfig[]> {
  const names = pipeline === undefined ? discoverPipelines(project) : [onePipeline(project, pipeline)];
  if (names.length === 0) throw new DaybookError('usage.no-pipeline', { folder: project.pipelinesFolder });
  const checked: CheckedConfig[] = [];
  for (const name of names) {
    const environments = choice.env === undefined ? environmentsOf(project, { folder: `${project.pipelinesFolder}/${name}` }) : [choice.env];
    for (const environment of environments)
      checked.push({ pipeline: name, environment, fault: await faultOf(name, { ...choice, env: environment }, context) });
  }
  return checked;
}

async function faultOf(name: string, choice: Choice, context: Pick<Context, 'cwd' | 'env'>): Promise<DaybookError | null> {
  try {
    await openPipeline(name, choice, context);
    return null;
  } catch (fault) {
    if (fault instanceof DaybookError) return fault;
    throw fault;
  }
}

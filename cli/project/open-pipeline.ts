import { type Config, findProject, type LoadedConfig, loadConfig, type Project } from '../../toolkit/config/index.ts';
import { DaybookError, suggest } from '../../toolkit/errors/index.ts';
import { discoverPipelines } from '../../toolkit/run/discover-pipelines.ts';
import { type LoadedPipeline, loadPipeline, pipelineFacts } from '../../toolkit/run/index.ts';
import type { Context } from '../context.ts';
import type { Choice } from './light-config.ts';

/** A pipeline with the configuration that holds for it. */
export interface OpenedPipeline {
  readonly project: Project;
  readonly pipeline: LoadedPipeline;
  readonly config: Config;
  readonly environment: string;
  readonly origins: LoadedConfig['origins'];
}

/**
 * Finds the project from the working directory, loads a pipeline and its configuration.
 *
 * @throws DaybookError `config.*`, `run.unknown-pipeline`, `run.pipeline-does-not-load`
 */
export async function openPipeline(name: string, choice: Choice, context: Pick<Context, 'cwd' | 'env'>): Promise<OpenedPipeline> {
  refuseSetWithoutValue(choice.set);
  const project = findProject(context.cwd);
  const pipeline = await loadPipeline(project, name);
  const loaded = loadConfig({
    project,
    pipeline: pipelineFacts(pipeline),
    environment: choice.env,
    env: context.env,
    set: choice.set,
    cwd: context.cwd,
  });
  return { project, pipeline, config: loaded.config as Config, environment: loaded.environment, origins: loaded.origins };
}

/** A slip in the command line is told before anything is loaded. */
function refuseSetWithoutValue(set: readonly string[]): void {
  const wrong = set.find((text) => text.indexOf('=') < 1);
  if (wrong !== undefined) throw new DaybookError('config.set-without-value', { text: wrong.startsWith('=') ? '=' : wrong });
}

/** The pipeline that is meant: the one named, or the only one. @throws DaybookError `usage.no-pipeline`, `usage.which-pipeline`, `run.unknown-pipeline` */
export function onePipeline(project: Project, asked: string | undefined): string {
  const known = discoverPipelines(project);
  if (asked !== undefined && known.includes(asked)) return asked;
  if (asked !== undefined)
    throw new DaybookError('run.unknown-pipeline', { name: asked, folder: project.pipelinesFolder, suggestion: suggest(asked, known) });
  const [first, ...more] = known;
  if (first === undefined) throw new DaybookError('usage.no-pipeline', { folder: project.pipelinesFolder });
  if (more.length > 0) throw new DaybookError('usage.which-pipeline', { known });
  return first;
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import type { PipelineFacts, Project } from '../config/index.ts';
import { rulesOf } from '../contract/index.ts';
import { DaybookError, suggest } from '../errors/index.ts';
import type { PipelineDefinition } from '../pipeline/index.ts';
import { discoverPipelines, PIPELINE_FILE } from './discover-pipelines.ts';
import type { Generate, LoadedPipeline } from './request.ts';

/**
 * Loads a pipeline from the TypeScript that was written, so that what is approved is what runs.
 * @throws DaybookError `run.unknown-pipeline` with a suggestion, `run.pipeline-does-not-load`, `run.pipeline-is-commonjs`
 */
export async function loadPipeline(project: Pick<Project, 'pipelinesFolder'>, name: string): Promise<LoadedPipeline> {
  const known = discoverPipelines(project);
  if (!known.includes(name)) {
    throw new DaybookError('run.unknown-pipeline', { name, folder: project.pipelinesFolder, suggestion: suggest(name, known) });
  }
  const folder = join(project.pipelinesFolder, name);
  const file = join(folder, PIPELINE_FILE);
  const loaded = await importTypeScript(file);
  const definition = loaded['default'] as PipelineDefinition | undefined;
  if (!definition?.steps || !definition.sources) {
    throw new DaybookError('run.pipeline-does-not-load', { file, reason: 'it has no default export made by `pipeline(…)`.' });
  }
  return { definition, folder, generate: (loaded['generate'] as Generate | undefined) ?? null };
}

async function importTypeScript(file: string): Promise<Readonly<Record<string, unknown>>> {
  const unregister = register();
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (fault) {
    if (fault instanceof DaybookError) throw fault;
    const reason = fault instanceof Error ? fault.message : String(fault);
    // Node speaks of a cycle, which nobody wrote.
    if (reason.startsWith('Cannot require() ES Module')) throw new DaybookError('run.pipeline-is-commonjs', { file }, { cause: fault });
    throw new DaybookError('run.pipeline-does-not-load', { file, reason }, { cause: fault });
  } finally {
    await unregister();
  }
}

/** What configuration must know of a pipeline: its sources with their rules, its settings. */
export const pipelineFacts = ({ definition, folder }: LoadedPipeline): PipelineFacts => ({
  name: definition.name,
  folder,
  sources: Object.fromEntries(
    Object.entries(definition.sources).map(([name, { contract }]) => [
      name,
      rulesOf(contract).map(({ code, severity, fixed }) => ({ code, severity, fixed })),
    ]),
  ),
  settings: definition.settings,
});

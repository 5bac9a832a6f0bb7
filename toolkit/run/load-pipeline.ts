import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import type { PipelineFacts, Project } from '../config/index.ts';
import { rulesOf } from '../contract/index.ts';
import { DaybookError, suggest } from '../errors/index.ts';
import type { PipelineDefinition } from '../pipeline/index.ts';
import type { Generate, LoadedPipeline } from './request.ts';

const FILE = 'pipeline.ts';

/** The pipelines of a project: each folder that holds a pipeline.ts, by name. */
export async function discoverPipelines(project: Pick<Project, 'pipelinesFolder'>): Promise<readonly string[]> {
  const entries = await readdir(project.pipelinesFolder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && (await isThere(join(project.pipelinesFolder, entry.name, FILE)))) found.push(entry.name);
  }
  return found.sort();
}

const isThere = (file: string): Promise<boolean> => access(file).then(() => true, () => false);

/**
 * Loads a pipeline from the TypeScript that was written, so that what is approved is what runs.
 * @throws DaybookError `run.unknown-pipeline` with a suggestion, `run.pipeline-does-not-load`
 */
export async function loadPipeline(project: Pick<Project, 'pipelinesFolder'>, name: string): Promise<LoadedPipeline> {
  const known = await discoverPipelines(project);
  if (!known.includes(name)) {
    throw new DaybookError('run.unknown-pipeline', { name, folder: project.pipelinesFolder, suggestion: suggest(name, known) });
  }
  const folder = join(project.pipelinesFolder, name);
  const file = join(folder, FILE);
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
    throw new DaybookError('run.pipeline-does-not-load', { file, reason: fault instanceof Error ? fault.message : String(fault) }, { cause: fault });
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

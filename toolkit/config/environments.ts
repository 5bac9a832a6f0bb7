import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DaybookError, suggest } from '../errors/index.ts';
import type { PipelineFacts } from './facts.ts';
import type { Project } from './project.ts';

/** Used where neither `--env` nor DAYBOOK_ENV says otherwise; it needs no file. */
export const DEFAULT_ENVIRONMENT = 'development';

/** An environment by name, and its file; null where `development` has none. */
export interface Environment {
  readonly name: string;
  readonly file: string | null;
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length));
  } catch {
    return [];
  }
};

function foldersOf(project: Project, pipeline: Pick<PipelineFacts, 'folder'> | null): string[] {
  if (project.environmentsFolder !== null) return [project.environmentsFolder];
  if (pipeline) return [join(resolve(project.root, pipeline.folder), 'environments')];
  try {
    return readdirSync(project.pipelinesFolder).map((name) => join(project.pipelinesFolder, name, 'environments'));
  } catch {
    return [];
  }
}

/** The names of the environments of a pipeline, or of all pipelines where none is given; sorted, `development` always among them. */
export function environmentsOf(project: Project, pipeline: Pick<PipelineFacts, 'folder'> | null): string[] {
  return [...new Set([DEFAULT_ENVIRONMENT, ...foldersOf(project, pipeline).flatMap(namesIn)])].sort();
}

/**
 * The environment that was asked for. Without a pipeline its name is checked, and its file is read only from the project's own folder.
 *
 * @throws DaybookError `config.unknown-environment`
 */
export function chooseEnvironment(name: string, project: Project, pipeline: Pick<PipelineFacts, 'folder'> | null): Environment {
  const known = environmentsOf(project, pipeline);
  const [folder] = pipeline || project.environmentsFolder !== null ? foldersOf(project, pipeline) : [];
  if (!known.includes(name)) {
    throw new DaybookError('config.unknown-environment', {
      name,
      known,
      folder: folder ?? project.pipelinesFolder,
      suggestion: suggest(name, known),
    });
  }
  const file = folder !== undefined && namesIn(folder).includes(name) ? join(folder, `${name}.yaml`) : null;
  return { name, file };
}

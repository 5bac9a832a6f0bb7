import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/index.ts';

/** The file that makes a folder a pipeline. */
export const PIPELINE_FILE = 'pipeline.ts';

/** The pipelines of a project: each folder that holds a pipeline.ts, by name. Loads none of them. */
export function discoverPipelines({ pipelinesFolder }: Pick<Project, 'pipelinesFolder'>): string[] {
  if (!existsSync(pipelinesFolder)) return [];
  return readdirSync(pipelinesFolder)
    .filter((name) => existsSync(join(pipelinesFolder, name, PIPELINE_FILE)))
    .sort();
}

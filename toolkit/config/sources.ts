import { join, resolve } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import type { PipelineFacts } from './facts.ts';
import type { Project } from './project.ts';
import type { Config } from './schema.ts';

/** The limits of the quality gates for one source, in percent and rows; `maxDropPercent` 100 is not judged. */
export interface GateLimits {
  readonly maxRejectedPercent: number;
  readonly minRows: number;
  readonly maxDropPercent: number;
}

/** What `quality.perSource` says of a source, else what `quality` says; null where the gates are off. */
export function gateLimits({ quality }: Pick<Config, 'quality'>, source: string): GateLimits | null {
  if (quality.gates === 'off') return null;
  const own = quality.perSource[source];
  return {
    maxRejectedPercent: own?.maxRejectedPercent ?? quality.maxRejectedPercent,
    minRows: own?.minRows ?? quality.minRows,
    maxDropPercent: own?.maxDropPercent ?? quality.maxDropPercent,
  };
}

/** The path, glob or URL of a source that a run cannot do without. @throws DaybookError `config.source-missing` */
export function requireSource(
  { sources }: Pick<Config, 'sources'>,
  source: string,
  pipeline: Pick<PipelineFacts, 'name' | 'folder'>,
  project: Project,
): string {
  const location = sources[source];
  if (location !== undefined) return location;
  throw new DaybookError('config.source-missing', {
    source,
    pipeline: pipeline.name,
    file: join(resolve(project.root, pipeline.folder), 'config.yaml'),
  });
}

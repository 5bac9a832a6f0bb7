import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { DaybookError } from '../errors/index.ts';

/** A folder whose package.json has a `daybook` key. All paths are absolute. */
export interface Project {
  readonly root: string;
  readonly packageFile: string;
  /** From package.json; null where it has none. */
  readonly name: string | null;
  readonly version: string | null;
  /** Each folder in it that holds a pipeline.ts is a pipeline. */
  readonly pipelinesFolder: string;
  /** One folder of environment files for all pipelines; null where each pipeline has its own `environments/`. */
  readonly environmentsFolder: string | null;
}

const packageSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  daybook: z.strictObject({ pipelines: z.string().min(1).default('pipelines'), environments: z.string().min(1).optional() }),
});

/**
 * The nearest project from a folder upwards, found as git finds a repository.
 * A package.json without a `daybook` key is passed by.
 *
 * @throws DaybookError `config.no-project`, `config.bad-project`
 */
export function findProject(from: string): Project {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const project = projectIn(folder);
    if (project) return project;
    if (folder === dirname(folder)) throw new DaybookError('config.no-project', { from: resolve(from) });
  }
}

function projectIn(root: string): Project | null {
  const packageFile = join(root, 'package.json');
  const text = textOf(packageFile);
  if (text === null || !text.includes('"daybook"')) return null;
  const found = parse(text, packageFile);
  if (typeof found !== 'object' || found === null || !('daybook' in found)) return null;
  const checked = packageSchema.safeParse(found);
  if (!checked.success) {
    const at = checked.error.issues[0]?.path.join('.') || 'daybook';
    throw new DaybookError('config.bad-project', { file: packageFile, reason: `"${at}" has the wrong form` });
  }
  const { name, version, daybook } = checked.data;
  return {
    root,
    packageFile,
    name: name ?? null,
    version: version ?? null,
    pipelinesFolder: resolve(root, daybook.pipelines),
    environmentsFolder: daybook.environments === undefined ? null : resolve(root, daybook.environments),
  };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new DaybookError('config.bad-project', { file, reason: 'package.json is no JSON' });
  }
}

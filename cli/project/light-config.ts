import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, DEFAULT_ENVIRONMENT, type LoadedConfig, loadConfig, type Project } from '../../toolkit/config/index.ts';
import type { Context } from '../context.ts';

/** What `--env` and `--set` say. */
export interface Choice {
  readonly env?: string | undefined;
  readonly set: readonly string[];
}

/** The parts of a pipeline's configuration that are known without loading its TypeScript. */
export interface LightConfig {
  readonly pipeline: string;
  readonly environment: string;
  readonly warehouse: Config['warehouse'];
  readonly state: Config['state'];
}

/**
 * Warehouse and state of a pipeline in an environment, quickly: its rules and settings are neither known nor checked.
 * Both files are read as an environment's, and each value is taken from the stronger.
 *
 * @throws DaybookError `config.*`
 */
export function lightConfig(project: Project, pipeline: string, choice: Choice, { env, cwd }: Pick<Context, 'env' | 'cwd'>): LightConfig {
  const folder = join(project.pipelinesFolder, pipeline);
  const name = choice.env ?? (env['DAYBOOK_ENV'] || DEFAULT_ENVIRONMENT);
  const load = (environmentsFolder: string, environment: string) =>
    loadConfig({ project: { ...project, environmentsFolder }, pipeline: null, environment, env, set: choice.set, cwd });
  const strong = load(project.environmentsFolder ?? join(folder, 'environments'), name);
  const weak = existsSync(join(folder, 'config.yaml')) ? load(folder, 'config') : strong;
  return { pipeline, environment: name, warehouse: pick('warehouse', strong, weak), state: pick('state', strong, weak) };
}

/** A section whose every value comes from the stronger configuration, unless that knows only the default. */
function pick<S extends 'warehouse' | 'state'>(section: S, strong: LoadedConfig, weak: LoadedConfig): Config[S] {
  const given = new Set(
    strong.origins
      .explain(section)
      .filter(({ layer }) => layer !== 'default')
      .map(({ key }) => key.slice(section.length + 1)),
  );
  const entries = Object.entries(weak.config[section]).map(([key, value]) => [
    key,
    given.has(key) ? (strong.config[section] as Record<string, unknown>)[key] : value,
  ]);
  return Object.fromEntries(entries) as Config[S];
}

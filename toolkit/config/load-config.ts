import { join, resolve } from 'node:path';
import type { Assignment } from './assignment.ts';
import { checked, refuseFixedRules } from './check.ts';
import { coerceText } from './coerce.ts';
import { chooseEnvironment, DEFAULT_ENVIRONMENT } from './environments.ts';
import type { PipelineFacts } from './facts.ts';
import { configTree, type KeyNode, keyText } from './key-tree.ts';
import { type Origins, originsOf, type Settled } from './origins.ts';
import type { Project } from './project.ts';
import { type Config, configSchema, type Severity } from './schema.ts';
import { referencesIn, resolveReferences } from './secrets.ts';
import { setLayer, variablesLayer } from './text-layers.ts';
import { yamlLayer } from './yaml-layer.ts';
import { metaOf } from './zod-shape.ts';

/** What is loaded, and what it is loaded from. */
export interface LoadOptions<S> {
  readonly project: Project;
  /** Null for commands without a pipeline: any source and rule may then be named, and `settings` is not checked. */
  readonly pipeline: PipelineFacts<S> | null;
  /** From `--env`; without it DAYBOOK_ENV, else `development`. */
  readonly environment: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Each `key=value` of `--set`, in order. */
  readonly set: readonly string[];
  /** The working directory: relative paths in `--set` are from it. */
  readonly cwd: string;
}

/** A checked configuration, the environment it is for, and where each value came from. */
export interface LoadedConfig<S = unknown> {
  readonly config: Config<S>;
  readonly environment: string;
  readonly origins: Origins;
}

/**
 * Loads a configuration: defaults < the pipeline's config.yaml < the environment's file < variables < `--set`.
 * Unknown keys are refused, secrets are put in, paths are absolute.
 *
 * @throws DaybookError `config.*`: 78, or 64 for `--set` without `=`
 */
export function loadConfig<S = unknown>(options: LoadOptions<S>): LoadedConfig<S> {
  const { project, pipeline, env } = options;
  const tree = configTree(pipeline);
  const environment = chooseEnvironment(options.environment ?? (env['DAYBOOK_ENV'] || DEFAULT_ENVIRONMENT), project, pipeline);
  const file = pipeline ? join(resolve(project.root, pipeline.folder), 'config.yaml') : undefined;
  const settled = settle([...fileLayers(tree, project.root, file, environment.file), ...textLayers(tree, options)], env);
  const given = {};
  for (const [winner] of settled.values()) if (winner) put(given, winner.assignment.path, winner.value);
  const context = { tree, settled, file };
  const config = withPipeline(checked(configSchema, given, [], context), given, pipeline, context);
  if (pipeline) refuseFixedRules(pipeline, config.rules, settled);
  const defaults = defaultsOf(pipeline, context);
  for (const values of [config, defaults]) absolutePaths(tree, values, project.root);
  return { config: config as Config<S>, environment: environment.name, origins: originsOf({ tree, config, settled, defaults }) };
}

function fileLayers(tree: KeyNode, root: string, file: string | undefined, environmentFile: string | null): Assignment[] {
  const base = { tree, base: root };
  return [
    ...(file === undefined ? [] : yamlLayer({ ...base, file, layer: 'pipeline' })),
    ...(environmentFile === null ? [] : yamlLayer({ ...base, file: environmentFile, layer: 'environment' })),
  ];
}

function textLayers<S>(tree: KeyNode, { project, env, set, cwd }: LoadOptions<S>): Assignment[] {
  return [...variablesLayer(env, { tree, base: project.root }), ...setLayer(set, { tree, base: cwd })];
}

/** The assignments of each key, the strongest first. References are looked up for the strongest alone: a weaker secret need not be there. */
function settle(assignments: readonly Assignment[], env: LoadOptions<unknown>['env']): Map<string, Settled[]> {
  const settled = new Map<string, Settled[]>();
  for (const assignment of [...assignments].reverse()) {
    const key = keyText(assignment.path);
    const stronger = settled.get(key) ?? [];
    settled.set(key, [...stronger, stronger.length === 0 ? finished(assignment, env) : unresolved(assignment)]);
  }
  return settled;
}

function finished(assignment: Assignment, env: LoadOptions<unknown>['env']): Settled {
  const { value, secret } = resolveReferences(assignment, env);
  const { node, isText, base } = assignment;
  if (node.kind !== 'leaf' || typeof value !== 'string') return { assignment, value, secret };
  const typed = isText || secret !== null ? coerceText(node.schema, value) : value;
  return { assignment, value: typeof typed === 'string' && isPath(node) ? absolute(typed, base) : typed, secret };
}

const unresolved = (assignment: Assignment): Settled => ({ assignment, value: assignment.value, secret: referencesIn(assignment.value) });

const isPath = (node: KeyNode): boolean => node.kind === 'leaf' && metaOf(node.schema)['path'] === true;

const absolute = (path: string, base: string): string => (path === '' || /^https?:\/\//i.test(path) ? path : resolve(base, path));

/** Sets one value in a tree of plain objects. `__proto__` is a name like any other. */
function put(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = root;
  for (const part of path.slice(0, -1)) {
    if (!Object.hasOwn(at, part)) Object.defineProperty(at, part, { value: {}, enumerable: true, writable: true, configurable: true });
    at = at[part] as Record<string, unknown>;
  }
  Object.defineProperty(at, path.at(-1) ?? '', { value, enumerable: true, writable: true, configurable: true });
}

type Plain = Config & { settings: unknown };

/** Fills in what only the pipeline knows: the severity of every rule, and the settings by its own schema. */
function withPipeline(config: Config, given: { settings?: unknown }, pipeline: PipelineFacts | null, context: Parameters<typeof checked>[3]): Plain {
  if (!pipeline) return { ...config };
  const rules: Record<string, Record<string, Severity>> = {};
  for (const [source, facts] of Object.entries(pipeline.sources)) {
    rules[source] = { ...Object.fromEntries(facts.map((rule) => [rule.code, rule.severity])), ...config.rules[source] };
  }
  return { ...config, rules, settings: checked(pipeline.settings, given.settings ?? {}, ['settings'], context) };
}

/** What would stand without any layer; settings only where they need none. */
function defaultsOf(pipeline: PipelineFacts | null, context: Parameters<typeof checked>[3]): Plain {
  const isComplete = pipeline?.settings.safeParse({}).success;
  return withPipeline(
    configSchema.parse({}),
    {},
    pipeline && !isComplete ? { ...pipeline, settings: configSchema.shape.settings } : pipeline,
    context,
  );
}

/** Makes the paths absolute that come from a default and so from no layer. */
function absolutePaths(node: KeyNode, values: unknown, root: string): void {
  if (node.kind === 'leaf' || typeof values !== 'object' || values === null) return;
  const record = values as Record<string, unknown>;
  for (const name of node.kind === 'names' ? Object.keys(record) : node.children.keys()) {
    const child = node.kind === 'names' ? node.each : node.children.get(name);
    const value = record[name];
    if (child && isPath(child) && typeof value === 'string') record[name] = absolute(value, root);
    else if (child) absolutePaths(child, value, root);
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig, type Project } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { type LoadedPipeline, pipelineFacts, runPipeline } from '../../toolkit/run/index.ts';
import { openState } from '../../toolkit/state/index.ts';
import { asOfOption } from '../options.ts';
import { exitOf } from '../run/finish-run.ts';
import { compareOutcome } from './compare-outcome.ts';
import type { Comparison } from './comparison.ts';
import type { Outcome } from './outcome.ts';
import type { Scenario } from './scenario.ts';

/** What scenarios are run with. */
export interface ScenarioScene {
  readonly project: Project;
  readonly pipeline: LoadedPipeline;
  readonly environment: string | undefined;
  /** Further `key=value`, before the scenario's own. */
  readonly set: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** A scenario with everything that was expected beside what came. */
export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly passed: boolean;
  readonly comparisons: readonly Comparison[];
  /** What stopped the run, where something did. */
  readonly message: string | null;
}

/** Runs a scenario in a state and a warehouse of its own, which are gone afterwards, and compares. @throws DaybookError `run.cancelled`, `usage.bad-scenario` */
export async function runScenario(scenario: Scenario, scene: ScenarioScene): Promise<ScenarioResult> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-scenario-'));
  try {
    const outcome = await outcomeOf(scenario, scene, folder);
    if (scene.signal.aborted) throw new DaybookError('run.cancelled', {});
    const comparisons = await compareOutcome(scenario, outcome, scene.pipeline);
    const passed = comparisons.every(({ pairs }) => pairs.every(({ isEqual }) => isEqual));
    return { scenario, passed, comparisons, message: outcome.document?.error?.message ?? null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomeOf(scenario: Scenario, scene: ScenarioScene, folder: string): Promise<Outcome> {
  try {
    return await runIn(scenario, scene, folder);
  } catch (fault) {
    // What is wrong before a run begins is an outcome like any other.
    if (fault instanceof DaybookError) return { exit: fault.exit, document: null, config: null, state: null };
    throw fault;
  }
}

async function runIn(scenario: Scenario, scene: ScenarioScene, folder: string): Promise<Outcome> {
  if (!asOfOption().safeParse(scenario.asOf).success) throw new DaybookError('usage.impossible-date', { option: 'asOf', text: scenario.asOf });
  const places = {
    ...Object.fromEntries(Object.entries(scenario.sources).map(([name, path]) => [`sources.${name}`, path])),
    'state.dir': join(folder, 'state'),
    'warehouse.path': join(folder, 'warehouse.sqlite'),
    'quality.gates': 'off',
  };
  const set = [...scene.set, ...Object.entries(places).map(([key, value]) => `${key}=${value}`), ...scenario.set];
  const { project, pipeline, env, cwd, now, signal } = scene;
  const { config, environment } = loadConfig({ project, pipeline: pipelineFacts(pipeline), environment: scene.environment, env, set, cwd });
  const state = await openState(config.state.dir);
  const document = await runPipeline({
    project,
    pipeline,
    config: config as Config,
    environment,
    asOf: scenario.asOf,
    mode: 'publish',
    state,
    emit: () => {},
    signal,
    codeVersion: 'scenario',
    now,
    logFile: null,
  });
  return { exit: exitOf(document), document, config: config as Config, state };
}

import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DaybookError } from '../../toolkit/errors/daybook-error.ts';
import { EXIT } from '../../toolkit/errors/exit.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, pipelineOption, scenarioDirOption, setOption } from '../options.ts';
import type { ScenarioResult } from '../scenario/run-scenario.ts';

export const scenarioRun = defineCommand({
  name: 'scenario run',
  summary: 'Runs test cases and lays expected beside actual.',
  details: 'Each case runs in a state and a warehouse of its own, which are gone afterwards. Exits with 65 when one differs.',
  arguments: z.object({
    name: z.array(z.string()).default([]).meta({ description: 'The cases; without one all, and then only what differs is shown in full.' }),
  }),
  options: z.object({
    full: z.boolean().default(false).meta({ description: 'Shows input, expected and actual of every case.' }),
    dir: scenarioDirOption(),
    pipeline: pipelineOption(),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints every comparison as one JSON array.'),
  }),
  examples: [
    ['daybook scenario run', 'all cases'],
    ['daybook scenario run phones emails', 'two of them, to read and sign off'],
  ],
  async run({ name: names, full, dir, pipeline, env, set, json }, context) {
    const [{ findProject }, { onePipeline }, { loadPipeline }, { loadScenarios }, { runScenario }, { scenarioLines, verdictLine }] =
      await Promise.all([
        import('../../toolkit/config/index.ts'),
        import('../project/open-pipeline.ts'),
        import('../../toolkit/run/index.ts'),
        import('../scenario/scenario.ts'),
        import('../scenario/run-scenario.ts'),
        import('../views/scenario-lines.ts'),
      ]);
    const project = findProject(context.cwd);
    const scenarios = loadScenarios(dir === undefined ? join(project.root, 'data/scenarios') : resolve(context.cwd, dir), names);
    const scene = {
      project,
      pipeline: await loadPipeline(project, onePipeline(project, pipeline)),
      environment: env,
      set,
      env: context.env,
      cwd: context.cwd,
      now: context.now,
      signal: context.signal,
    };
    const results: ScenarioResult[] = [];
    for (const scenario of scenarios) {
      if (context.signal.aborted) throw new DaybookError('run.cancelled', {});
      const result = await runScenario(scenario, scene);
      results.push(result);
      const isFull = full || names.length > 0;
      if (!json) context.out.lines(...(isFull || !result.passed ? scenarioLines(result, isFull, context.out) : verdictLine(result, context.out)));
    }
    return finish(results, json, context);
  },
});

function finish(results: readonly ScenarioResult[], json: boolean, { out }: Context) {
  const differ = results.filter(({ passed }) => !passed);
  if (json) out.data(`${JSON.stringify(results.map(({ scenario: { name, title }, ...result }) => ({ name, title, ...result })))}\n`);
  else
    out.lines(
      differ.length === 0
        ? out.theme.good(`${results.length} as expected.`)
        : out.theme.bad(
            `${results.length - differ.length} as expected, ${differ.length} differ: ${differ.map(({ scenario }) => scenario.name).join(', ')}.`,
          ),
    );
  return differ.length === 0 ? EXIT.ok : EXIT.data;
}

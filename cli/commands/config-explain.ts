import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, pipelineOption, setOption } from '../options.ts';

export const configExplain = defineCommand({
  name: 'config explain',
  summary: 'What a key does, its value, and what it replaced.',
  details: 'Secrets are shown by where they come from, never by their value.',
  arguments: z.object({
    key: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'A key or a section such as `warehouse`, or the name of a pipeline; without it every key.' }),
  }),
  options: z.object({ pipeline: pipelineOption(), env: envOption(), set: setOption(), json: jsonOption('Prints the keys as one JSON array.') }),
  examples: [
    ['daybook config explain warehouse.path', 'one key'],
    ['daybook config explain quality --env production', 'a section in production'],
    ['daybook config explain customer-360', 'every key of a pipeline'],
  ],
  async run({ key: asked, pipeline, json, ...choice }, context) {
    const [{ findProject }, { discoverPipelines }, { onePipeline, openPipeline }, { explainLines }] = await Promise.all([
      import('../../toolkit/config/index.ts'),
      import('../../toolkit/run/discover-pipelines.ts'),
      import('../project/open-pipeline.ts'),
      import('../views/config-lines.ts'),
    ]);
    const project = findProject(context.cwd);
    const isPipeline = asked !== undefined && discoverPipelines(project).includes(asked);
    const { origins } = await openPipeline(onePipeline(project, isPipeline ? asked : pipeline), choice, context);
    const found = asked === undefined || isPipeline ? origins.all : origins.explain(asked);
    if (json) context.out.data(`${JSON.stringify(found)}\n`);
    else context.out.lines(...found.flatMap((origin, at) => [...(at > 0 ? [''] : []), ...explainLines(origin, context)]));
    return EXIT.ok;
  },
});

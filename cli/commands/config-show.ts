import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, setOption } from '../options.ts';

export const configShow = defineCommand({
  name: 'config show',
  summary: 'The configuration that holds, and where it came from.',
  details: 'Secrets are shown by where they come from, never by their value.',
  arguments: z.object({ pipeline: z.string().min(1).optional().meta({ description: 'The pipeline; not needed where the project has one.' }) }),
  options: z.object({ env: envOption(), set: setOption(), json: jsonOption('Prints every key with its value and its origin as one JSON document.') }),
  examples: [
    ['daybook config show', 'development'],
    ['daybook config show customer-360 --env production --json', 'production, for a program'],
  ],
  async run({ pipeline, json, ...choice }, context) {
    const [{ findProject }, { onePipeline, openPipeline }, { configTable }] = await Promise.all([
      import('../../toolkit/config/index.ts'),
      import('../project/open-pipeline.ts'),
      import('../views/config-lines.ts'),
    ]);
    const opened = await openPipeline(onePipeline(findProject(context.cwd), pipeline), choice, context);
    const { all } = opened.origins;
    if (json)
      context.out.data(
        `${JSON.stringify({ schema: 'daybook.config/1', pipeline: opened.pipeline.definition.name, environment: opened.environment, values: all })}\n`,
      );
    else context.out.lines(...configTable(all, context));
    return EXIT.ok;
  },
});

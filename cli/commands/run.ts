import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { asOfOption, envOption, jsonOption, setOption } from '../options.ts';

export const run = defineCommand({
  name: 'run',
  summary: 'Reads, checks, works out and publishes a pipeline.',
  details:
    'Publishing is one transaction: what goes wrong before its end leaves the tables as they were. stdout holds the summary, stderr progress and errors.',
  arguments: z.object({ pipeline: z.string().min(1).meta({ description: 'The pipeline, by the name of its folder.' }) }),
  options: z.object({
    env: envOption(),
    set: setOption(),
    asOf: asOfOption(),
    dryRun: z.boolean().default(false).meta({ description: 'Does everything but the commit, and says what would change.' }),
    limit: z.int().min(1).optional().meta({
      value: 'N',
      description: 'A trial on the first N records of each source that is no lookup; publishes nothing.',
      form: 'a whole number, 1 or more',
    }),
    json: jsonOption('Prints the run’s document (daybook.run/1) and nothing else on stdout.'),
  }),
  examples: [
    ['daybook run customer-360', 'a run in development'],
    ['daybook run customer-360 --env production --as-of 2026-01-31', 'a run in production, counted to the end of January'],
    ['daybook run customer-360 --set sources.crm=export.csv --dry-run', 'what an export of one’s own would change'],
  ],
  async run({ json, dryRun, limit, ...asked }, context) {
    const [{ executeRun }, { finishRun }] = await Promise.all([import('../run/execute-run.ts'), import('../run/finish-run.ts')]);
    const mode = dryRun ? 'dry-run' : 'publish';
    return finishRun(
      await executeRun({ ...asked, limit, mode }, context),
      { command: 'run', mode, isPartial: limit !== undefined, set: asked.set, json },
      context,
    );
  },
});

import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, limitOption, pipelineOption, setOption } from '../options.ts';

export const runsList = defineCommand({
  name: 'runs list',
  summary: 'Past runs, the newest first.',
  arguments: z.object({}),
  options: z.object({
    pipeline: pipelineOption(),
    limit: limitOption(20, 'How many.'),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints the runs’ documents as one JSON array.'),
  }),
  examples: [
    ['daybook runs list', 'the last 20 runs'],
    ['daybook runs list --limit 1 --json', 'the last run, for a program'],
  ],
  async run({ limit, json, pipeline, ...choice }, context) {
    const [{ recentRuns }, { runsTable }] = await Promise.all([import('../project/ledgers.ts'), import('../views/runs-table.ts')]);
    const runs = (await recentRuns(limit, choice, context, { pipeline })).map(({ run }) => run);
    if (json) context.out.data(`${JSON.stringify(runs.map(({ document }) => document))}\n`);
    else if (runs.length > 0) context.out.lines(...runsTable(runs, context.out));
    else context.err.lines('Nothing has run here yet. Start with `daybook run PIPELINE`.');
    return EXIT.ok;
  },
});

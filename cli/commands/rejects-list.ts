import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, limitOption, pipelineOption, setOption } from '../options.ts';

export const rejectsList = defineCommand({
  name: 'rejects list',
  summary: 'The runs that refused or warned of records.',
  arguments: z.object({}),
  options: z.object({
    pipeline: pipelineOption(),
    limit: limitOption(10, 'How many runs.'),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints the runs with their counts by rule as one JSON array.'),
  }),
  examples: [['daybook rejects list', 'the last runs that have rejects, with counts by rule']],
  async run({ limit, json, pipeline, ...choice }, context) {
    const [{ recentRuns }, { listRejects, rejectsListLines }] = await Promise.all([
      import('../project/ledgers.ts'),
      import('../views/rejects-list.ts'),
    ]);
    const found = await listRejects(await recentRuns(Number.MAX_SAFE_INTEGER, choice, context, { pipeline }), limit);
    if (json) context.out.data(`${JSON.stringify(found)}\n`);
    else if (found.length > 0) context.out.lines(...rejectsListLines(found, context));
    else context.err.lines('No run has rejects. Start one with `daybook run PIPELINE`, or see `daybook runs list`.');
    return EXIT.ok;
  },
});

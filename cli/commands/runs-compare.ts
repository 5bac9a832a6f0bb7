import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, setOption } from '../options.ts';

const runName = (fallback: string, what: string) =>
  z
    .string()
    .min(1)
    .default(fallback)
    .meta({ description: `${what}: its id, a part of it, \`latest\`, or \`previous\`, the one before the other. Default: ${fallback}.` });

export const runsCompare = defineCommand({
  name: 'runs compare',
  summary: 'What moved from one run to another, and by how much.',
  details: 'Records, broken rules, gates, what was published, and time and memory of each step; the largest moves first.',
  arguments: z.object({ from: runName('previous', 'The first run'), to: runName('latest', 'The second run') }),
  options: z.object({
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints every move, the small ones too, as one JSON document (daybook.comparison/1).'),
  }),
  examples: [
    ['daybook runs compare', 'the last run beside the one before it'],
    ['daybook runs compare 9f3c1a latest --json', 'two runs, for a program'],
  ],
  async run({ from, to, json, ...choice }, context) {
    const [{ findPair }, { compareRuns }, { comparisonLines }] = await Promise.all([
      import('../run/find-pair.ts'),
      import('../../toolkit/observe/compare-runs.ts'),
      import('../views/comparison-lines.ts'),
    ]);
    const [{ run: first }, { run: second }] = await findPair([from, to], choice, context);
    const moves = compareRuns(first.document, second.document);
    const { pipeline, runId } = second.document;
    if (json) context.out.data(`${JSON.stringify({ schema: 'daybook.comparison/1', pipeline, from: first.document.runId, to: runId, moves })}\n`);
    else context.out.lines(...comparisonLines({ from: first, to: second, moves }, context.out));
    return EXIT.ok;
  },
});

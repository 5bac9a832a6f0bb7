import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, runArgument, setOption } from '../options.ts';

export const runsShow = defineCommand({
  name: 'runs show',
  summary: 'One run in full.',
  arguments: z.object({ run: runArgument() }),
  options: z.object({ env: envOption(), set: setOption(), json: jsonOption('Prints the run’s document (daybook.run/1).') }),
  examples: [
    ['daybook runs show', 'the last run'],
    ['daybook runs show 9f3c1a --json', 'a run by the end of its id, for a program'],
  ],
  async run({ run: asked, json, ...choice }, context) {
    const { findRun } = await import('../project/ledgers.ts');
    const known = await findRun(asked, choice, context);
    if (json) context.out.data(`${JSON.stringify(known.run.document)}\n`);
    else {
      const { runInFull } = await import('../run/run-in-full.ts');
      context.out.lines(...(await runInFull(known, choice, context)));
    }
    return EXIT.ok;
  },
});

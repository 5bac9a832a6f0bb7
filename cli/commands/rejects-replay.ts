import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { asOfOption, envOption, jsonOption, runArgument, setOption } from '../options.ts';

export const rejectsReplay = defineCommand({
  name: 'rejects replay',
  summary: 'Runs again with refused records corrected.',
  details:
    'Corrections are made in the column raw of what `daybook rejects export RUN --values` gives; an emptied raw leaves the record out, and a line that is as it was exported changes nothing. The sources must be as RUN read them. All else is as in `daybook run`.',
  arguments: z.object({ run: runArgument() }),
  options: z.object({
    with: z.string().min(1).meta({ value: 'FILE', description: 'The corrected export, CSV or NDJSON.' }),
    force: z.boolean().default(false).meta({ description: 'Replays on files that have changed since, where the corrected records still stand.' }),
    env: envOption(),
    set: setOption(),
    asOf: asOfOption(),
    dryRun: z.boolean().default(false).meta({ description: 'Does everything but the commit, and says what would change.' }),
    json: jsonOption('Prints the new run’s document (daybook.run/1) and nothing else on stdout.'),
  }),
  examples: [
    ['daybook rejects replay latest --with rejects.csv --dry-run', 'what corrections of the last run would change'],
    ['daybook rejects replay 9f3c1a --with rejects.csv', 'publish them'],
  ],
  async run({ run: asked, with: file, force, dryRun, asOf, json, ...choice }, context) {
    const [{ openCorrected }, { executeRun }, { finishRun }] = await Promise.all([
      import('../run/open-corrected.ts'),
      import('../run/execute-run.ts'),
      import('../run/finish-run.ts'),
    ]);
    const { pipeline, replay } = await openCorrected({ asked, file, force }, choice, context);
    const mode = dryRun ? 'dry-run' : 'publish';
    return finishRun(
      await executeRun({ ...choice, pipeline, asOf, mode, replay }, context),
      { command: 'rejects replay', mode, isPartial: false, replay: replay.of, set: choice.set, json },
      context,
    );
  },
});

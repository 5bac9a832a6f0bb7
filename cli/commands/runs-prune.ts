import { z } from 'zod';
import { DaybookError } from '../../toolkit/errors/daybook-error.ts';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, setOption } from '../options.ts';

const DAY_MS = 86_400_000;

export const runsPrune = defineCommand({
  name: 'runs prune',
  summary: 'Removes records of old runs.',
  details:
    'A run’s record goes with its rejects and corrections; one line of each stays in pruned.ndjson of the state folder. A run that is going on, the last good run of each pipeline and environment, and a run that a kept replay refers to always stay. Where both limits are given, a run goes only if both say so.',
  arguments: z.object({}),
  options: z.object({
    olderThan: z
      .string()
      .regex(/^[1-9]\d{0,5}d$/)
      .optional()
      .meta({ value: 'DAYS', description: 'Runs that began longer ago: 90d.', form: 'a number of days, such as 90d' }),
    keep: z
      .int()
      .min(1)
      .optional()
      .meta({ value: 'N', description: 'All but the newest N of each pipeline and environment.', form: 'a whole number, 1 or more' }),
    dryRun: z.boolean().default(false).meta({ description: 'Says what would go, and removes nothing.' }),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints the runs that went as one JSON array.'),
  }),
  examples: [
    ['daybook runs prune --older-than 90d --dry-run', 'what would go'],
    ['daybook runs prune --older-than 90d --keep 30', 'runs of more than 90 days ago, but never one of the last 30'],
  ],
  async run({ olderThan, keep, dryRun, json, ...choice }, context) {
    if (olderThan === undefined && keep === undefined)
      throw new DaybookError('usage.missing-option', { command: 'runs prune', option: '--older-than' });
    const [{ settle, statesOf }, { pruneRuns }, { counted }] = await Promise.all([
      import('../project/ledgers.ts'),
      import('../../toolkit/state/index.ts'),
      import('../render/numbers.ts'),
    ]);
    const now = context.now();
    const before = olderThan === undefined ? null : new Date(now.getTime() - Number.parseInt(olderThan, 10) * DAY_MS);
    const gone = [];
    for (const state of statesOf(choice, context)) {
      await settle(state);
      gone.push(...(await pruneRuns(state, { before, keep: keep ?? null, dryRun, now })));
    }
    if (json) context.out.data(`${JSON.stringify(gone)}\n`);
    else {
      context.out.lines(...gone.map(({ runId, pipeline, environment, status }) => [runId, pipeline ?? '?', environment ?? '?', status].join('  ')));
      context.err.lines(`${counted(gone.length, 'run')} ${dryRun ? 'would go' : gone.length === 1 ? 'was removed' : 'were removed'}.`);
    }
    return EXIT.ok;
  },
});

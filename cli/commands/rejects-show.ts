import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, limitOption, runArgument, setOption } from '../options.ts';

export const rejectsShow = defineCommand({
  name: 'rejects show',
  summary: 'What a run refused, by rule, and where it stands.',
  details: 'Shows places, never values: a rejected record is personal data. `daybook rejects export RUN --values` gives them on purpose.',
  arguments: z.object({ run: runArgument() }),
  options: z.object({
    source: z.string().optional().meta({ value: 'NAME', description: 'Only of this source.' }),
    rule: z.string().optional().meta({ value: 'CODE', description: 'Only of this rule, such as email.invalid.' }),
    limit: limitOption(20, 'How many places.'),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints counts and places as one JSON document.'),
  }),
  examples: [
    ['daybook rejects show', 'the last run'],
    ['daybook rejects show latest --source orders --rule amount.invalid', 'where the wrong amounts stand'],
  ],
  async run({ run: asked, source, rule, limit, json, env, set }, context) {
    const [{ findRun }, rejects, { rejectsLines }] = await Promise.all([
      import('../project/ledgers.ts'),
      import('../run/read-rejects.ts'),
      import('../views/rejects-lines.ts'),
    ]);
    const known = await findRun(asked, { env, set }, context);
    const found = await rejects.withRejects(known, context.signal, async (frame, session) => {
      const wanted = rejects.filtered(frame, { source, rule });
      return { rules: await rejects.countsByRule(wanted, session), places: await rejects.firstPlaces(wanted, limit, session) };
    });
    const { runId } = known.run.document;
    if (json) context.out.data(`${JSON.stringify({ schema: 'daybook.rejects/1', runId, ...found })}\n`);
    else context.out.lines(...rejectsLines({ runId: runId ?? '', ...found }, context));
    return EXIT.ok;
  },
});

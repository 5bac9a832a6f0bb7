import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { asOfOption, envOption, jsonOption, setOption } from '../options.ts';

export const validate = defineCommand({
  name: 'validate',
  summary: 'Everything but publishing: what would be refused, and why.',
  details: 'Reads and checks every source and judges the quality gates. The warehouse is not touched. Exits with 65 where a run would be refused.',
  arguments: z.object({ pipeline: z.string().min(1).meta({ description: 'The pipeline, by the name of its folder.' }) }),
  options: z.object({
    env: envOption(),
    set: setOption(),
    asOf: asOfOption(),
    limit: z
      .int()
      .min(1)
      .optional()
      .meta({ value: 'N', description: 'Checks the first N records of each source that is no lookup.', form: 'a whole number, 1 or more' }),
    json: jsonOption('Prints the run’s document (daybook.run/1) with an empty load, and nothing else on stdout.'),
  }),
  examples: [
    ['daybook validate customer-360', 'every broken rule with its count, its share and what it means'],
    ['daybook validate customer-360 --set sources.crm=export.csv --json', 'the same of an export of one’s own, for a program'],
  ],
  async run({ json, limit, ...asked }, context) {
    const [{ executeRun }, { finishRun }] = await Promise.all([import('../run/execute-run.ts'), import('../run/finish-run.ts')]);
    return finishRun(
      await executeRun({ ...asked, limit, mode: 'validate' }, context),
      { command: 'validate', mode: 'validate', isPartial: limit !== undefined, set: asked.set, json },
      context,
    );
  },
});

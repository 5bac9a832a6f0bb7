import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { count } from '../render/numbers.ts';

const whole = (least: number) => z.int().min(least);

export const generate = defineCommand({
  name: 'generate',
  summary: 'Synthetic sources, dirty on purpose.',
  details:
    'The same options give the same bytes on any machine. Nobody in the data is real. The folder is made where it is missing, the folder above it is not.',
  arguments: z.object({ pipeline: z.string().min(1).meta({ description: 'The pipeline whose sources are made.' }) }),
  options: z.object({
    rows: whole(0).meta({
      value: 'N',
      description: 'How many records are accepted; the refused ones come on top.',
      form: 'a whole number, 0 or more',
    }),
    seed: whole(0).default(1).meta({ value: 'S', description: 'Another seed gives other data. Default: 1.', form: 'a whole number, 0 or more' }),
    out: z.string().min(1).meta({ value: 'DIR', description: 'The folder to write to.' }),
    orders: z
      .enum(['ndjson', 'array'])
      .optional()
      .meta({ value: 'FORM', description: 'How the orders feed is written: ndjson (the default) or array.' }),
    force: z.boolean().default(false).meta({ description: 'Overwrites files of the same names.' }),
  }),
  examples: [['daybook generate customer-360 --rows 100000 --seed 7 --out /tmp/big', 'sources of a hundred thousand customers']],
  async run({ pipeline: name, rows, seed, out, orders, force }, context) {
    const [{ findProject }, { loadPipeline }, { writeGenerated }] = await Promise.all([
      import('../../toolkit/config/index.ts'),
      import('../../toolkit/run/index.ts'),
      import('../run/write-generated.ts'),
    ]);
    const pipeline = await loadPipeline(findProject(context.cwd), name);
    const files = await writeGenerated(pipeline, { rows, seed, ...(orders && { orders }) }, { out, force }, context);
    for (const { file, bytes } of files) context.out.lines(`${file}  ${count(bytes)} bytes`);
    return EXIT.ok;
  },
});

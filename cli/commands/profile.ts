import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../options.ts';

const FORMATS = ['text', 'html'] as const;

export const profile = defineCommand({
  name: 'profile',
  summary: 'Describes unknown files and proposes a contract.',
  details:
    'Of every column: what its texts are and how many are not, missing and different values, range, quartiles and outliers, patterns, and whether it may hold personal data, with the reason. Of every file: candidate keys, records that cannot be read; of several files: which column refers to which key. No value of a column that may be personal is shown, unless --values asks for it.',
  arguments: z.object({
    files: z.array(z.string().min(1)).min(1).meta({ description: 'Files: CSV with a header, or JSON by its ending (.json, .ndjson, .jsonl).' }),
  }),
  options: z.object({
    format: z.enum(FORMATS).default('text').meta({ value: 'FORMAT', description: 'text (the default) or html, a page of its own.' }),
    out: z.string().min(1).optional().meta({ value: 'FILE', description: 'Writes to a file (0600) instead of stdout.' }),
    force: z.boolean().default(false).meta({ description: 'Overwrites the file.' }),
    contract: z.boolean().default(false).meta({ description: 'Prints a proposed contract, a TypeScript file, instead of the profile.' }),
    values: z.boolean().default(false).meta({ description: 'Shows values of columns that may be personal too.' }),
    json: jsonOption('Prints the profile as one JSON document (daybook.profile/1).'),
  }),
  examples: [
    ['daybook profile data/samples/crm.csv', 'what the columns of a file hold'],
    ['daybook profile crm.csv orders.ndjson --format html --out profile.html', 'two files and what ties them, as a page'],
    ['daybook profile crm.csv --contract > crm.ts', 'a contract to start from'],
  ],
  async run({ files, format, out, force, contract, values, json }, context) {
    const [{ profileNamed }, { profileDocument }, { writeText }] = await Promise.all([
      import('../run/profile-named.ts'),
      import('../views/profile-document.ts'),
      import('../run/write-text.ts'),
    ]);
    const found = await profileNamed(files, values, context);
    const form = json ? 'json' : contract ? 'contract' : format;
    const isFile = out !== undefined;
    if (form === 'text' && !isFile) context.out.lines(...(await import('../views/profile-lines.ts')).profileLines(found, context.out));
    else await writeText(profileDocument(found, form, context), { out, force }, context);
    return EXIT.ok;
  },
});

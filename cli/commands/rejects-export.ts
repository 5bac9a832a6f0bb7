import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, runArgument, setOption } from '../options.ts';

export const rejectsExport = defineCommand({
  name: 'rejects export',
  summary: 'Every broken rule of a run, one line each.',
  details:
    'Fields: run_id, source, file, record, line, key, rule, column, severity, reason; with --values also value and raw, which are personal data and can be corrected: `daybook rejects replay` takes them back. A file is made readable by its owner alone.',
  arguments: z.object({ run: runArgument() }),
  options: z.object({
    format: z.enum(['ndjson', 'csv']).meta({ value: 'FORMAT', description: 'ndjson or csv.' }),
    out: z.string().min(1).optional().meta({ value: 'FILE', description: 'Writes to a file (0600) instead of stdout.' }),
    values: z.boolean().default(false).meta({ description: 'Adds what stood in the field and the whole record: personal data.' }),
    force: z.boolean().default(false).meta({ description: 'Overwrites the file.' }),
    env: envOption(),
    set: setOption(),
  }),
  examples: [
    ['daybook rejects export latest --format csv --out rejects.csv', 'all rejects and warnings of the last run'],
    ['daybook rejects export latest --format ndjson | head', 'the first of them'],
  ],
  async run({ run: asked, format, out, values, force, env, set }, context) {
    const [{ findRun }, { withRejects }, { exportText }] = await Promise.all([
      import('../project/ledgers.ts'),
      import('../run/read-rejects.ts'),
      import('../run/export-rejects.ts'),
    ]);
    const known = await findRun(asked, { env, set }, context);
    const runId = known.run.document.runId ?? '';
    await withRejects(known, context.signal, (rejects, session) =>
      write(exportText(rejects, { runId, format, hasValues: values, session }), { out, force }, context),
    );
    return EXIT.ok;
  },
});

async function write(
  text: AsyncIterable<string>,
  { out, force }: { readonly out: string | undefined; readonly force: boolean },
  { stdout, cwd, err }: Context,
): Promise<void> {
  if (out === undefined) {
    for await (const part of text) {
      if (stdout.isClosed) return;
      stdout.write(part);
      await stdout.drained();
    }
    return;
  }
  const [{ newFile }, { resolve }] = await Promise.all([import('../run/new-file.ts'), import('node:path')]);
  const file = await newFile(resolve(cwd, out), { mode: 0o600, force });
  try {
    for await (const part of text) await file.write(part);
    await file.finish();
  } catch (fault) {
    await file.discard();
    throw fault;
  }
  err.lines(`Written: ${out}`);
}

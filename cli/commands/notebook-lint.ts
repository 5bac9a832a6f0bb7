import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../options.ts';

export const notebookLint = defineCommand({
  name: 'notebook lint',
  summary: 'Finds what silently goes wrong in notebooks.',
  details:
    'Errors: cells that ran out of order, outputs that hold personal data, a parameter that is never used. Warnings are for notebooks that are also run in another kernel: a name that an earlier function uses is set or declared again, `await (` or `for await` at the top level. The exit code is 65 when there is an error; --strict counts warnings too.',
  arguments: z.object({ files: z.array(z.string()).min(1).meta({ description: 'Notebooks.' }) }),
  options: z.object({ strict: z.boolean().default(false).meta({ description: 'Warnings count as errors.' }), json: jsonOption() }),
  examples: [['daybook notebook lint notebooks/*.ipynb', 'every notebook of the project']],
  async run({ files, strict, json }, context) {
    const [{ lintNotebook, readNotebook }, { resolve }] = await Promise.all([import('../../toolkit/notebook/index.ts'), import('node:path')]);
    const findings = files.flatMap((file) =>
      lintNotebook(readNotebook(resolve(context.cwd, file)).notebook).map((finding) => ({ file, ...finding })),
    );
    if (json) context.out.data(`${JSON.stringify({ schema: 'daybook.notebook-lint/1', files, findings })}\n`);
    else {
      for (const { file, cell, line, rule, severity, message, fix } of findings) {
        context.out.lines(`${file}: cell ${cell}${line === null ? '' : `, line ${line}`}: ${severity}: ${message} [${rule}]`, `  Fix: ${fix}`);
      }
      context.err.lines(
        `${files.length} ${files.length === 1 ? 'notebook' : 'notebooks'}, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.`,
      );
    }
    return findings.some(({ severity }) => strict || severity === 'error') ? EXIT.data : EXIT.ok;
  },
});

import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, setOption } from '../options.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Finds the usual faults of a set-up, and how to mend them.',
  details:
    'Looks at Node, native modules, configuration, sources, the warehouse, rights and disk space. Exits with 0 unless something has to be mended.',
  arguments: z.object({}),
  options: z.object({
    fix: z.boolean().default(false).meta({ description: 'Makes the state folder, and installs DuckDB’s sqlite extension from the network.' }),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints the findings as one JSON document.'),
  }),
  examples: [
    ['daybook doctor', 'whether this machine is ready'],
    ['daybook doctor --env production --json', 'the same for production, for a program'],
    ['daybook doctor --fix', 'mend what can be mended'],
  ],
  async run({ json, ...asked }, context) {
    const [{ examine }, { doctorLines }] = await Promise.all([import('../doctor/examine.ts'), import('../views/doctor-lines.ts')]);
    const findings = await examine(asked, context);
    if (json) context.out.data(`${JSON.stringify({ schema: 'daybook.doctor/1', findings: findings.map(({ exit: _, ...finding }) => finding) })}\n`);
    else context.out.lines(...doctorLines(findings, context.out));
    const failed = findings.find(({ status }) => status === 'fail');
    return failed ? (failed.exit ?? EXIT.config) : EXIT.ok;
  },
});

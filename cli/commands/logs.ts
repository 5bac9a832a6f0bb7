import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, limitOption, setOption } from '../options.ts';

export const logs = defineCommand({
  name: 'logs',
  summary: 'Searches the logs.',
  details: 'The newest lines that fit, in the order of their times. People are masked in the logs as they are written.',
  arguments: z.object({}),
  options: z.object({
    run: z.string().min(1).optional().meta({ value: 'RUN', description: 'Of one run: its id, a part of it, or `latest`.' }),
    level: z
      .enum(['debug', 'info', 'warn', 'error'])
      .optional()
      .meta({ value: 'LEVEL', description: 'The least level: debug, info, warn or error.' }),
    channel: z.enum(['app', 'audit', 'performance']).optional().meta({ value: 'NAME', description: 'One log: app, audit or performance.' }),
    since: z
      .string()
      .min(1)
      .optional()
      .meta({ value: 'TIME', description: 'From a time on: 2026-11-24, 2026-11-24T15:00:00Z, or how long ago: 30m, 2h, 7d.' }),
    text: z.string().min(1).optional().meta({ value: 'TEXT', description: 'Stands somewhere in the line; case does not count.' }),
    limit: limitOption(100, 'How many lines.'),
    env: envOption(),
    set: setOption(),
    json: jsonOption('Prints one JSON object a line.'),
  }),
  examples: [
    ['daybook logs --level error --since 1d', 'what went wrong since yesterday'],
    ['daybook logs --run latest', 'everything about the last run'],
    ['daybook logs --channel audit --text publish --json', 'who published what, for a program'],
  ],
  async run({ limit, json, env, set, ...query }, context) {
    const [{ searchLogs }, { prettyLine }] = await Promise.all([import('../run/search-logs.ts'), import('../../toolkit/observe/index.ts')]);
    const { lines, damaged } = await searchLogs({ ...query, limit }, { env, set }, context);
    const { theme } = context.out;
    for (const line of lines) {
      if (json) context.out.data(`${JSON.stringify(line)}\n`);
      else context.out.lines((line.level === 'error' ? theme.bad : line.level === 'warn' ? theme.warning : (text: string) => text)(prettyLine(line)));
      await context.stdout.drained();
    }
    if (damaged > 0)
      context.err.lines(
        `${damaged === 1 ? 'One line' : `${damaged} lines`} of the logs cannot be read and ${damaged === 1 ? 'was' : 'were'} passed over.`,
      );
    if (lines.length === 0) context.err.lines('No line of the logs fits.');
    return EXIT.ok;
  },
});

import { join, resolve } from 'node:path';
import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption, scenarioDirOption } from '../options.ts';

export const scenarioList = defineCommand({
  name: 'scenario list',
  summary: 'The test cases that are kept with the project.',
  arguments: z.object({}),
  options: z.object({ dir: scenarioDirOption(), json: jsonOption('Prints the scenarios as one JSON array.') }),
  examples: [['daybook scenario list', 'every case and what it is about']],
  async run({ dir, json }, context) {
    const [{ findProject }, { loadScenarios }, { table }] = await Promise.all([
      import('../../toolkit/config/index.ts'),
      import('../scenario/scenario.ts'),
      import('../render/table.ts'),
    ]);
    const folder = dir === undefined ? join(findProject(context.cwd).root, 'data/scenarios') : resolve(context.cwd, dir);
    const all = loadScenarios(folder);
    if (json)
      context.out.data(`${JSON.stringify(all.map(({ name, title, shows, covers, asOf, exit }) => ({ name, title, shows, covers, asOf, exit })))}\n`);
    else
      context.out.lines(
        ...table(
          [{ title: 'scenario' }, { title: 'what it is about', isFlexible: true }],
          all.map(({ name, title }) => [name, title]),
          context.out,
        ),
      );
    return EXIT.ok;
  },
});

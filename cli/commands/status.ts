import { z } from 'zod';
import { DaybookError } from '../../toolkit/errors/daybook-error.ts';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, setOption } from '../options.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'How every pipeline stands, and what to do next.',
  details:
    'The last run, what it read, refused and published, the rows of each published table, what is running and what was interrupted. `daybook` alone shows the same.',
  arguments: z.object({}),
  options: z.object({ env: envOption(), set: setOption() }),
  examples: [
    ['daybook status', 'development'],
    ['daybook status --env production', 'production'],
  ],
  async run(choice, context) {
    const [{ findProject }, { discoverPipelines }, { pipelineStatus }, { statusLines }] = await Promise.all([
      import('../../toolkit/config/index.ts'),
      import('../../toolkit/run/discover-pipelines.ts'),
      import('../run/pipeline-status.ts'),
      import('../views/status-lines.ts'),
    ]);
    const project = findProject(context.cwd);
    const names = discoverPipelines(project);
    if (names.length === 0) throw new DaybookError('usage.no-pipeline', { folder: project.pipelinesFolder });
    const all = [];
    for (const name of names) all.push(await pipelineStatus(project, name, choice, context));
    const [fault] = all.flatMap((one) => one.fault ?? []);
    // Nothing is known at all: then the fault itself is the answer.
    if (fault && all.every(({ environment }) => environment === null)) throw fault;
    context.out.lines(...statusLines(all, context));
    return EXIT.ok;
  },
});

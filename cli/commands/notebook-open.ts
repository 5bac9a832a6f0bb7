import { z } from 'zod';
import type { ExitCode } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';

export const notebookOpen = defineCommand({
  name: 'notebook open',
  summary: 'Starts Jupyter with the TypeScript kernel ready.',
  details:
    'Starts JupyterLab, or the classic notebook where that is not installed, in the folder of the notebook or the folder that is named. The kernel is made known to it by JUPYTER_PATH; nothing is installed. Ctrl-C ends it.',
  arguments: z.object({
    path: z.string().min(1).optional().meta({ description: 'A notebook or a folder. Default: notebooks/ of the project, else this folder.' }),
  }),
  options: z.object({
    browser: z.boolean().default(false).meta({ description: 'Opens the browser; without it the address is printed.' }),
  }),
  examples: [
    ['daybook notebook open', 'the notebooks of the project'],
    ['daybook notebook open sales.ipynb --browser', 'one notebook, in the browser'],
  ],
  async run({ path, browser }, context): Promise<ExitCode> {
    const { openJupyter } = await import('../notebook/open-jupyter.ts');
    return openJupyter({ path, browser }, context);
  },
});

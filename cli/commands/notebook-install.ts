import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';

export const notebookInstall = defineCommand({
  name: 'notebook install',
  summary: 'Makes the TypeScript kernel known to Jupyter.',
  details:
    'Writes the kernel spec "daybook" where Jupyter looks: DIR/share/jupyter/kernels with --prefix, such as the folder of a Python environment; else for this user alone. JupyterLab, the classic notebook, VS Code and nbconvert find it there. It names this installation: run it again after moving it.',
  arguments: z.object({}),
  options: z.object({ prefix: z.string().min(1).optional().meta({ value: 'DIR', description: 'Below which folder. Default: the user’s own.' }) }),
  examples: [
    ['daybook notebook install', 'the kernel for this user'],
    ['daybook notebook install --prefix ~/jupyter', 'the kernel of one Python environment'],
  ],
  async run({ prefix }, context) {
    const [{ jupyterFolder, writeKernelSpec }, { kernelStart }, { writeFault }, { resolve }] = await Promise.all([
      import('../../toolkit/notebook/kernel/kernel-spec.ts'),
      import('../notebook/kernel-start.ts'),
      import('../run/new-file.ts'),
      import('node:path'),
    ]);
    const folder = jupyterFolder(prefix === undefined ? null : resolve(context.cwd, prefix), context.env);
    const start = kernelStart();
    try {
      context.out.lines(writeKernelSpec(folder, start));
    } catch (fault) {
      throw writeFault(fault, folder);
    }
    return EXIT.ok;
  },
});

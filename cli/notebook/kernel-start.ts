import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { packageRoot } from './notebook-place.ts';

/**
 * The command that starts the kernel, all of it by absolute paths and addresses: Jupyter starts it in the folder of a notebook.
 *
 * @throws DaybookError `notebook.no-kernel` (69) where tslab is not installed
 */
export function kernelStart(): { readonly command: readonly string[] } {
  try {
    createRequire(`${packageRoot()}/package.json`).resolve('tslab/package.json');
  } catch (fault) {
    throw new DaybookError('notebook.no-kernel', { missing: 'tslab' }, { cause: fault });
  }
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(isSource ? 'kernel-main.ts' : 'kernel-main.js', import.meta.url));
  return { command: [process.execPath, ...(isSource ? ['--import', import.meta.resolve('tsx'), '--conditions=daybook-source'] : []), main] };
}

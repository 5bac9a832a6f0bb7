import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** How a kernel is started. */
export interface KernelStart {
  /** The program and its words before `--config-path`, all by absolute paths or addresses: Jupyter starts it in any folder. */
  readonly command: readonly string[];
}

/** The name by which Jupyter knows the kernel. */
export const KERNEL_NAME = 'daybook';

/** The kernel spec, as Jupyter reads it. */
export const kernelSpec = ({ command }: KernelStart) => ({
  argv: [...command, '--config-path', '{connection_file}'],
  display_name: 'TypeScript (Daybook)',
  language: 'typescript',
  interrupt_mode: 'message',
});

/** The folder below which Jupyter looks for kernels: that of a prefix, or the user's own. */
export function jupyterFolder(prefix: string | null, env: Readonly<Record<string, string | undefined>>): string {
  if (prefix !== null) return join(prefix, 'share', 'jupyter');
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  const home = env['HOME'] ?? homedir();
  if (platform() === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform() === 'win32') return join(env['APPDATA'] ?? home, 'jupyter');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
}

/**
 * Writes the spec in the place of an earlier one.
 *
 * @param folder as `jupyterFolder` gives it
 * @returns the folder of the kernel
 */
export function writeKernelSpec(folder: string, start: KernelStart): string {
  const kernel = join(folder, 'kernels', KERNEL_NAME);
  rmSync(kernel, { recursive: true, force: true });
  mkdirSync(kernel, { recursive: true });
  writeFileSync(join(kernel, 'kernel.json'), `${JSON.stringify(kernelSpec(start), null, 2)}\n`);
  return kernel;
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { DaybookError, EXIT, type ExitCode } from '../../toolkit/errors/index.ts';
import { jupyterFolder, KERNEL_NAME, writeKernelSpec } from '../../toolkit/notebook/kernel/kernel-spec.ts';
import type { Context } from '../context.ts';
import { kernelStart } from './kernel-start.ts';
import { notebookPlace } from './notebook-place.ts';

/** What is to be opened. */
interface OpenRequest {
  readonly path: string | undefined;
  readonly browser: boolean;
}

/** The front ends in the order of preference: the name of the program, which `jupyter NAME` starts as well. */
const FRONT_ENDS = ['jupyter-lab', 'jupyter-notebook'];

/**
 * Starts Jupyter with the kernel on its path and waits for its end.
 *
 * @throws DaybookError `notebook.no-jupyter`, `notebook.no-kernel` (69), `notebook.no-file` (66)
 */
export async function openJupyter({ path, browser }: OpenRequest, context: Context): Promise<ExitCode> {
  const program = FRONT_ENDS.map((name) => onPath(name, context.env)).find((found) => found !== null);
  if (!program) throw new DaybookError('notebook.no-jupyter', {});
  const { folder, file } = whatToOpen(path, context);
  const prefix = mkdtempSync(join(tmpdir(), 'daybook-jupyter-'));
  try {
    const known = jupyterFolder(prefix, context.env);
    writeKernelSpec(known, kernelStart());
    context.err.lines(`${basename(program)} with the kernel "TypeScript (Daybook)" in ${folder}. Ctrl-C ends it.`);
    const words = [...(browser ? [] : ['--no-browser']), ...(file === null ? [] : [file])];
    const env = { ...context.env, JUPYTER_PATH: [known, context.env['JUPYTER_PATH']].filter(Boolean).join(delimiter) };
    return await untilEnd(program, words, { cwd: folder, env, signal: context.signal });
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}

function onPath(name: string, { PATH = '' }: Context['env']): string | null {
  const places = PATH.split(delimiter).filter((place) => place !== '');
  return places.map((place) => join(place, name)).find((file) => existsSync(file)) ?? null;
}

function whatToOpen(path: string | undefined, { cwd }: Context): { readonly folder: string; readonly file: string | null } {
  if (path === undefined) {
    const notebooks = join(notebookPlace(cwd).workingFolder, 'notebooks');
    return { folder: existsSync(notebooks) ? notebooks : cwd, file: null };
  }
  const full = resolve(cwd, path);
  if (!existsSync(full)) throw new DaybookError('notebook.no-file', { path, isFolder: false });
  return statSync(full).isDirectory() ? { folder: full, file: null } : { folder: dirname(full), file: basename(full) };
}

interface Surroundings {
  readonly cwd: string;
  readonly env: Context['env'];
  readonly signal: AbortSignal;
}

/** Jupyter ends well by Ctrl-C and by SIGTERM, which its signal stands for. */
function untilEnd(program: string, words: readonly string[], { cwd, env, signal }: Surroundings): Promise<ExitCode> {
  return new Promise((done, fail) => {
    const child = spawn(program, [...words, `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`, ...asRoot()], { cwd, env, stdio: 'inherit' });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', fail);
    child.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      done(code === 0 || signal.aborted ? EXIT.ok : EXIT.unavailable);
    });
  });
}

/** Jupyter refuses to run as root unless it is told to, and in a container there is often no other user. */
const asRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--allow-root'] : []);

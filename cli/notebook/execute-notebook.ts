import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DaybookError } from '../../toolkit/errors/index.ts';
import {
  type CellRun,
  type CellRunner,
  compilerFor,
  KernelClient,
  type NotebookRun,
  NotebookSession,
  notebookText,
  parametersCell,
  parseParameters,
  plainText,
  readNotebook,
  runNotebook,
  withParameters,
} from '../../toolkit/notebook/index.ts';
import type { Context } from '../context.ts';
import { newFile } from '../run/new-file.ts';
import { kernelStart } from './kernel-start.ts';
import { notebookPlace } from './notebook-place.ts';

/** A notebook to run. */
export interface NotebookRequest {
  readonly file: string;
  readonly output: string | undefined;
  /** `name=value` each. */
  readonly params: readonly string[];
  readonly timeoutMs: number | null;
  readonly memoryBytes: number | null;
  /** Through the real kernel and its protocol. */
  readonly kernel: boolean;
  readonly onCell: (cell: { readonly cell: number; readonly of: number; readonly run: CellRun | null }) => void;
}

/**
 * Runs a notebook and writes it with its outputs, whether it went well or not. The file that is read is never touched.
 *
 * @throws DaybookError `notebook.*`, `usage.cannot-create` (73), `run.cancelled` (130)
 */
export async function executeNotebook(request: NotebookRequest, context: Context): Promise<readonly CellRun[]> {
  const path = resolve(context.cwd, request.file);
  const read = readNotebook(path);
  const output = request.output === undefined ? null : resolve(context.cwd, request.output);
  if (output !== null && isSame(path, output)) throw new DaybookError('notebook.same-file', { path: output });
  const parametersCode = parametersCodeOf(request, read, path);
  const draft = output === null ? null : await newFile(output, { mode: 0o644, force: true });
  try {
    const run = await runIn(request, { path, parametersCode, notebook: read.notebook }, context);
    if (draft) {
      await draft.write(notebookText({ ...read, notebook: run.notebook }));
      await draft.finish();
    }
    if (context.signal.aborted) throw new DaybookError('run.cancelled', {});
    return run.cells;
  } catch (fault) {
    await draft?.discard();
    throw fault;
  }
}

interface Prepared {
  readonly path: string;
  readonly parametersCode: string | null;
  readonly notebook: NotebookRun['notebook'];
}

async function runIn(request: NotebookRequest, { path, parametersCode, notebook }: Prepared, context: Context): Promise<NotebookRun> {
  const { runner, close } = await openRunner(request, path);
  const stop = () => runner.stop();
  context.signal.addEventListener('abort', stop);
  try {
    const { timeoutMs, onCell } = request;
    return await runNotebook(notebook, { runner, timeoutMs, parametersCode, elapsedMs: context.elapsedMs, onCell });
  } finally {
    context.signal.removeEventListener('abort', stop);
    await close();
  }
}

async function openRunner(
  { kernel, memoryBytes }: NotebookRequest,
  path: string,
): Promise<{ readonly runner: CellRunner; readonly close: () => Promise<void> }> {
  const place = notebookPlace(dirname(path));
  if (!kernel) {
    const session = new NotebookSession({ ...place, memoryLimitBytes: memoryBytes });
    return { runner: session, close: () => session.close() };
  }
  const limit = memoryBytes === null ? [] : ['--memory-bytes', String(memoryBytes)];
  const client = await KernelClient.start({ ...place, command: [...kernelStart().command, ...limit] });
  if (!client) throw new DaybookError('notebook.kernel-died', { path, cell: null });
  return { runner: client, close: () => client.close() };
}

function parametersCodeOf({ params }: NotebookRequest, { notebook }: ReturnType<typeof readNotebook>, path: string): string | null {
  const given = parseParameters(params);
  if (given.length === 0) return null;
  const cell = notebook.cells[parametersCell(notebook)];
  if (!cell) throw new DaybookError('notebook.no-parameters', { path, names: given.map(({ name }) => name) });
  return withParameters(plainText(cell.source), given, { path, compiler: compilerFor(notebookPlace(dirname(path))) });
}

const isSame = (path: string, output: string): boolean => path === output || (existsSync(output) && realpathSync(path) === realpathSync(output));

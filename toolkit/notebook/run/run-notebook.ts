import { OutputCollector } from '../format/collect-outputs.ts';
import { type Cell, hasTag, isCode, multiLine, type Notebook, plainText } from '../format/notebook-file.ts';
import type { CellError, CellResult, OutputSink } from '../session/cell-output.ts';

/** What runs the cells: a session in this process's keeping, or a kernel by its protocol. */
export interface CellRunner {
  /** `onBegin` is called when the cell itself begins: it has been compiled, and what it runs in is there. */
  execute(code: string, executionCount: number, sink: OutputSink, onBegin: () => void): Promise<CellResult>;
  /** Ends the running cell, whatever it does. */
  stop(): void;
}

/** One code cell of a run. */
export interface CellRun {
  /** The cell's number in the notebook, from 1, texts included: what a person counts. */
  readonly cell: number;
  readonly executionCount: number;
  readonly ms: number;
  readonly status: 'succeeded' | 'failed' | 'timeout' | 'memory';
  readonly error: CellError | null;
}

/** How a notebook is run. */
export interface RunOptions {
  readonly runner: CellRunner;
  /** Of one cell; null for none. */
  readonly timeoutMs: number | null;
  /** The parameters cell with other values; null where nothing is given. */
  readonly parametersCode: string | null;
  readonly elapsedMs: () => number;
  /** Before a cell runs, and after it. */
  readonly onCell?: (cell: { readonly cell: number; readonly of: number; readonly run: CellRun | null }) => void;
}

/** A notebook with the outputs of a run, and how its cells went: up to the first that failed. */
export interface NotebookRun {
  readonly notebook: Notebook;
  readonly cells: readonly CellRun[];
}

/** The index of the cell tagged "parameters", or -1. */
export const parametersCell = ({ cells }: Notebook): number => cells.findIndex((cell) => isCode(cell) && hasTag(cell, 'parameters'));

/** Runs all code cells in order, from nothing, and stops at the first that fails. The notebook that is given stays as it is. */
export async function runNotebook(given: Notebook, options: RunOptions): Promise<NotebookRun> {
  const notebook = structuredClone(given);
  const at = parametersCell(notebook);
  const parameters = notebook.cells[at];
  if (parameters && options.parametersCode !== null) {
    parameters.source = typeof parameters.source === 'string' ? options.parametersCode : multiLine(options.parametersCode);
  }
  for (const cell of notebook.cells.filter(isCode)) Object.assign(cell, { outputs: [], execution_count: null });
  const runs: CellRun[] = [];
  const kept: { readonly cell: Cell; readonly collector: OutputCollector }[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    if (!isCode(cell) || plainText(cell.source).trim() === '') continue;
    options.onCell?.({ cell: index + 1, of: notebook.cells.length, run: null });
    const executionCount = runs.length + 1;
    const collector = new OutputCollector(executionCount);
    kept.push({ cell, collector });
    const run = await runCell(cell, { number: index + 1, executionCount, collector }, options);
    runs.push(run);
    options.onCell?.({ cell: index + 1, of: notebook.cells.length, run });
    if (run.status !== 'succeeded') break;
  }
  // Only now: callbacks print, and throw, after their cell has ended.
  for (const { cell, collector } of kept) cell.outputs = collector.outputs;
  return { notebook, cells: runs };
}

async function runCell(
  cell: Cell,
  { number, executionCount, collector }: { readonly number: number; readonly executionCount: number; readonly collector: OutputCollector },
  { runner, timeoutMs, elapsedMs }: RunOptions,
): Promise<CellRun> {
  const begun = elapsedMs();
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const onLate = () => {
    isLate = true;
    runner.stop();
  };
  const onBegin = () => {
    if (timeoutMs !== null) timer = setTimeout(onLate, timeoutMs);
  };
  const { error, isOutOfMemory } = await runner.execute(plainText(cell.source), executionCount, (output) => collector.add(output), onBegin);
  clearTimeout(timer);
  const shown = error && isLate ? lateError(timeoutMs ?? 0) : error;
  if (shown) collector.fail(shown);
  cell.execution_count = executionCount;
  const status = !shown ? 'succeeded' : isLate ? 'timeout' : isOutOfMemory ? 'memory' : 'failed';
  return { cell: number, executionCount, ms: Math.round(elapsedMs() - begun), status, error: shown };
}

function lateError(timeoutMs: number): CellError {
  const message = `The cell did not end within ${timeoutMs / 1000} s and was stopped.`;
  return { name: 'Timeout', message, line: null, traceback: [`Timeout: ${message}`] };
}

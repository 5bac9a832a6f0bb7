import { z } from 'zod';
import { byteSize } from '../../toolkit/config/bytes.ts';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import type { CellRun } from '../../toolkit/notebook/index.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { duration } from '../duration.ts';
import { jsonOption } from '../options.ts';

export const notebookRun = defineCommand({
  name: 'notebook run',
  summary: 'Runs a notebook from the start, with parameters, without Jupyter.',
  details:
    'All code cells run in order in a process of their own. Parameters are declared in the cell tagged "parameters"; -p puts another value behind the = of such a declaration, as editing it by hand would. The first cell that fails ends the run; the output notebook is written with its error. The notebook itself is never touched.',
  arguments: z.object({ file: z.string().min(1).meta({ description: 'The notebook.' }) }),
  options: z.object({
    param: z.array(z.string()).default([]).meta({ short: 'p', value: 'NAME=VALUE', description: 'Sets a parameter; may be repeated.' }),
    output: z
      .string()
      .min(1)
      .optional()
      .meta({ value: 'OUT', description: 'Writes the notebook with its outputs; a file that is there is replaced.' }),
    timeout: duration().optional().meta({ value: 'TIME', description: 'How long one cell may take, such as 90s or 5m.' }),
    memory: byteSize()
      .optional()
      .meta({ value: 'SIZE', description: 'How much memory the cells may hold, such as 2GB.', form: 'a size such as 2GB' }),
    kernel: z.boolean().default(false).meta({ description: 'Runs it through the real kernel and the Jupyter protocol.' }),
    json: jsonOption(),
  }),
  examples: [
    ['daybook notebook run notebooks/01-explore.ipynb', 'whether it still runs'],
    ['daybook notebook run sales.ipynb -p region=north -p year=2026 --output north.ipynb', 'the same notebook for one region'],
  ],
  async run({ file, param, output, timeout, memory, kernel, json }, context) {
    const { executeNotebook } = await import('../notebook/execute-notebook.ts');
    const memoryBytes = memory ?? null;
    const onCell = progress(context);
    const cells = await executeNotebook({ file, output, params: param, timeoutMs: timeout ?? null, memoryBytes, kernel, onCell }, context);
    const fault = faultOf(cells, { file, timeoutMs: timeout ?? 0, memoryBytes: memoryBytes ?? 0 });
    if (json) context.out.data(`${JSON.stringify(documentOf({ file, output, cells, fault }))}\n`);
    if (output !== undefined) context.err.lines(`Written: ${output}`);
    if (fault) throw fault;
    return EXIT.ok;
  },
});

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const progress =
  ({ err }: Context) =>
  ({ cell, of, run }: { readonly cell: number; readonly of: number; readonly run: CellRun | null }): void => {
    if (run) err.lines(`cell ${cell} of ${of}  [${run.executionCount}]  ${seconds(run.ms)}  ${run.status}`);
  };

interface Bounds {
  readonly file: string;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

function faultOf(cells: readonly CellRun[], { file: path, timeoutMs, memoryBytes }: Bounds): DaybookError | null {
  const last = cells.at(-1);
  if (!last?.error) return null;
  const { cell, error, status } = last;
  if (status === 'timeout') return new DaybookError('notebook.timeout', { path, cell, limit: seconds(timeoutMs) });
  if (status === 'memory') return new DaybookError('notebook.memory', { path, cell, limit: `${memoryBytes} bytes` });
  return new DaybookError('notebook.cell-failed', { path, cell, line: error.line, name: error.name, message: error.message, fix: remedyOf(error) });
}

/** The remedy that an error of Daybook ends with, by whichever way it came here. */
const remedyOf = ({ traceback }: NonNullable<CellRun['error']>): string | null => /^Fix: (.*)$/.exec(traceback.at(-1) ?? '')?.[1] ?? null;

interface Ended {
  readonly file: string;
  readonly output: string | undefined;
  readonly cells: readonly CellRun[];
  readonly fault: DaybookError | null;
}

const documentOf = ({ file, output, cells, fault }: Ended) => ({
  schema: 'daybook.notebook-run/1',
  notebook: file,
  output: output ?? null,
  status: cells.at(-1)?.status ?? 'succeeded',
  cells: cells.map(({ cell, executionCount, ms, status }) => ({ cell, executionCount, ms, status })),
  error: fault && {
    code: fault.code,
    message: fault.message,
    remedy: fault.fix,
    cell: cells.at(-1)?.cell ?? null,
    line: cells.at(-1)?.error?.line ?? null,
  },
});

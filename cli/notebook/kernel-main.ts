import { parseArgs } from 'node:util';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { startKernel } from '../../toolkit/notebook/kernel/start-kernel.ts';
import { notebookPlace } from './notebook-place.ts';

/** What the kernel spec starts: `kernel-main --config-path FILE`; for `notebook run --kernel` with a limit also `--memory-bytes N`. Jupyter shows its stderr in its own log. */
const { values } = parseArgs({ options: { 'config-path': { type: 'string' }, 'memory-bytes': { type: 'string' } } });
const { 'config-path': connectionFile, 'memory-bytes': memory } = values;
try {
  if (connectionFile === undefined) throw new DaybookError('usage.missing-option', { command: 'notebook', option: '--config-path' });
  await startKernel({ connectionFile, ...notebookPlace(process.cwd()), ...(memory !== undefined && { memoryLimitBytes: Number(memory) }) });
} catch (fault) {
  process.stderr.write(
    fault instanceof DaybookError ? `${fault.message}\nFix: ${fault.fix}\n` : `${fault instanceof Error ? fault.stack : String(fault)}\n`,
  );
  process.exitCode = fault instanceof DaybookError ? fault.exit : EXIT.bug;
}

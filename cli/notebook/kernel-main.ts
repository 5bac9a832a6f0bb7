import { parseArgs } from 'node:util';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { startKernel } from '../../toolkit/notebook/index.ts';
import { notebookPlace } from './notebook-place.ts';

/** What the kernel spec starts: `kernel-main --config-path FILE`. Jupyter shows its stderr in its own log. */
const { values } = parseArgs({ options: { 'config-path': { type: 'string' } } });
const connectionFile = values['config-path'];
try {
  if (connectionFile === undefined) throw new DaybookError('usage.missing-option', { command: 'notebook', option: '--config-path' });
  await startKernel({ connectionFile, ...notebookPlace(process.cwd()) });
} catch (fault) {
  process.stderr.write(
    fault instanceof DaybookError ? `${fault.message}\nFix: ${fault.fix}\n` : `${fault instanceof Error ? fault.stack : String(fault)}\n`,
  );
  process.exitCode = fault instanceof DaybookError ? fault.exit : EXIT.bug;
}

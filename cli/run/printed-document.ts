import type { RunDocument } from '../../toolkit/run/index.ts';

/**
 * The document of a run as `--json` prints it: what `daybook.run/1` promises, key for key. What the ledger keeps beside that (how files
 * were read, when a step began, what it spilled, its notices) is in `runs show RUN --json`.
 */
export const printedDocument = ({ sources: _, notices: __, ...document }: RunDocument): object => ({
  ...document,
  steps: document.steps.map(({ name, rowsIn, rowsOut, ms, cpuMs, peakBytes }) => ({ name, rowsIn, rowsOut, ms, cpuMs, peakBytes })),
});

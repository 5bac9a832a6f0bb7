/** Notebooks: the kernel, running one without Jupyter, and the lint. Nothing here is for cells: how they show values is in `display`. */

export { compilerFor } from './compile/compiler-for.ts';
export { type NotebookFile, notebookText, plainText, readNotebook } from './format/notebook-file.ts';
export { KernelClient } from './kernel/kernel-client.ts';
export { jupyterFolder, writeKernelSpec } from './kernel/kernel-spec.ts';
export { type LintFinding, lintNotebook } from './lint/lint-notebook.ts';
export { parseParameters, withParameters } from './run/parameters.ts';
export { type CellRun, type CellRunner, type NotebookRun, parametersCell, runNotebook } from './run/run-notebook.ts';
export { NotebookSession } from './session/notebook-session.ts';

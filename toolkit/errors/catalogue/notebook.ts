import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

const didYouMean = (suggestion: string | null) => (suggestion ? ` Did you mean "${suggestion}"?` : '');
const list = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none');

/** What can be wrong with a notebook and with running it. */
export const notebookErrors = {
  'notebook.no-file': entry<{ path: string; isFolder: boolean }>({
    exit: EXIT.noInput,
    cause: 'The path of the notebook is misspelt, or the file lies elsewhere.',
    what: ({ path, isFolder }) => (isFolder ? `"${path}" is a folder, no notebook.` : `The notebook "${path}" cannot be read.`),
    where: ({ path }) => ({ file: path }),
    fix: () => 'Name a file that ends in .ipynb and that this user may read.',
  }),
  'notebook.not-a-notebook': entry<{ path: string; reason: string }>({
    exit: EXIT.data,
    cause: 'The file is no Jupyter notebook, was cut off, or is of a format older than 4.',
    what: ({ path, reason }) => `"${path}" is no notebook: ${reason}.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Open it in Jupyter and save it again, or restore it.',
  }),
  'notebook.other-language': entry<{ path: string; language: string }>({
    exit: EXIT.data,
    cause: 'The notebook was written for another kernel, such as that of Python.',
    what: ({ path, language }) => `"${path}" is a notebook in "${language}", not in TypeScript.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Name a notebook in TypeScript; or choose the kernel TypeScript (Daybook) for this one in Jupyter and write its cells anew.',
  }),
  'notebook.same-file': entry<{ path: string }>({
    exit: EXIT.usage,
    cause: 'The output would take the place of the notebook that is run.',
    what: ({ path }) => `"${path}" is the notebook itself; a run never touches it.`,
    where: () => ({ key: '--output' }),
    fix: () => 'Write to another file.',
  }),
  'notebook.no-parameters': entry<{ path: string; names: readonly string[] }>({
    exit: EXIT.usage,
    cause: 'Parameters were given to a notebook without a cell for them.',
    what: ({ path, names }) => `"${path}" takes no parameters, but was given "${names.join('", "')}".`,
    where: ({ path }) => ({ file: path, key: '-p' }),
    fix: () => 'Tag the cell that declares them with "parameters", or leave -p out.',
  }),
  'notebook.bad-parameter': entry<{ text: string }>({
    exit: EXIT.usage,
    cause: 'A parameter was given without a value, or twice.',
    what: ({ text }) => `"${text}" is no parameter.`,
    where: () => ({ key: '-p' }),
    fix: () => 'Write -p name=value, once for each name.',
  }),
  'notebook.unknown-parameter': entry<{ path: string; name: string; known: readonly string[]; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The name was misspelt, or its declaration in the parameters cell has no value to replace.',
    what: ({ name, suggestion }) => `The notebook has no parameter "${name}".${didYouMean(suggestion)}`,
    where: ({ path }) => ({ file: path, key: '-p' }),
    fix: ({ known }) => `Use one of: ${list(known)}.`,
  }),
  'notebook.wrong-parameter': entry<{ path: string; name: string; must: string; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The value is of another type than the declaration in the parameters cell.',
    what: ({ name, must, suggestion }) => `The parameter "${name}" must be ${must}.${didYouMean(suggestion)}`,
    where: ({ path }) => ({ file: path, key: '-p' }),
    fix: ({ name }) => `Correct the value of ${name}.`,
  }),
  'notebook.cell-failed': entry<{ path: string; cell: number; line: number | null; name: string; message: string; fix: string | null }>({
    exit: EXIT.data,
    cause: 'The code of a cell threw or does not compile.',
    what: ({ cell, name, message }) => `Cell "${cell}" failed: ${name}: ${message.split('\n')[0] ?? ''}`,
    where: ({ path, cell, line }) => ({ file: path, key: line === null ? `cell ${cell}` : `cell ${cell}, line ${line}` }),
    fix: ({ fix }) => fix ?? 'Correct the cell; the notebook that --output names holds the whole error.',
  }),
  'notebook.timeout': entry<{ path: string; cell: number; limit: string }>({
    exit: EXIT.tryAgain,
    cause: 'A cell takes longer than it is allowed to, or never ends.',
    what: ({ cell, limit }) => `Cell "${cell}" did not end within ${limit} and was stopped.`,
    where: ({ path, cell }) => ({ file: path, key: `cell ${cell}` }),
    fix: () => 'Raise --timeout, or see why the cell does not end.',
  }),
  'notebook.memory': entry<{ path: string; cell: number; limit: string }>({
    exit: EXIT.tryAgain,
    cause: 'A cell holds more in memory than it is allowed to.',
    what: ({ cell, limit }) => `Cell "${cell}" needed more memory than ${limit} and was stopped.`,
    where: ({ path, cell }) => ({ file: path, key: `cell ${cell}` }),
    fix: () => 'Raise --memory, or hold less at once: frames stay in the engine until they are collected.',
  }),
  'notebook.no-kernel': entry<{ missing: string }>({
    exit: EXIT.unavailable,
    cause: 'The installation is without development dependencies, to which the kernel belongs.',
    what: ({ missing }) => `The kernel cannot start: the package "${missing}" is not installed.`,
    where: () => ({ key: 'node_modules' }),
    fix: () => 'Install it with the development dependencies: `npm ci`, in a folder of your own `npm install --save-dev tslab@1.0.22`.',
  }),
  'notebook.kernel-died': entry<{ path: string; cell: number | null }>({
    exit: EXIT.unavailable,
    cause: 'The kernel’s process ended or did not answer.',
    what: ({ cell }) => (cell === null ? 'The kernel "daybook" did not start.' : `The kernel "daybook" ended in cell ${cell}.`),
    where: ({ path }) => ({ file: path }),
    fix: () => 'Run the notebook without --kernel to see why.',
  }),
  'notebook.no-jupyter': entry({
    exit: EXIT.unavailable,
    cause: 'Neither JupyterLab nor the classic notebook is on the PATH.',
    what: () => 'Neither "jupyter lab" nor "jupyter notebook" is installed here.',
    where: () => ({ key: 'PATH' }),
    fix: () =>
      'Install one: `python3 -m venv ~/jupyter && ~/jupyter/bin/pip install jupyterlab` and put ~/jupyter/bin on the PATH; on Debian and Ubuntu also `apt-get install jupyter-notebook`.',
  }),
};

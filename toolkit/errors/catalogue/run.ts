import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

/** What can stop a run that is not a source's, the warehouse's or the configuration's fault. */
export const runErrors = {
  'run.cancelled': entry({
    exit: EXIT.cancelled,
    cause: 'Someone pressed Ctrl-C, or the scheduler or the system sent SIGTERM.',
    what: () => 'The run was cancelled; nothing was published.',
    fix: () => 'Start it again when you are ready: the next plain run picks up from the last good state.',
  }),
  'run.gate-failed': entry<{ gate: string; limit: number; actual: number; source: string; key: string }>({
    exit: EXIT.data,
    cause:
      'The input is much worse or much smaller than it was agreed to be: a truncated export, a changed format, a filter that went wrong upstream.',
    what: ({ gate, actual, limit }) => `The quality gate "${gate}" failed: ${actual} where the limit is ${limit}. Nothing was published.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: ({ key }) => `Look at what was refused with \`daybook rejects show latest\`, have the source mended and run again; or change "${key}".`,
  }),
  'run.does-not-add-up': entry<{ source: string; read: number; accepted: number; rejected: number }>({
    exit: EXIT.bug,
    cause: 'A fault of Daybook itself: records were lost between reading and checking.',
    what: ({ source, read, accepted, rejected }) =>
      `The records of "${source}" do not add up: ${read} read, ${accepted} accepted, ${rejected} rejected. Nothing was published.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: () => 'Keep the input files and report this with the log of the run.',
  }),
  'run.total-too-large': entry<{ column: string }>({
    exit: EXIT.data,
    cause: 'One customer’s orders add up to more than 90071992547409.91, beyond which a double cannot hold pence.',
    what: ({ column }) => `A value of "${column}" is beyond what the warehouse can hold exactly. Nothing was published.`,
    where: ({ column }) => ({ key: column }),
    fix: () => 'Find the wrong amounts in the orders feed, mend them at the source and run again.',
  }),
  'run.unknown-pipeline': entry<{ name: string; folder: string; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The name was misspelt, or the command was started in another project.',
    what: ({ name, suggestion }) => `There is no pipeline "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    where: ({ folder }) => ({ file: folder }),
    fix: () => 'Name a pipeline of this project: each is a folder with a pipeline.ts.',
  }),
  'run.pipeline-does-not-load': entry<{ file: string; reason: string }>({
    exit: EXIT.bug,
    cause: 'The pipeline’s TypeScript has a fault: a name that does not exist, or a syntax error.',
    what: ({ reason }) => `The pipeline does not load: ${reason}`,
    where: ({ file }) => ({ file }),
    fix: () => 'Mend the file; `npm run types` shows every wrong name with its line.',
  }),
  'run.pipeline-is-commonjs': entry<{ file: string }>({
    exit: EXIT.bug,
    cause: 'The package.json above the pipeline does not say that its files are ES modules: Node would load a second copy of Daybook for them.',
    what: () => 'The pipeline does not load: its folder is one of CommonJS.',
    where: ({ file }) => ({ file }),
    fix: () => 'Add `"type": "module"` to the package.json above it.',
  }),
  'run.bug': entry<{ reason: string }>({
    exit: EXIT.bug,
    cause: 'A fault of Daybook itself. The log holds the stack.',
    what: ({ reason }) => `Something went wrong that should not: ${reason}`,
    fix: () => 'Look at the log with `daybook logs --level error` and report it.',
  }),
};

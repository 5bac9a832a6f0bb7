import type { Command } from './define-command.ts';

/** A command as `--help` knows it: nothing is loaded before it is asked for. */
export interface TableEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help. A command that is not finished is not here. */
export const COMMANDS: readonly TableEntry[] = [
  { name: 'run', summary: 'Reads, checks, works out and publishes a pipeline.', load: async () => (await import('./commands/run.ts')).run },
  {
    name: 'validate',
    summary: 'Everything but publishing: what would be refused, and why.',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  { name: 'status', summary: 'How every pipeline stands, and what to do next.', load: async () => (await import('./commands/status.ts')).status },
  { name: 'runs list', summary: 'Past runs, the newest first.', load: async () => (await import('./commands/runs-list.ts')).runsList },
  { name: 'runs show', summary: 'One run in full.', load: async () => (await import('./commands/runs-show.ts')).runsShow },
  {
    name: 'runs compare',
    summary: 'What moved from one run to another, and by how much.',
    load: async () => (await import('./commands/runs-compare.ts')).runsCompare,
  },
  { name: 'runs prune', summary: 'Removes records of old runs.', load: async () => (await import('./commands/runs-prune.ts')).runsPrune },
  {
    name: 'rejects list',
    summary: 'The runs that refused or warned of records.',
    load: async () => (await import('./commands/rejects-list.ts')).rejectsList,
  },
  {
    name: 'rejects show',
    summary: 'What a run refused, by rule, and where it stands.',
    load: async () => (await import('./commands/rejects-show.ts')).rejectsShow,
  },
  {
    name: 'rejects export',
    summary: 'Every broken rule of a run, one line each.',
    load: async () => (await import('./commands/rejects-export.ts')).rejectsExport,
  },
  {
    name: 'rejects replay',
    summary: 'Runs again with refused records corrected.',
    load: async () => (await import('./commands/rejects-replay.ts')).rejectsReplay,
  },
  {
    name: 'notebook run',
    summary: 'Runs a notebook from the start, with parameters, without Jupyter.',
    load: async () => (await import('./commands/notebook-run.ts')).notebookRun,
  },
  {
    name: 'notebook open',
    summary: 'Starts Jupyter with the TypeScript kernel ready.',
    load: async () => (await import('./commands/notebook-open.ts')).notebookOpen,
  },
  {
    name: 'notebook install',
    summary: 'Makes the TypeScript kernel known to Jupyter.',
    load: async () => (await import('./commands/notebook-install.ts')).notebookInstall,
  },
  {
    name: 'notebook lint',
    summary: 'Finds what silently goes wrong in notebooks.',
    load: async () => (await import('./commands/notebook-lint.ts')).notebookLint,
  },
  {
    name: 'profile',
    summary: 'Describes unknown files and proposes a contract.',
    load: async () => (await import('./commands/profile.ts')).profile,
  },
  { name: 'generate', summary: 'Synthetic sources, dirty on purpose.', load: async () => (await import('./commands/generate.ts')).generate },
  {
    name: 'scenario list',
    summary: 'The test cases that are kept with the project.',
    load: async () => (await import('./commands/scenario-list.ts')).scenarioList,
  },
  {
    name: 'scenario run',
    summary: 'Runs test cases and lays expected beside actual.',
    load: async () => (await import('./commands/scenario-run.ts')).scenarioRun,
  },
  {
    name: 'config show',
    summary: 'The configuration that holds, and where it came from.',
    load: async () => (await import('./commands/config-show.ts')).configShow,
  },
  {
    name: 'config explain',
    summary: 'What a key does, its value, and what it replaced.',
    load: async () => (await import('./commands/config-explain.ts')).configExplain,
  },
  {
    name: 'config validate',
    summary: 'Checks the configuration of every environment.',
    load: async () => (await import('./commands/config-validate.ts')).configValidate,
  },
  { name: 'logs', summary: 'Searches the logs.', load: async () => (await import('./commands/logs.ts')).logs },
  {
    name: 'doctor',
    summary: 'Finds the usual faults of a set-up, and how to mend them.',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];

/** The subcommands of a group: `runs` → list, show. */
export const subcommandsOf = (group: string): readonly string[] =>
  COMMANDS.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));

import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

const didYouMean = (suggestion: string | null) => (suggestion ? ` Did you mean "${suggestion}"?` : '');
const orList = (names: readonly string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`);
const help = (command: string) => (command === '' ? 'daybook --help' : `daybook ${command} --help`);

/** What can be wrong with a command line. The text of a flag is shown where it is a name, never where it could be data. */
export const usageErrors = {
  'usage.unknown-command': entry<{ command: string; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The command was misspelt, or belongs to a newer Daybook.',
    what: ({ command, suggestion }) => `There is no command "${command}".${didYouMean(suggestion)}`,
    where: ({ command }) => ({ key: `daybook ${command}` }),
    fix: ({ suggestion }) =>
      suggestion ? `Type \`daybook ${suggestion}\`, or see every command with \`daybook --help\`.` : 'See every command with `daybook --help`.',
  }),
  'usage.missing-subcommand': entry<{ group: string; known: readonly string[] }>({
    exit: EXIT.usage,
    cause: 'A command that has subcommands was given without one.',
    what: ({ group }) => `"${group}" needs to know what to do.`,
    where: ({ group }) => ({ key: `daybook ${group}` }),
    fix: ({ group, known }) => `Add ${orList(known)}, for example \`daybook ${group} ${known[0] ?? ''}\`.`,
  }),
  'usage.unknown-option': entry<{ command: string; option: string; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The flag was misspelt, or belongs to another command.',
    what: ({ command, option, suggestion }) => `${command === '' ? 'Daybook' : `"${command}"`} has no flag "${option}".${didYouMean(suggestion)}`,
    where: ({ option }) => ({ key: option }),
    fix: ({ command, suggestion }) =>
      suggestion ? `Write ${suggestion}, or see every flag with \`${help(command)}\`.` : `See every flag with \`${help(command)}\`.`,
  }),
  'usage.missing-value': entry<{ command: string; option: string }>({
    exit: EXIT.usage,
    cause: 'A flag that takes a value was given as the last word.',
    what: ({ option }) => `"${option}" needs a value.`,
    where: ({ option }) => ({ key: option }),
    fix: ({ command, option }) => `Write a value after ${option}; \`${help(command)}\` shows an example.`,
  }),
  'usage.missing-argument': entry<{ command: string; argument: string }>({
    exit: EXIT.usage,
    cause: 'The command was given without a name it cannot do without.',
    what: ({ command, argument }) => `"${command}" needs ${argument}.`,
    where: ({ command, argument }) => ({ key: `daybook ${command} ${argument}` }),
    fix: ({ command }) => `Add it; \`${help(command)}\` shows an example.`,
  }),
  'usage.missing-option': entry<{ command: string; option: string }>({
    exit: EXIT.usage,
    cause: 'The command was given without a flag it cannot do without. Daybook asks no question outside of the wizard.',
    what: ({ command, option }) => `"${command}" needs "${option}".`,
    where: ({ option }) => ({ key: option }),
    fix: ({ command, option }) => `Add ${option}; \`${help(command)}\` shows an example.`,
  }),
  'usage.runs-of-two-pipelines': entry<{ one: string; other: string }>({
    exit: EXIT.usage,
    cause: 'Two runs were named that did different work: their figures say nothing about each other.',
    what: ({ one, other }) => `A run of "${one}" cannot be compared with a run of "${other}".`,
    where: () => ({ key: 'daybook runs compare' }),
    fix: () => 'Name two runs of one pipeline; `daybook runs list --pipeline NAME` shows them.',
  }),
  'usage.too-many-arguments': entry<{ command: string }>({
    exit: EXIT.usage,
    cause: 'A word too much: often a value with a space that was not quoted, or a flag without its dashes.',
    what: ({ command }) => `"${command}" was given more words than it takes.`,
    where: ({ command }) => ({ key: `daybook ${command}` }),
    fix: ({ command }) => `Quote values that hold spaces; \`${help(command)}\` shows the form.`,
  }),
  'usage.bad-value': entry<{ command: string; option: string; must: string }>({
    exit: EXIT.usage,
    cause: 'The value of a flag has another form than the flag takes.',
    what: ({ option, must }) => `"${option}" must be ${must}.`,
    where: ({ option }) => ({ key: option }),
    fix: ({ command, option }) => `Correct the value of ${option}; \`${help(command)}\` shows an example.`,
  }),
  'usage.impossible-date': entry<{ option: string; text: string }>({
    exit: EXIT.usage,
    cause: 'The date is none that a calendar has, or is written in another form.',
    what: ({ text }) => `There is no date "${text}".`,
    where: ({ option }) => ({ key: option }),
    fix: ({ option }) => `Give ${option} a real calendar date as YYYY-MM-DD, for example 2026-02-28.`,
  }),
  'usage.broken-package': entry<{ name: string }>({
    exit: EXIT.unavailable,
    cause: 'The installation was broken off, or node_modules was copied from another system, processor or version of Node.',
    what: ({ name }) => `The package "${name}" cannot be loaded.`,
    where: () => ({ key: 'node_modules' }),
    fix: () => 'Run `npm ci` again on this machine; `daybook doctor` says what else is missing.',
  }),
  'usage.no-pipeline': entry<{ folder: string }>({
    exit: EXIT.usage,
    cause: 'The project has no pipeline yet.',
    what: () => 'This project has no pipeline.',
    where: ({ folder }) => ({ file: folder }),
    fix: () => 'Make a folder with a pipeline.ts in the pipelines folder.',
  }),
  'usage.which-pipeline': entry<{ known: readonly string[] }>({
    exit: EXIT.usage,
    cause: 'The project has several pipelines and the command works on one.',
    what: () => 'It is not clear which pipeline is meant.',
    where: () => ({ key: '--pipeline' }),
    fix: ({ known }) => `Add --pipeline with one of: ${known.join(', ')}.`,
  }),
  'usage.no-generator': entry<{ pipeline: string; file: string }>({
    exit: EXIT.usage,
    cause: 'The pipeline’s pipeline.ts exports no `generate`.',
    what: ({ pipeline }) => `The pipeline "${pipeline}" has no generator of synthetic sources.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Export a function `generate` from its pipeline.ts.',
  }),
  'usage.file-exists': entry<{ path: string; others: number }>({
    exit: EXIT.cannotCreate,
    cause: 'A file of that name is there, and nothing is overwritten without being told to.',
    what: ({ path, others }) => `"${path}" exists already${others > 0 ? `, and ${others} more` : ''}. Nothing was written.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Choose another name, or add --force to overwrite.',
  }),
  'usage.no-file': entry<{ path: string; isFolder: boolean }>({
    exit: EXIT.noInput,
    cause: 'The path of a file to look at is misspelt, or names a folder.',
    what: ({ path, isFolder }) => (isFolder ? `"${path}" is a folder, and a file is needed.` : `The file "${path}" does not exist.`),
    where: ({ path }) => ({ file: path }),
    fix: ({ isFolder }) => (isFolder ? 'Name a file in it, or a pattern in quotes.' : 'Correct the path; a path starts where you are.'),
  }),
  'usage.cannot-create': entry<{ path: string; reason: string }>({
    exit: EXIT.cannotCreate,
    cause: 'The folder does not exist, a file stands in its place, or the disk refuses.',
    what: ({ path, reason }) => `"${path}" cannot be created: ${reason}.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Make the folder above it, or choose another place.',
  }),
  'usage.not-permitted': entry<{ path: string }>({
    exit: EXIT.notPermitted,
    cause: 'The user that runs Daybook may not write there.',
    what: ({ path }) => `This user may not write "${path}".`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Choose a place that this user may write to, or change its rights.',
  }),
  'usage.cannot-write': entry<{ path: string; reason: string }>({
    exit: EXIT.io,
    cause: 'The disk is full or failing where the command writes to.',
    what: ({ path, reason }) => `"${path}" could not be written to its end: ${reason}.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Free disk space, delete the file and try again.',
  }),
  'usage.no-rejects': entry<{ runId: string; rows: number }>({
    exit: EXIT.noInput,
    cause: 'The run refused nothing and warned of nothing, it never came so far, or the retention has removed its rejects.',
    what: ({ runId, rows }) => (rows > 0 ? `The rejects of the run ${runId} are no longer kept.` : `The run ${runId} left no rejects.`),
    where: () => ({ key: 'RUN' }),
    fix: () => 'Choose another run: `daybook rejects list` shows those that have some.',
  }),
  'usage.no-scenarios': entry<{ folder: string }>({
    exit: EXIT.noInput,
    cause: 'The folder of scenarios does not exist or holds none.',
    what: ({ folder }) => `There are no scenarios in "${folder}".`,
    where: ({ folder }) => ({ file: folder }),
    fix: () => 'Name their folder with --dir; each scenario is a folder with a scenario.yaml.',
  }),
  'usage.unknown-scenario': entry<{ name: string; folder: string; suggestion: string | null }>({
    exit: EXIT.usage,
    cause: 'The name was misspelt.',
    what: ({ name, suggestion }) => `There is no scenario "${name}".${didYouMean(suggestion)}`,
    where: ({ folder }) => ({ file: folder }),
    fix: () => 'See every scenario with `daybook scenario list`.',
  }),
  'usage.bad-scenario': entry<{ name: string; file: string; reason: string }>({
    exit: EXIT.config,
    cause: 'A file of the scenario has another form than data/scenarios/README.md says.',
    what: ({ name, reason }) => `The scenario "${name}" cannot be read: ${reason}.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Correct the file; data/scenarios/README.md describes the form.',
  }),
};

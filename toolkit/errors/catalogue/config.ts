import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

/** Where a configuration value stands: a line of a file, an environment variable or a `--set`. */
export interface Given {
  /** The key, the variable (`DAYBOOK_…`) or `--set …`, as the person wrote it. */
  readonly key: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

const place = ({ key, file, line }: Given) => ({ key, file, line });
const didYouMean = (suggestion: string | null) => (suggestion ? ` Did you mean "${suggestion}"?` : '');
const list = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none');

/** What can be wrong with a project and its configuration. None of these shows a value: it could be a secret. */
export const configErrors = {
  'config.no-project': entry<{ from: string }>({
    exit: EXIT.config,
    cause: 'The command was started outside of a project, or the package.json has no "daybook" key.',
    what: ({ from }) => `There is no Daybook project in "${from}" or above it.`,
    where: ({ from }) => ({ file: from }),
    fix: () => 'Change to the project’s folder, or add "daybook": {"pipelines": "pipelines"} to its package.json.',
  }),
  'config.bad-project': entry<{ file: string; reason: string }>({
    exit: EXIT.config,
    cause: 'The package.json is not JSON, or its "daybook" key has another form than {"pipelines": "folder", "environments"?: "folder"}.',
    what: ({ reason }) => `The project cannot be read: ${reason}.`,
    where: ({ file }) => ({ file, key: 'daybook' }),
    fix: () => 'Write "daybook": {"pipelines": "folder"} in package.json; "environments" may name a folder beside it.',
  }),
  'config.not-yaml': entry<{ file: string; line: number | undefined; reason: string }>({
    exit: EXIT.config,
    cause: 'A slip in a configuration file: indentation, a missing colon, a key given twice.',
    what: ({ reason }) => `The configuration file is no YAML that can be read: ${reason}.`,
    where: ({ file, line }) => ({ file, line }),
    fix: () => 'Correct the line; indent with spaces and write "key: value".',
  }),
  'config.cannot-read': entry<{ file: string }>({
    exit: EXIT.notPermitted,
    cause: 'The configuration belongs to another user, or is a folder.',
    what: ({ file }) => `The configuration file "${file}" cannot be read.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Give the user that runs Daybook the right to read the file.',
  }),
  'config.unknown-key': entry<Given & { unknown: string; suggestion: string | null; known: readonly string[] }>({
    exit: EXIT.config,
    cause: 'A key, a source or a rule was misspelt, or stands in the wrong section.',
    what: ({ unknown, suggestion }) => `There is no configuration key "${unknown}".${didYouMean(suggestion)}`,
    where: place,
    fix: ({ suggestion, known }) => (suggestion ? `Write "${suggestion}", or remove it.` : `Remove it, or use one of: ${list(known)}.`),
  }),
  'config.wrong-value': entry<Given & { name: string; must: string; more: number }>({
    exit: EXIT.config,
    cause: 'The value has another type or lies outside of what the key allows.',
    what: ({ name, must, more }) => `"${name}" must be ${must}.${more > 0 ? ` (${more} more like this.)` : ''}`,
    where: place,
    fix: ({ name }) => `Correct the value of "${name}"; \`daybook config explain ${name}\` tells what it does.`,
  }),
  'config.unknown-environment': entry<{ name: string; known: readonly string[]; folder: string; suggestion: string | null }>({
    exit: EXIT.config,
    cause: 'The name after --env or in DAYBOOK_ENV was misspelt, or its file was not deployed.',
    what: ({ name, suggestion }) => `There is no environment "${name}".${didYouMean(suggestion)}`,
    where: ({ folder }) => ({ file: folder, key: '--env' }),
    fix: ({ known, name }) => `Use one of: ${list(known)}; or write "${name}.yaml" in the environments folder.`,
  }),
  'config.set-without-value': entry<{ text: string }>({
    exit: EXIT.usage,
    cause: '--set was given without "=", often because of a space where the "=" belongs.',
    what: ({ text }) => `"--set ${text}" gives no value.`,
    where: () => ({ key: '--set' }),
    fix: () => 'Write --set key=value, for example --set quality.minRows=1.',
  }),
  'config.fixed-rule': entry<Given & { rule: string; severity: string }>({
    exit: EXIT.config,
    cause: 'The published tables rest on this rule: keys, references, amounts and malformed records.',
    what: ({ rule, severity }) => `The rule "${rule}" is fixed: its severity is always "${severity}".`,
    where: place,
    fix: ({ rule }) => `Remove "rules.${rule}" from the configuration.`,
  }),
  'config.secret-missing': entry<Given & { name: string; from: string }>({
    exit: EXIT.config,
    cause: 'A secret was not handed to this process: the variable is not set, or the file is not there or not readable.',
    what: ({ name, from }) => `The secret for "${name}" is missing: there is no ${from}.`,
    where: place,
    fix: ({ from }) => `Provide the ${from} where Daybook runs.`,
  }),
  'config.bad-reference': entry<Given & { name: string }>({
    exit: EXIT.config,
    cause: 'A reference to a secret is written in a form that does not exist.',
    what: ({ name }) => `"${name}" refers to a secret in an unknown way.`,
    where: place,
    fix: () => 'Write ${env:NAME} or ${file:/path}.',
  }),
  'config.source-missing': entry<{ source: string; pipeline: string; file: string }>({
    exit: EXIT.config,
    cause: 'The pipeline reads a source that no layer of the configuration gives a path.',
    what: ({ source, pipeline }) => `The pipeline "${pipeline}" needs the source "${source}", and no file is configured for it.`,
    where: ({ file, source }) => ({ file, key: `sources.${source}` }),
    fix: ({ source }) => `Set "sources.${source}" to a path, in config.yaml or with --set sources.${source}=FILE.`,
  }),
};

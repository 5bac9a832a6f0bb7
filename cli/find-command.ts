import { DaybookError } from '../toolkit/errors/daybook-error.ts';
import { suggest } from '../toolkit/errors/suggest.ts';
import { COMMANDS, subcommandsOf, type TableEntry } from './command-table.ts';

/** What a command line asks for. */
export type Request =
  | { readonly kind: 'help'; readonly group: string | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'command'; readonly entry: TableEntry; readonly rest: readonly string[] };

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';

/**
 * Finds the command that a line begins with. Nothing at all is `status`.
 *
 * @throws DaybookError `usage.unknown-command`, `usage.missing-subcommand`, `usage.unknown-option`
 */
export function findCommand(argv: readonly string[]): Request {
  const [first, second, ...others] = argv;
  if (first === undefined) return command('status', []);
  if (isHelp(first)) return { kind: 'help', group: null };
  if (first === 'help') return second === undefined ? { kind: 'help', group: null } : findCommand([second, ...others, '--help']);
  if (first === '--version' || first === '-V') return { kind: 'version' };
  if (first.startsWith('-')) throw unknownOption(first);
  if (COMMANDS.some(({ name }) => name === first)) return command(first, argv.slice(1));
  const known = subcommandsOf(first);
  if (known.length === 0) throw new DaybookError('usage.unknown-command', { command: first, suggestion: nearest(first) });
  if (isHelp(second)) return { kind: 'help', group: first };
  if (second === undefined || second.startsWith('-')) throw new DaybookError('usage.missing-subcommand', { group: first, known });
  if (known.includes(second)) return command(`${first} ${second}`, others);
  const near = similar(second, known);
  throw new DaybookError('usage.unknown-command', { command: `${first} ${second}`, suggestion: near === null ? null : `${first} ${near}` });
}

function command(name: string, rest: readonly string[]): Request {
  const entry = COMMANDS.find((it) => it.name === name) as TableEntry;
  return { kind: 'command', entry, rest };
}

const nearest = (word: string): string | null => similar(word, [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] as string))]);

const letters = (word: string): string => [...word].sort().join('');

// Two letters that changed places are two edits: too many for a word as short as "run".
const similar = (word: string, known: readonly string[]): string | null =>
  suggest(word, known) ?? known.find((it) => letters(it) === letters(word)) ?? null;

function unknownOption(word: string): DaybookError {
  const option = word.split('=')[0] as string;
  return new DaybookError('usage.unknown-option', { command: '', option, suggestion: suggest(option, ['--help', '--version']) });
}

import { DaybookError } from '../toolkit/errors/daybook-error.ts';
import { EXIT, type ExitCode } from '../toolkit/errors/exit.ts';
import type { TableEntry } from './command-table.ts';
import { type Context, contextOf } from './context.ts';
import type { Effects } from './effects.ts';
import { findCommand } from './find-command.ts';
import { overview } from './overview.ts';
import { reportFault } from './report-fault.ts';

/**
 * Runs one command line and gives its exit code. Never throws: a failure is three lines on stderr, a bug is one.
 *
 * @param argv the words after the program's name
 */
export async function runCli(argv: readonly string[], effects: Effects): Promise<ExitCode> {
  const context = contextOf(effects);
  let name = '';
  try {
    const request = findCommand(argv);
    if (request.kind === 'help') return say(context, overview(request.group, context.out));
    if (request.kind === 'version') return say(context, [effects.version]);
    name = request.entry.name;
    return await runCommand(request.entry, request.rest, context);
  } catch (fault) {
    const known = effects.signal.aborted && !(fault instanceof DaybookError) ? new DaybookError('run.cancelled', {}, { cause: fault }) : fault;
    return reportFault(known, { context, command: name, argv });
  }
}

function say(context: Context, lines: readonly string[]): ExitCode {
  context.out.lines(...lines);
  return EXIT.ok;
}

async function runCommand(entry: TableEntry, words: readonly string[], context: Context): Promise<ExitCode> {
  const [command, { parseCommand }] = await Promise.all([entry.load(), import('./parse-command.ts')]);
  const input = parseCommand(command, words);
  if (input !== null) return command.run(input, context);
  const { commandHelp } = await import('./help.ts');
  return say(context, commandHelp(command, context.out));
}

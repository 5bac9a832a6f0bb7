import { DaybookError } from '../toolkit/errors/daybook-error.ts';
import { EXIT, type ExitCode } from '../toolkit/errors/exit.ts';
import { emptyDocument, type RunDocument, type RunError } from '../toolkit/run/document.ts';
import { brokenPackage } from './broken-package.ts';
import type { Context } from './context.ts';
import { faultLines, type ShownFault } from './render/fault.ts';
import { printedDocument } from './run/printed-document.ts';

/** Where a failure came up. */
export interface FaultScene {
  readonly context: Context;
  /** `runs list`; empty where no command was found. */
  readonly command: string;
  readonly argv: readonly string[];
}

/** Tells of a failure, each in its form, and gives its exit code. */
export async function reportFault(fault: unknown, scene: FaultScene): Promise<ExitCode> {
  const { context, command, argv } = scene;
  const known = fault instanceof DaybookError ? fault : unforeseen(fault);
  if (printsDocument(command, argv)) context.out.data(`${JSON.stringify(printedDocument(documentOf(known, command, argv)))}\n`);
  if (known.code === 'run.bug') await showBug(fault, known, context);
  else showError(known, context, command);
  return known.exit;
}

function unforeseen(fault: unknown): DaybookError {
  const broken = brokenPackage(fault);
  if (broken !== null) return new DaybookError('usage.broken-package', { name: broken }, { cause: fault });
  return new DaybookError('run.bug', { reason: fault instanceof Error ? fault.name : 'an unknown fault' }, { cause: fault });
}

const printsDocument = (command: string, argv: readonly string[]): boolean =>
  ['run', 'validate', 'rejects replay'].includes(command) && argv.includes('--json');

/** Three lines on stderr. */
export function showFault(fault: ShownFault, context: Context, command: string): void {
  const at = command === '' ? 'daybook' : `daybook ${command}`;
  context.err.lines(...faultLines(fault, { paper: context.err, cwd: context.cwd, at, isTTY: context.stderr.isTTY }));
}

/** The same of an error of the catalogue. */
export const showError = ({ message, place, fix }: DaybookError, context: Context, command: string): void =>
  showFault({ what: message, file: place.file ?? null, line: place.line ?? null, key: place.key ?? null, fix }, context, command);

/** One line on the screen, the stack in the log; with DAYBOOK_DEBUG on the screen too. */
async function showBug(fault: unknown, known: DaybookError, context: Context): Promise<void> {
  const { logBug } = await import('./project/log-bug.ts');
  const where = await logBug(known.cause ?? fault, known.message, context);
  const look = where === null ? 'Set DAYBOOK_DEBUG=1 to see the stack.' : 'The stack is in the log: `daybook logs --level error`.';
  context.err.lines(context.err.theme.bad(`${known.message}. ${look}`));
  if (context.env['DAYBOOK_DEBUG']) context.err.lines(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
}

/** The run document of a run that never began: every key there, nothing in it. */
function documentOf(fault: DaybookError, command: string, argv: readonly string[]): RunDocument {
  const pipeline = command === 'rejects replay' ? undefined : argv[1];
  const source = (fault.params as { readonly source?: unknown }).source;
  const error: RunError = {
    code: fault.code,
    message: fault.message,
    remedy: fault.fix,
    source: typeof source === 'string' ? source : null,
    file: fault.place.file ?? null,
  };
  return {
    ...emptyDocument,
    pipeline: pipeline === undefined || pipeline.startsWith('-') ? null : pipeline,
    status: fault.exit === EXIT.data ? 'refused' : fault.exit === EXIT.cancelled ? 'cancelled' : 'failed',
    error,
  };
}

import { CATALOGUE, EXIT, type ExitCode, type Place } from '../../toolkit/errors/index.ts';
import type { ReplayOf, RunDocument, RunMode } from '../../toolkit/run/index.ts';
import type { Context } from '../context.ts';
import { showFault } from '../report-fault.ts';
import { runSummary } from '../views/run-summary.ts';
import type { Executed } from './execute-run.ts';
import { meaningsOf } from './meanings.ts';
import { printedDocument } from './printed-document.ts';

/** How a run is to be told. */
interface Telling {
  readonly command: 'run' | 'validate' | 'rejects replay';
  readonly mode: RunMode;
  readonly isPartial: boolean;
  /** What it is a replay of. */
  readonly replay?: ReplayOf;
  /** As given with `--set`. */
  readonly set: readonly string[];
  readonly json: boolean;
}

/** Tells how a run ended: the summary or the document on stdout, the error on stderr. Gives the exit code. */
export function finishRun(
  { document, opened, place }: Executed,
  { command, mode, isPartial, replay, set, json }: Telling,
  context: Context,
): ExitCode {
  if (json) context.out.data(`${JSON.stringify(printedDocument(document))}\n`);
  else if (Object.keys(document.rows).length > 0) {
    const meanings = meaningsOf(opened.pipeline.definition, opened.config);
    const facts = {
      document,
      mode,
      isPartial,
      replay: replay ?? null,
      replayedBy: [],
      meanings,
      warehouse: opened.config.warehouse.path,
      cwd: context.cwd,
      program: context.program,
      options: optionsToRepeat(set),
      isFull: command === 'validate',
    };
    context.out.lines(...runSummary(facts, context.out));
  }
  if (document.error) tellError(document.error, place, command, context);
  return exitOf(document);
}

function tellError(
  { code, message, remedy, source, file }: NonNullable<RunDocument['error']>,
  place: Place | null,
  command: string,
  context: Context,
): void {
  if (code === 'run.bug') return context.err.lines(context.err.theme.bad(`${message}. The stack is in the log: \`daybook logs --level error\`.`));
  showFault(
    { what: message, file, line: place?.line ?? null, key: place?.key ?? (source === null ? null : `sources.${source}`), fix: remedy },
    context,
    command,
  );
}

/** The exit code that a document stands for. */
export function exitOf({ error }: Pick<RunDocument, 'error'>): ExitCode {
  if (!error) return EXIT.ok;
  return error.code in CATALOGUE ? CATALOGUE[error.code as keyof typeof CATALOGUE].exit : EXIT.bug;
}

// Without these the commands that are shown would look into another state.
const optionsToRepeat = (set: readonly string[]): string =>
  set
    .filter((text) => /^state\./.test(text))
    .map((text) => ` --set ${/[^\w./=-]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : text}`)
    .join('');

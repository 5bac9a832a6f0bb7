import type { RunDocument } from '../../toolkit/run/document.ts';
import { openLedger } from '../../toolkit/state/index.ts';
import type { Context } from '../context.ts';
import type { KnownRun } from '../project/ledgers.ts';
import type { Choice } from '../project/light-config.ts';
import { faultLines, shortPath } from '../render/fault.ts';
import type { Paper } from '../render/paper.ts';
import { filesTable } from '../views/files-table.ts';
import { runSummary } from '../views/run-summary.ts';
import { indented, section } from '../views/section.ts';
import { stepsTable } from '../views/steps-table.ts';
import { stepsWaterfall } from '../views/steps-waterfall.ts';
import type { Meanings } from './meanings.ts';

/** Everything that is known of a run: its summary, every broken rule, every step, and its error. */
export async function runInFull({ run, state }: KnownRun, choice: Choice, context: Context): Promise<string[]> {
  const { document, mode, isPartial, replay } = run;
  const known = document.pipeline === null ? null : await tryOpen(document.pipeline, document.environment, choice, context);
  const replays = document.runId === null ? [] : await openLedger(state).replaysOf(document.runId);
  const facts = {
    document,
    mode,
    isPartial,
    replay,
    replayedBy: replays.map((it) => it.document.runId ?? ''),
    meanings: known?.meanings ?? null,
    warehouse: known?.warehouse ?? null,
    cwd: context.cwd,
    program: context.program,
    options: '',
    isFull: true,
  };
  const { out } = context;
  const { error } = document;
  const place = { file: error?.file ?? null, line: null, key: error?.source ? `sources.${error.source}` : null };
  return [
    ...runSummary(facts, out),
    ...section(
      'Files read',
      indented((inner) => filesTable(document.sources, inner), out),
      out,
    ),
    ...section(
      'Steps',
      indented((inner) => stepsLines(document, inner), out),
      out,
    ),
    ...(error
      ? [
          '',
          ...faultLines(
            { what: error.message, ...place, fix: error.remedy },
            { paper: out, cwd: context.cwd, at: shortPath(run.folder, context.cwd), isTTY: true },
          ),
        ]
      : []),
  ];
}

/** When each step worked, then what it did and needed. */
function stepsLines(document: RunDocument, paper: Paper): string[] {
  const drawn = stepsWaterfall(document, paper);
  return drawn.length === 0 ? [] : [...drawn, '', ...stepsTable(document.steps, paper)];
}

/** What the pipeline says its rules mean; null where it cannot be loaded any more: the figures stand without it. */
async function tryOpen(
  pipeline: string,
  environment: string | null,
  choice: Choice,
  context: Context,
): Promise<{ readonly meanings: Meanings; readonly warehouse: string } | null> {
  try {
    const [{ openPipeline }, { meaningsOf }] = await Promise.all([import('../project/open-pipeline.ts'), import('./meanings.ts')]);
    const opened = await openPipeline(pipeline, { ...choice, env: environment ?? choice.env }, context);
    return { meanings: meaningsOf(opened.pipeline.definition, opened.config), warehouse: opened.config.warehouse.path };
  } catch {
    return null;
  }
}

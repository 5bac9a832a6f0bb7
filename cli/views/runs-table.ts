import type { LedgerRun } from '../../toolkit/state/index.ts';
import { count, duration } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';
import { replaySection } from './replay-lines.ts';
import { statusMark } from './status-word.ts';

/** Runs, one a row; under them which of them replay another. */
export function runsTable(runs: readonly LedgerRun[], paper: Paper): string[] {
  const rows = runs.map((run) => {
    const { runId, pipeline, environment, rows: sources, startedAt, finishedAt } = run.document;
    const sum = (key: 'read' | 'rejected') => count(Object.values(sources).reduce((total, source) => total + source[key], 0));
    const took = startedAt === null || finishedAt === null ? '' : duration(Date.parse(finishedAt) - Date.parse(startedAt));
    const where = environment === null || environment === 'development' ? '' : `/${environment}`;
    return [runId ?? '', statusMark(run, paper), `${pipeline ?? '?'}${where}`, sum('read'), sum('rejected'), took];
  });
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    ...table([{ title: 'run' }, { title: 'status' }, { title: 'pipeline' }, right('read'), right('refused'), right('took')], rows, paper),
    ...replaySection(
      runs.map(({ document, replay }) => ({ runId: document.runId, replay })),
      paper,
    ),
  ];
}

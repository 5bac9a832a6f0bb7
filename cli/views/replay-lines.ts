import type { ReplayOf } from '../../toolkit/run/document.ts';
import { counted } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { pairs } from '../render/table.ts';
import { indented, section } from './section.ts';

/** What a replay corrected. @example '3 records corrected, 1 record left out, 2 of them by an earlier replay' */
export function correctedText({ corrected, removed, carried }: Omit<ReplayOf, 'runId'>): string {
  return [
    ...(corrected > 0 ? [`${counted(corrected, 'record')} corrected`] : []),
    ...(removed > 0 ? [`${counted(removed, 'record')} left out`] : []),
    ...(carried > 0 ? [`${carried} of them by an earlier replay`] : []),
  ].join(', ');
}

/** Of several runs those that replay another, each with that one and what was corrected. */
export function replaySection(runs: readonly { readonly runId: string | null; readonly replay: ReplayOf | null }[], paper: Paper): string[] {
  const entries = runs.flatMap(({ runId, replay }): [string, string][] =>
    replay === null ? [] : [[runId ?? '', `of ${replay.runId}, ${correctedText(replay)}`]],
  );
  return section('Replays', entries.length === 0 ? [] : indented((inner) => pairs(entries, inner), paper), paper);
}

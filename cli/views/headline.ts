import type { Paper } from '../render/paper.ts';
import { wrap } from '../render/wrap.ts';
import { correctedText } from './replay-lines.ts';
import type { RunFacts } from './run-facts.ts';

type HeadFacts = Pick<RunFacts, 'document' | 'mode' | 'isPartial' | 'replay' | 'replayedBy'>;

/** How it ended, in one sentence with its sign. */
export function headline(facts: HeadFacts, { glyphs, theme, width }: Paper): string[] {
  const { document } = facts;
  const [glyph, colour] =
    document.status === 'succeeded'
      ? [glyphs.good, theme.good]
      : document.status === 'running'
        ? [glyphs.running, theme.accent]
        : document.status === 'cancelled'
          ? [glyphs.warning, theme.warning]
          : [glyphs.bad, theme.bad];
  const [first = '', ...more] = wrap(`${glyph} ${document.pipeline ?? 'The run'} ${endingOf(facts)}`, width, '  ');
  return [
    colour(first),
    ...more.map(colour),
    ...about(facts)
      .flatMap((line) => wrap(`  ${line}`, width, '  '))
      .map(theme.quiet),
  ];
}

function endingOf({ document: { status }, mode, isPartial }: HeadFacts): string {
  const untouched = 'Nothing was published.';
  if (status === 'running') return 'is running.';
  if (status === 'refused') return `was refused. ${untouched}`;
  if (status === 'failed') return `failed. ${untouched}`;
  if (status === 'cancelled') return `was cancelled. ${untouched}`;
  if (status === 'interrupted') return 'was interrupted: its process is gone. The last good state stands.';
  if (mode === 'validate') return `was checked. ${untouched}`;
  if (isPartial) return `was tried on the first records of each source. ${untouched}`;
  return mode === 'dry-run' ? `would succeed. ${untouched}` : 'is published.';
}

const about = ({ document: { runId, environment }, replay, replayedBy }: HeadFacts): string[] => [
  ...(runId === null ? [] : [`run ${runId}${environment === null ? '' : ` in ${environment}`}`]),
  ...(replay === null ? [] : [`replays ${replay.runId}, ${correctedText(replay)}`]),
  ...(replayedBy.length === 0 ? [] : [`replayed by ${replayedBy.join(', ')}`]),
];

import type { Glyphs } from '../render/glyphs.ts';
import { duration } from '../render/numbers.ts';
import type { RunProgress } from './run-progress-state.ts';
import { runText } from './step-text.ts';
import { StepsView } from './steps-view.tsx';

interface RunProgressProps {
  readonly state: RunProgress;
  readonly glyphs: Glyphs;
  /** How many steps are shown: a frame as tall as the window would flicker. */
  readonly height: number;
}

/** The steps of a run as they go, the notices above them. */
export function RunProgressView({ state, glyphs, height }: RunProgressProps) {
  return <StepsView {...state} title={title(state, glyphs)} glyphs={glyphs} height={height} />;
}

const DOING = { publish: 'Running', 'dry-run': 'Trying', validate: 'Checking' } as const;

function title(state: RunProgress, { dot }: Glyphs): string {
  const { pipeline, environment, mode, startedMs, nowMs } = state;
  if (pipeline === null) return 'Starting';
  const left = runText(state);
  return [`${DOING[mode ?? 'publish']} ${pipeline}`, environment ?? '', duration(nowMs - startedMs), ...(left === null ? [] : [left])].join(
    ` ${dot} `,
  );
}

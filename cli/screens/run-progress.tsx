import { Box, Static, Text } from 'ink';
import type { Glyphs } from '../render/glyphs.ts';
import { duration } from '../render/numbers.ts';
import type { RunProgress, StepProgress } from './run-progress-state.ts';
import { runText, stepText } from './step-text.ts';

interface RunProgressProps {
  readonly state: RunProgress;
  readonly glyphs: Glyphs;
  /** How many steps are shown: a frame as tall as the window would flicker. */
  readonly height: number;
}

/** The steps of a run as they go, the notices above them. */
export function RunProgressView({ state, glyphs, height }: RunProgressProps) {
  const hidden = Math.max(0, state.steps.length - height);
  return (
    <>
      <Static items={[...state.notices]}>{(notice, at) => <Text key={at} color="yellow">{`${glyphs.warning} ${notice}`}</Text>}</Static>
      <Box flexDirection="column">
        <Text wrap="truncate" bold>
          {title(state, glyphs)}
        </Text>
        {hidden > 0 && <Text wrap="truncate" dimColor>{`  ${glyphs.good} ${hidden} steps before`}</Text>}
        {state.steps.slice(hidden).map((step) => (
          <StepLine key={step.name} step={step} nowMs={state.nowMs} glyphs={glyphs} />
        ))}
      </Box>
    </>
  );
}

function StepLine({ step, nowMs, glyphs }: { readonly step: StepProgress; readonly nowMs: number; readonly glyphs: Glyphs }) {
  const isDone = step.ms !== null;
  return (
    <Text wrap="truncate">
      {'  '}
      <Text color={isDone ? 'green' : 'cyan'}>{isDone ? glyphs.good : glyphs.running}</Text>
      {` ${step.name}  `}
      <Text dimColor>{stepText(step, nowMs)}</Text>
    </Text>
  );
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

import { Box, Static, Text } from 'ink';
import type { Glyphs } from '../render/glyphs.ts';
import type { StepProgress } from './run-progress-state.ts';
import { stepText } from './step-text.ts';

interface StepsProps {
  readonly title: string;
  readonly steps: readonly StepProgress[];
  /** Lines that stay above the view. */
  readonly notices: readonly string[];
  readonly nowMs: number;
  readonly glyphs: Glyphs;
  /** How many steps are shown. */
  readonly height: number;
}

/** A title and the last steps below it, each with how far it is. */
export function StepsView({ title, steps, notices, nowMs, glyphs, height }: StepsProps) {
  const hidden = Math.max(0, steps.length - height);
  return (
    <>
      <Static items={[...notices]}>{(notice, at) => <Text key={at} color="yellow">{`${glyphs.warning} ${notice}`}</Text>}</Static>
      <Box flexDirection="column">
        <Text wrap="truncate" bold>
          {title}
        </Text>
        {hidden > 0 && <Text wrap="truncate" dimColor>{`  ${glyphs.good} ${hidden} steps before`}</Text>}
        {steps.slice(hidden).map((step) => (
          <StepLine key={step.name} step={step} nowMs={nowMs} glyphs={glyphs} />
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

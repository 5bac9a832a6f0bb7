import type { RunDocument, StepFigures } from '../../toolkit/run/document.ts';
import { duration, percent } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { pad, widthOf, wrap } from '../render/wrap.ts';

type Timed = Pick<RunDocument, 'steps' | 'startedAt' | 'finishedAt'>;

/** Below so many columns a bar says nothing. */
const LEAST_BAR = 8;
const GAP = '  ';

/** A bar a step on one axis of time, then which took longest. In words where there is no room, or where it is read aloud. */
export function stepsWaterfall(document: Timed, paper: Paper): string[] {
  const { steps } = document;
  const [first] = steps;
  if (!first) return [];
  const slowest = steps.reduce((most, step) => (step.ms > most.ms ? step : most), first);
  const totalMs = spanOf(document);
  const names = Math.max(...steps.map(({ name }) => widthOf(name)));
  const times = Math.max(...steps.map(({ ms }) => widthOf(duration(ms))));
  const bar = paper.width - names - times - 2 * GAP.length;
  const lines = paper.isPlain || bar < LEAST_BAR ? inWords(steps, totalMs, paper) : drawn(steps, slowest, { names, times, bar, totalMs }, paper);
  const verdict = `Slowest: ${slowest.name}, ${duration(slowest.ms)}, ${percent(slowest.ms, totalMs)} of the run.`;
  return [...lines, ...wrap(verdict, paper.width, GAP)];
}

/** Milliseconds from the start of the run to its end, or as far as its steps have come. */
function spanOf({ steps, startedAt, finishedAt }: Timed): number {
  const whole = startedAt === null || finishedAt === null ? 0 : Date.parse(finishedAt) - Date.parse(startedAt);
  return Math.max(1, whole, ...steps.map(({ startMs, ms }) => startMs + ms));
}

interface Axis {
  readonly names: number;
  readonly times: number;
  readonly bar: number;
  readonly totalMs: number;
}

function drawn(steps: readonly StepFigures[], slowest: StepFigures, { names, times, bar, totalMs }: Axis, { theme, glyphs }: Paper): string[] {
  const end = duration(totalMs);
  const axis = `${' '.repeat(names)}${GAP}0 s${pad(end, bar - '0 s'.length, 'right')}`;
  const rows = steps.map((step) => {
    const [from, to] = cellsOf(step, totalMs, bar);
    const paint = step === slowest ? theme.warning : theme.accent;
    const drawn = ' '.repeat(from) + paint(glyphs.bar.repeat(to - from)) + ' '.repeat(bar - to);
    return [pad(step.name, names), drawn, pad(duration(step.ms), times, 'right')].join(GAP);
  });
  return [theme.quiet(axis), ...rows];
}

/** The cells of a step's bar: at least one, and none beyond the end. */
function cellsOf({ startMs, ms }: StepFigures, totalMs: number, bar: number): readonly [from: number, to: number] {
  const cell = (atMs: number): number => Math.round((atMs / totalMs) * bar);
  const from = Math.min(cell(startMs), bar - 1);
  return [from, Math.min(bar, Math.max(from + 1, cell(startMs + ms)))];
}

const inWords = (steps: readonly StepFigures[], totalMs: number, { width }: Paper): string[] =>
  steps.flatMap(({ name, startMs, ms }) => wrap(`${name}: ${duration(ms)} from ${duration(startMs)} on, ${percent(ms, totalMs)}`, width, GAP));

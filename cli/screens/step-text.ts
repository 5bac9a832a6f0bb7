import { bytes, count, counted, duration, percent } from '../render/numbers.ts';
import { paceOf, type StepProgress } from './run-progress-state.ts';

/** What a step has done so far, in words: rows and time once it is done, else how far, how fast and how long yet. */
export function stepText(step: StepProgress, nowMs: number): string {
  if (step.ms !== null) return [...(step.rows === null ? [] : [counted(step.rows, 'row')]), duration(step.ms)].join(', ');
  const { perSecond, leftMs } = paceOf(step, nowMs);
  const amount = (n: number) => (step.unit === 'bytes' ? bytes(n) : step.unit === 'rows' ? counted(Math.round(n), 'row') : `${Math.round(n)} %`);
  const far =
    step.done === 0
      ? []
      : step.total === null || step.unit === 'percent'
        ? [amount(step.done)]
        : [percent(step.done, step.total).replace(/\.\d/, '')];
  const fast =
    perSecond === null || step.unit === 'percent' ? [] : [`${step.unit === 'bytes' ? bytes(perSecond) : `${count(Math.round(perSecond))} rows`}/s`];
  const left = leftMs === null || leftMs < 1000 ? [] : [`${duration(Math.ceil(leftMs / 1000) * 1000).replace('.0 s', ' s')} left`];
  return [...far, ...fast, ...left].join(', ') || duration(Math.max(0, nowMs - step.startedMs));
}

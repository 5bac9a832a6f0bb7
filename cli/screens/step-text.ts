import { type TimeLeft, timeLeft } from '../../toolkit/observe/index.ts';
import { bytes, count, counted, duration, percent } from '../render/numbers.ts';
import { perSecond, type RunProgress, type StepProgress } from './run-progress-state.ts';

/** What a step has done so far, in words: rows and time once it is done, else how far and how fast. */
export function stepText(step: StepProgress, nowMs: number): string {
  const rows = step.rows === null ? [] : [counted(step.rows, 'row')];
  if (step.ms !== null) return [...rows, duration(step.ms)].join(', ');
  const amount = (n: number) => (step.unit === 'bytes' ? bytes(n) : step.unit === 'rows' ? counted(Math.round(n), 'row') : `${Math.round(n)} %`);
  const far =
    step.done === 0
      ? []
      : step.total === null || step.unit === 'percent'
        ? [amount(step.done)]
        : [percent(step.done, step.total).replace(/\.\d/, '')];
  const pace = perSecond(step, nowMs);
  const fast = pace === null || step.unit === 'percent' ? [] : [`${step.unit === 'bytes' ? bytes(pace) : `${count(Math.round(pace))} rows`}/s`];
  return [...far, ...fast].join(', ') || [...rows, duration(Math.max(0, nowMs - step.startedMs))].join(', ');
}

/** How far the whole run is and how long it will take yet; null where nothing can be said. @example '41 %, about 18 s left' */
export function runText({ estimate, nowMs }: Pick<RunProgress, 'estimate' | 'nowMs'>): string | null {
  const found = timeLeft(estimate, nowMs);
  return found === null ? null : leftText(found);
}

/** The share that is done and the time that is left, in words. */
export function leftText({ leftMs, share }: TimeLeft): string {
  const left = leftMs < 1000 ? 'a moment' : duration(Math.round(leftMs / 1000) * 1000).replace('.0 s', ' s');
  return `${Math.min(99, Math.floor(share * 100))} %, about ${left} left`;
}

import type { ProfileStep } from '../../toolkit/profile/index.ts';
import { duration } from '../render/numbers.ts';
import type { StepProgress } from './run-progress-state.ts';
import { leftText } from './step-text.ts';

/** What the progress of a profile shows. */
export interface ProfileProgress {
  readonly startedMs: number;
  readonly nowMs: number;
  readonly at: ProfileStep | null;
  readonly steps: readonly StepProgress[];
}

/** A step that begins, bytes of a file that were read, or only time that went by; `atMs` is of a clock that never goes back. */
export interface ProfileTick {
  readonly event: ProfileStep | { readonly done: number; readonly total: number } | null;
  readonly atMs: number;
}

/** Before anything has happened. */
export const startProfileProgress = (atMs: number): ProfileProgress => ({ startedMs: atMs, nowMs: atMs, at: null, steps: [] });

/** The next state of the view. Pure. */
export function reduceProfile(state: ProfileProgress, { event, atMs }: ProfileTick): ProfileProgress {
  const next = { ...state, nowMs: atMs };
  if (event === null) return next;
  const change = (to: (step: StepProgress) => Partial<StepProgress>): StepProgress[] =>
    state.steps.map((step) => (step.ms === null ? { ...step, ...to(step) } : step));
  if ('total' in event) return { ...next, steps: change(() => event) };
  const before = change(({ startedMs }) => ({ ms: atMs - startedMs }));
  const { doing: name, rows } = event;
  return { ...next, at: event, steps: [...before, { name, startedMs: atMs, ms: null, rows, done: 0, total: null, unit: 'bytes' }] };
}

/** So much must be done before a word on the time that is left. */
const LEAST_SHARE = 0.1;

/** Which step it is, the time gone, and about how long it will take yet. @example 'step 5 of 13 · 24.0 s · 41 %, about 35 s left' */
export function profileText({ startedMs, nowMs, at, steps }: ProfileProgress, dot: string): string {
  const goneMs = nowMs - startedMs;
  if (at === null) return duration(goneMs);
  const text = [`step ${at.step} of ${at.steps}`, duration(goneMs)];
  if (at.before >= LEAST_SHARE) {
    // What lies before this step took its time: the whole takes as long for its share.
    const wholeMs = ((steps.at(-1)?.startedMs ?? nowMs) - startedMs) / at.before;
    const leftMs = Math.max(wholeMs - goneMs, wholeMs * (1 - at.before - at.share));
    text.push(leftText({ leftMs, share: goneMs / Math.max(1, goneMs + leftMs) }));
  }
  return text.join(` ${dot} `);
}

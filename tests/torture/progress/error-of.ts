import { advance, type PastRun, startEstimate, timeLeft } from '../../../toolkit/observe/index.ts';
import type { RunEvent } from '../../../toolkit/run/events.ts';

/** An event of a run and when it was told, on a clock that never goes back. */
export interface Told {
  readonly atMs: number;
  readonly event: RunEvent;
}

/** How far a run was by the clock, and how wrong the time left was then. */
export interface EstimateError {
  /** 0 to 1. */
  readonly at: number;
  /** Estimated less true time left, as a share of the true one; null where nothing was said. */
  readonly ofLeft: number | null;
  /** The same as a share of the whole run. */
  readonly ofWhole: number | null;
}

/** What was said of the time left at shares of a run's time, against what was really left: the events are told again as they came. */
export function errorsOf(told: readonly Told[], past: PastRun | null, shares: readonly number[]): EstimateError[] {
  const first = told.find(({ event }) => event.type === 'step-started')?.atMs ?? 0;
  const last = told.findLast(({ event }) => event.type === 'run-finished')?.atMs ?? 0;
  return shares.map((at) => {
    const nowMs = first + (last - first) * at;
    const estimate = told.filter(({ atMs }) => atMs <= nowMs).reduce((now, { event, atMs }) => advance(now, event, atMs), startEstimate(past));
    const found = timeLeft(estimate, nowMs);
    if (found === null) return { at, ofLeft: null, ofWhole: null };
    const error = found.leftMs - (last - nowMs);
    return { at, ofLeft: error / (last - nowMs), ofWhole: error / (last - first) };
  });
}

import type { PlannedStep, RunEvent } from '../../run/events.ts';
import { expectedMs, type Known, type PastRun } from './expected-work.ts';

/** What is known of how far a run has come. A value: `advance` gives the next. */
export interface Estimate {
  readonly past: PastRun | null;
  readonly steps: readonly EstimatedStep[];
}

interface EstimatedStep extends Known {
  readonly plan: PlannedStep;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly pace: Pace | null;
}

/** The first and the last word of a step on how far it is. */
interface Pace {
  readonly unit: 'rows' | 'bytes' | 'percent';
  readonly fromMs: number;
  readonly from: number;
  readonly atMs: number;
  readonly done: number;
  readonly total: number;
}

/** How far a run is. */
export interface TimeLeft {
  /** Milliseconds until its end. */
  readonly leftMs: number;
  /** How much of the whole is done, 0 to 1. */
  readonly share: number;
}

/** What an earlier run says of the machine's speed weighs as much as this share of a run that is watched. */
const PRIOR_SHARE = 0.05;
/** How fast the machine was counts half after so much of a run: other programs come and go. */
const HALF_LIFE_SHARE = 0.15;
/** A step that is overdue is expected to take so much of its time yet. */
const OVERDUE_SHARE = 0.1;
/** What a step does when all its rows are done, as a share of the time they took. */
const AFTERWARDS_SHARE = 0.2;

/** An estimate of a run that has not begun. @param past the last run of the same pipeline and environment that succeeded, or null */
export const startEstimate = (past: PastRun | null): Estimate => ({ past, steps: [] });

/** The estimate after an event; `atMs` is of a clock that never goes back. Pure. */
export function advance(estimate: Estimate, event: RunEvent, atMs: number): Estimate {
  const change = (name: string, to: (step: EstimatedStep) => Partial<EstimatedStep>): Estimate => ({
    ...estimate,
    steps: estimate.steps.map((step) => (step.plan.name === name ? { ...step, ...to(step) } : step)),
  });
  switch (event.type) {
    case 'run-planned':
      return { ...estimate, steps: event.steps.map((plan) => ({ plan, rows: null, toWrite: null, startedMs: null, endedMs: null, pace: null })) };
    case 'source-read':
      return change(`check ${event.source}`, () => ({ rows: event.records }));
    case 'step-started':
      return change(event.step, ({ rows }) => ({ startedMs: atMs, rows: event.rows ?? rows }));
    case 'step-progress':
      return event.total === null ? estimate : change(event.step, (step) => paced(step, { ...event, total: event.total ?? 0 }, atMs));
    case 'step-finished':
      return change(event.figures.name, () => ({ endedMs: atMs }));
    default:
      return estimate;
  }
}

type Word = Pick<Pace, 'unit' | 'done' | 'total'>;

function paced({ plan, pace, toWrite }: EstimatedStep, { unit, done, total }: Word, atMs: number): Partial<EstimatedStep> {
  const first = pace ?? { fromMs: atMs, from: done };
  return { pace: { unit, done, total, atMs, fromMs: first.fromMs, from: first.from }, toWrite: plan.kind === 'publish' ? total : toWrite };
}

/**
 * The time that is left, and the share that is done; null where nothing can be said yet.
 *
 * - Each step is expected to take what it took in the last run, scaled by what there is to do (else: usual proportions).
 * - All that is to come is stretched by how much longer than expected the steps before took, those of late above all.
 * - A step that says how far it is, is believed the more, the further it is.
 */
export function timeLeft({ past, steps }: Estimate, nowMs: number): TimeLeft | null {
  const first = steps.find(({ startedMs }) => startedMs !== null)?.startedMs ?? null;
  if (first === null) return null;
  const expected = steps.map((step) => ({ ...step, wantedMs: expectedMs(step.plan, step, past) }));
  const stretch = stretchOf(expected, past !== null, nowMs);
  if (stretch === null) return null;
  const leftMs = expected.reduce((total, { startedMs, endedMs, pace, wantedMs }) => {
    if (endedMs !== null) return total;
    return total + (startedMs === null ? wantedMs * stretch : leftOf(pace, wantedMs * stretch, nowMs - startedMs, nowMs));
  }, 0);
  return { leftMs, share: (nowMs - first) / Math.max(1, nowMs - first + leftMs) };
}

type ExpectedStep = EstimatedStep & { readonly wantedMs: number };

/** How many times as long as expected everything takes at present; null where nothing says so. A step that works counts once it is overdue. */
function stretchOf(steps: readonly ExpectedStep[], isKnown: boolean, nowMs: number): number | null {
  const total = steps.reduce((sum, { wantedMs }) => sum + wantedMs, 0);
  const begun = steps.filter(({ startedMs }) => startedMs !== null).toSorted((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0));
  let [took, wanted] = isKnown ? [total * PRIOR_SHARE, total * PRIOR_SHARE] : [0, 0];
  for (const [at, { startedMs, endedMs, wantedMs }] of begun.entries()) {
    // What lies between two steps belongs to the first.
    const tookMs = (endedMs === null ? nowMs : (begun[at + 1]?.startedMs ?? endedMs)) - (startedMs ?? nowMs);
    if (endedMs === null && (wanted === 0 || tookMs <= (wantedMs * took) / wanted)) continue;
    const fading = 0.5 ** (wantedMs / (total * HALF_LIFE_SHARE));
    [took, wanted] = [took * fading + tookMs, wanted * fading + wantedMs];
  }
  return wanted === 0 ? null : took / wanted;
}

/** Milliseconds left of a step that works, if it takes so long in all. */
function leftOf(pace: Pace | null, wholeMs: number, elapsedMs: number, nowMs: number): number {
  const byTime = Math.max(wholeMs - elapsedMs, wholeMs * OVERDUE_SHARE);
  if (pace === null || pace.done <= pace.from || pace.atMs <= pace.fromMs) return byTime;
  const msPerUnit = (pace.atMs - pace.fromMs) / (pace.done - pace.from);
  const wholeByPaceMs = pace.total * msPerUnit;
  const byPace = Math.max(
    wholeByPaceMs * (1 + AFTERWARDS_SHARE) - pace.done * msPerUnit - (nowMs - pace.atMs),
    wholeByPaceMs * (AFTERWARDS_SHARE * OVERDUE_SHARE),
  );
  // Reading tells the bytes that were scanned; what the engine does with them comes after.
  if (pace.unit !== 'rows') return Math.max(byTime, byPace);
  const share = Math.min(1, pace.done / Math.max(1, pace.total));
  return (1 - share) * byTime + share * byPace;
}

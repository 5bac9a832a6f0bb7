import { advance, type Estimate, type PastRun, startEstimate } from '../../toolkit/observe/index.ts';
import type { RunEvent, RunMode } from '../../toolkit/run/events.ts';

/** One step as it is shown. */
export interface StepProgress {
  readonly name: string;
  readonly startedMs: number;
  /** Null while it works. */
  readonly ms: number | null;
  /** Rows that went in while it works, that came out once it is done; null where that is not known. */
  readonly rows: number | null;
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'rows' | 'bytes' | 'percent';
}

/** What the progress of a run shows. */
export interface RunProgress {
  readonly pipeline: string | null;
  readonly environment: string | null;
  readonly mode: RunMode | null;
  readonly startedMs: number;
  readonly nowMs: number;
  readonly steps: readonly StepProgress[];
  readonly notices: readonly string[];
  readonly estimate: Estimate;
}

/** Something that happened, or only time that went by; `atMs` is of a clock that never goes back. */
export interface Tick {
  readonly event: RunEvent | null;
  readonly atMs: number;
}

/** Before anything has happened. @param past the last run of the same pipeline and environment that succeeded, for the time that is left */
export const startProgress = (atMs: number, past: PastRun | null = null): RunProgress => ({
  pipeline: null,
  environment: null,
  mode: null,
  startedMs: atMs,
  nowMs: atMs,
  steps: [],
  notices: [],
  estimate: startEstimate(past),
});

/** The next state of the view. Pure. */
export function reduce(state: RunProgress, { event, atMs }: Tick): RunProgress {
  if (event === null) return { ...state, nowMs: atMs };
  const next = { ...state, nowMs: atMs, estimate: advance(state.estimate, event, atMs) };
  switch (event.type) {
    case 'run-started':
      return { ...next, pipeline: event.pipeline, environment: event.environment, mode: event.mode };
    case 'step-started':
      return {
        ...next,
        steps: [...state.steps, { name: event.step, startedMs: atMs, ms: null, rows: event.rows, done: 0, total: null, unit: 'rows' }],
      };
    case 'step-progress':
      return { ...next, steps: change(state.steps, event.step, { done: event.done, total: event.total, unit: event.unit }) };
    case 'step-finished':
      return { ...next, steps: change(state.steps, event.figures.name, { ms: event.figures.ms, rows: event.figures.rowsOut }) };
    case 'schema-drift':
    case 'notice':
      return { ...next, notices: [...state.notices, noticeText(event)] };
    case 'run-planned':
    case 'run-replays':
    case 'source-read':
    case 'service-asked':
    case 'source-checked':
    case 'gate-judged':
    case 'table-published':
    case 'run-failed':
    case 'run-finished':
      return next;
    default:
      return event satisfies never;
  }
}

const change = (steps: readonly StepProgress[], name: string, to: Partial<StepProgress>): StepProgress[] =>
  steps.map((step) => (step.name === name && step.ms === null ? { ...step, ...to } : step));

/** What a person is told of while the run goes on. */
export function noticeText(event: Extract<RunEvent, { type: 'schema-drift' | 'notice' }>): string {
  if (event.type === 'notice') return event.message;
  const columns = event.columns.map((name) => `"${name}"`).join(', ');
  return `"${event.file}" of "${event.source}" has ${event.columns.length === 1 ? 'a column' : 'columns'} that the contract does not name: ${columns}. Ignored.`;
}

/** Units a second of a step that works; null where nothing can be said yet. */
export function perSecond({ startedMs, ms, done }: StepProgress, nowMs: number): number | null {
  const elapsed = nowMs - startedMs;
  return ms !== null || done <= 0 || elapsed < 500 ? null : (done / elapsed) * 1000;
}

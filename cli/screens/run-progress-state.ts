import type { RunEvent, RunMode } from '../../toolkit/run/events.ts';

/** One step as it is shown. */
export interface StepProgress {
  readonly name: string;
  readonly startedMs: number;
  /** Null while it works. */
  readonly ms: number | null;
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
}

/** Something that happened, or only time that went by; `atMs` is of a clock that never goes back. */
export interface Tick {
  readonly event: RunEvent | null;
  readonly atMs: number;
}

export const startProgress = (atMs: number): RunProgress => ({
  pipeline: null,
  environment: null,
  mode: null,
  startedMs: atMs,
  nowMs: atMs,
  steps: [],
  notices: [],
});

/** The next state of the view. Pure. */
export function reduce(state: RunProgress, { event, atMs }: Tick): RunProgress {
  const next = { ...state, nowMs: atMs };
  if (event === null) return next;
  switch (event.type) {
    case 'run-started':
      return { ...next, pipeline: event.pipeline, environment: event.environment, mode: event.mode };
    case 'step-started':
      return { ...next, steps: [...state.steps, { name: event.step, startedMs: atMs, ms: null, rows: null, done: 0, total: null, unit: 'rows' }] };
    case 'step-progress':
      return { ...next, steps: change(state.steps, event.step, { done: event.done, total: event.total, unit: event.unit }) };
    case 'step-finished':
      return { ...next, steps: change(state.steps, event.figures.name, { ms: event.figures.ms, rows: event.figures.rowsOut }) };
    case 'schema-drift':
    case 'notice':
      return { ...next, notices: [...state.notices, noticeText(event)] };
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

/** Units a second and milliseconds left of a step that works; null where nothing can be said yet. */
export function paceOf(
  { startedMs, ms, done, total }: StepProgress,
  nowMs: number,
): { readonly perSecond: number | null; readonly leftMs: number | null } {
  const elapsed = nowMs - startedMs;
  if (ms !== null || done <= 0 || elapsed < 500) return { perSecond: null, leftMs: null };
  const perSecond = (done / elapsed) * 1000;
  return { perSecond, leftMs: total === null ? null : Math.max(0, ((total - done) / perSecond) * 1000) };
}

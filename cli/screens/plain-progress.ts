import type { PastRun } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import type { ProgressSink } from './progress-sink.ts';
import { noticeText, reduce, startProgress } from './run-progress-state.ts';
import { runText, stepText } from './step-text.ts';

/** How long nothing is said while all goes well. */
const QUIET_MS = 5_000;

/** Notices at once, and now and then a line on the step that works. */
export function plainProgress({ err, elapsedMs }: Pick<Context, 'err' | 'elapsedMs'>, past: PastRun | null = null): ProgressSink {
  let state = startProgress(elapsedMs(), past);
  let saidMs = elapsedMs();
  const say = () => {
    const atMs = elapsedMs();
    const step = state.steps.at(-1);
    if (!step || atMs - saidMs < QUIET_MS) return;
    saidMs = atMs;
    state = reduce(state, { event: null, atMs });
    const left = runText(state);
    err.lines(`${state.pipeline ?? ''}: ${left === null ? '' : `${left}; `}${step.name}, ${stepText(step, atMs)}`);
  };
  const timer = setInterval(say, QUIET_MS);
  timer.unref();
  return {
    emit: (event) => {
      state = reduce(state, { event, atMs: elapsedMs() });
      if (event.type === 'schema-drift' || event.type === 'notice') err.lines(`${err.glyphs.warning} ${noticeText(event)}`);
      say();
    },
    stop: async () => clearInterval(timer),
  };
}

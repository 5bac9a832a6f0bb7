import type { PastRun } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import { liveView } from './live-view.tsx';
import type { ProgressSink } from './progress-sink.ts';
import { RunProgressView } from './run-progress.tsx';
import { reduce, startProgress } from './run-progress-state.ts';

/** The view of a run's steps. */
export function liveProgress({ err, elapsedMs }: Pick<Context, 'err' | 'elapsedMs'>, stream: NodeJS.WriteStream, past: PastRun | null): ProgressSink {
  let state = startProgress(elapsedMs(), past);
  const { stop } = liveView(stream, (height) => {
    state = reduce(state, { event: null, atMs: elapsedMs() });
    return <RunProgressView state={state} glyphs={err.glyphs} height={height} />;
  });
  return {
    emit: (event) => {
      state = reduce(state, { event, atMs: elapsedMs() });
    },
    stop,
  };
}

import { type Instance, render } from 'ink';
import type { PastRun } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import type { ProgressSink } from './progress-sink.ts';
import { RunProgressView } from './run-progress.tsx';
import { reduce, startProgress } from './run-progress-state.ts';

const FRAME_MS = 100;
const MOST_STEPS = 8;
/** Title, the line of hidden steps, and one to spare. */
const OTHER_LINES = 4;

/** The view of a run's steps, redrawn at most ten times a second. Takes no keys: Ctrl-C stays a signal. */
export function liveProgress({ err, elapsedMs }: Pick<Context, 'err' | 'elapsedMs'>, stream: NodeJS.WriteStream, past: PastRun | null): ProgressSink {
  let state = startProgress(elapsedMs(), past);
  const view = () => (
    <RunProgressView state={state} glyphs={err.glyphs} height={Math.max(1, Math.min(MOST_STEPS, (stream.rows || 24) - OTHER_LINES))} />
  );
  const instance: Instance = render(view(), { stdout: stream, stderr: stream, exitOnCtrlC: false, patchConsole: false });
  const draw = () => {
    state = reduce(state, { event: null, atMs: elapsedMs() });
    instance.rerender(view());
  };
  const timer = setInterval(draw, FRAME_MS);
  // A window that was made narrower would keep the ends of lines of the last frame.
  const clear = () => instance.clear();
  stream.on('resize', clear);
  return {
    emit: (event) => {
      state = reduce(state, { event, atMs: elapsedMs() });
    },
    stop: async () => {
      clearInterval(timer);
      stream.off('resize', clear);
      draw();
      instance.clear();
      instance.unmount();
      await instance.waitUntilExit().catch(() => undefined);
    },
  };
}

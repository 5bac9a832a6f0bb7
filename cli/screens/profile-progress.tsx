import type { ProfileFilesOptions } from '../../toolkit/profile/index.ts';
import type { Context } from '../context.ts';
import { liveView } from './live-view.tsx';
import { profileText, reduceProfile, startProfileProgress } from './profile-progress-state.ts';
import { StepsView } from './steps-view.tsx';

/** What is told of a profile while it is worked out. */
export interface ProfileListener extends Required<Pick<ProfileFilesOptions, 'onStep' | 'onBytes'>> {
  /** Takes it off the screen. */
  stop(): Promise<void>;
}

/** The view of a profile's steps. */
export function liveProfile({ err, elapsedMs }: Pick<Context, 'err' | 'elapsedMs'>, stream: NodeJS.WriteStream): ProfileListener {
  let state = startProfileProgress(elapsedMs());
  const { stop } = liveView(stream, (height) => {
    state = reduceProfile(state, { event: null, atMs: elapsedMs() });
    const title = `Profiling ${err.glyphs.dot} ${profileText(state, err.glyphs.dot)}`;
    return <StepsView {...state} title={title} notices={[]} glyphs={err.glyphs} height={height} />;
  });
  return {
    onStep: (event) => {
      state = reduceProfile(state, { event, atMs: elapsedMs() });
    },
    onBytes: (done, total) => {
      state = reduceProfile(state, { event: { done, total }, atMs: elapsedMs() });
    },
    stop,
  };
}

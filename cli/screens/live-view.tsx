import { render } from 'ink';
import type { ReactElement } from 'react';

const FRAME_MS = 100;
const MOST_STEPS = 8;
/** Title, the line of hidden steps, and one to spare. */
const OTHER_LINES = 4;

/**
 * Draws a view of steps, ten times a second, until it is stopped, which takes it off. Takes no keys: Ctrl-C stays a signal.
 *
 * @param view makes the view as it is at the moment, given how many steps fit the window
 */
export function liveView(stream: NodeJS.WriteStream, view: (height: number) => ReactElement): { stop(): Promise<void> } {
  const now = () => view(Math.max(1, Math.min(MOST_STEPS, (stream.rows || 24) - OTHER_LINES)));
  const instance = render(now(), { stdout: stream, stderr: stream, exitOnCtrlC: false, patchConsole: false });
  const draw = () => instance.rerender(now());
  const timer = setInterval(draw, FRAME_MS);
  // A window that was made narrower would keep the ends of lines of the last frame.
  const clear = () => instance.clear();
  stream.on('resize', clear);
  return {
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

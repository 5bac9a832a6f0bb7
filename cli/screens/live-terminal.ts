import type { Context } from '../context.ts';

/** The terminal on stderr that a view can be drawn on; null where there is none, where it is read aloud, and on a CI machine. */
export function liveTerminal({ stderr, err, env }: Pick<Context, 'stderr' | 'err' | 'env'>): NodeJS.WriteStream | null {
  // Where CI is set Ink leaves every frame standing.
  if (!stderr.isTTY || stderr.stream === null || err.isPlain || env['CI']) return null;
  // chalk, which Ink colours with, knows no NO_COLOR; both look at the process when they are loaded.
  if (env['NO_COLOR']) process.env['FORCE_COLOR'] = '0';
  process.env['NODE_ENV'] ??= 'production';
  return stderr.stream;
}

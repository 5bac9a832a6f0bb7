import type { Context } from '../context.ts';
import { plainProgress } from './plain-progress.ts';
import type { ProgressSink } from './progress-sink.ts';

/** A live view on a terminal; elsewhere, and where it is read aloud, a line now and then. */
export async function openProgress(context: Context): Promise<ProgressSink> {
  const { stderr, err } = context;
  // Where CI is set Ink leaves every frame standing.
  if (!stderr.isTTY || stderr.stream === null || err.isPlain || context.env['CI']) return plainProgress(context);
  // chalk, which Ink colours with, knows no NO_COLOR; both look at the process when they are loaded.
  if (context.env['NO_COLOR']) process.env['FORCE_COLOR'] = '0';
  process.env['NODE_ENV'] ??= 'production';
  const { liveProgress } = await import('./live-progress.tsx');
  return liveProgress(context, stderr.stream);
}

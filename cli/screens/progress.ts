import type { PastRun } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import { plainProgress } from './plain-progress.ts';
import type { ProgressSink } from './progress-sink.ts';

/**
 * A live view on a terminal; elsewhere, and where it is read aloud, a line now and then.
 *
 * @param past the last run of the same pipeline and environment that succeeded: how long is left is judged by it
 */
export async function openProgress(context: Context, past: PastRun | null): Promise<ProgressSink> {
  const { stderr, err } = context;
  // Where CI is set Ink leaves every frame standing.
  if (!stderr.isTTY || stderr.stream === null || err.isPlain || context.env['CI']) return plainProgress(context, past);
  // chalk, which Ink colours with, knows no NO_COLOR; both look at the process when they are loaded.
  if (context.env['NO_COLOR']) process.env['FORCE_COLOR'] = '0';
  process.env['NODE_ENV'] ??= 'production';
  const { liveProgress } = await import('./live-progress.tsx');
  return liveProgress(context, stderr.stream, past);
}

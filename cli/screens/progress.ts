import type { PastRun } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import { liveTerminal } from './live-terminal.ts';
import { plainProgress } from './plain-progress.ts';
import type { ProgressSink } from './progress-sink.ts';

/**
 * A live view on a terminal; elsewhere, and where it is read aloud, a line now and then.
 *
 * @param past the last run of the same pipeline and environment that succeeded: how long is left is judged by it
 */
export async function openProgress(context: Context, past: PastRun | null): Promise<ProgressSink> {
  const stream = liveTerminal(context);
  if (stream === null) return plainProgress(context, past);
  const { liveProgress } = await import('./live-progress.tsx');
  return liveProgress(context, stream, past);
}

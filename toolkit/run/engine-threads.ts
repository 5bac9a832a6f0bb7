import { availableParallelism } from 'node:os';

/** Of the engine's memory, what a thread needs for rows of many columns. With much less a run on many cores ran out of memory where one on few did not. */
const BYTES_A_THREAD = 200_000_000;

/**
 * How many threads the engine may use within its memory: one a core, but none that would have too little to work with; at least one.
 *
 * @param engineBytes what the engine may use, `engineShare`
 */
export const engineThreads = (engineBytes: number, cores = availableParallelism()): number =>
  Math.max(1, Math.min(cores, Math.floor(engineBytes / BYTES_A_THREAD)));

/** What a run takes beside the engine whatever the engine may use: Node, the pipeline, SQLite, texts on their way. */
const BESIDE_BYTES = 270_000_000;
/** Of what is left, the engine is told to use so much: it takes more than it is told while it works. */
const SHARE = 0.62;

/**
 * How many bytes the engine may use so that the whole process stays within a limit.
 *
 * @param limitBytes what the process may take, `limits.memory`
 */
export const engineShare = (limitBytes: number): number => Math.floor((limitBytes - BESIDE_BYTES) * SHARE);

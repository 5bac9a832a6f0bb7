/** How often a cancel is said again. */
const AGAIN_MS = 50;

/**
 * Interrupts an engine when a signal is aborted, and again until the caller lets go: DuckDB and SQLite forget an interrupt that
 * reaches them after a statement was handed over and before a thread of theirs has begun it, and would run it to its end.
 *
 * @returns lets go
 */
export function interruptOn(signal: AbortSignal | undefined, interrupt: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    interrupt();
    timer = setInterval(interrupt, AGAIN_MS).unref();
  };
  signal?.addEventListener('abort', begin, { once: true });
  return () => {
    signal?.removeEventListener('abort', begin);
    clearInterval(timer);
  };
}

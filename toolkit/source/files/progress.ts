import { stat } from 'node:fs/promises';
import type { ReadOptions } from '../shape.ts';

/** A function that is told of bytes as they are read and reports how many of all files are done. */
export async function progressOf(paths: readonly string[], { onProgress }: ReadOptions): Promise<(bytes: number) => void> {
  if (!onProgress) return () => {};
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const total = sizes.reduce((a, b) => a + b, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress(Math.min(done, total), total);
  };
}

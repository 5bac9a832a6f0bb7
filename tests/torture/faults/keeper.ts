import { appendFile, readFile } from 'node:fs/promises';

/** Does work under a key, unless it was done before and nothing was wrong: then gives what came of it. */
export type Keep = <T extends { readonly wrong: readonly string[] }>(key: string, work: () => Promise<T>) => Promise<T>;

/** Keeps what goes right in a file, a line each, so that hours of work can be broken off and taken up again; without a file keeps nothing. */
export async function keeper(file: unknown): Promise<Keep> {
  if (typeof file !== 'string') return (_, work) => work();
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const kept = new Map(lines.map((line) => JSON.parse(line) as [string, never]));
  return async (key, work) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const result = await work();
    if (result.wrong.length === 0) await appendFile(file, `${JSON.stringify([key, result])}\n`);
    return result;
  };
}

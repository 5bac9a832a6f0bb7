import { glob, isDynamicPattern } from 'tinyglobby';

/** Whether a path holds anything that a pattern would. */
export const isPattern = (path: string): boolean => isDynamicPattern(path);

/** The files that a pattern of `*`, `?`, `[…]`, `{a,b}` and `**` matches, as absolute paths in byte order. Links are followed; hidden files need a dot in the pattern. */
export async function filesMatching(pattern: string): Promise<string[]> {
  const found = await glob(pattern, { absolute: true, onlyFiles: true, expandDirectories: false });
  return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

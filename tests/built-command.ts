import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const COMPILED = ['toolkit', 'cli'];
/** Pipelines are not compiled: they run as they were written. */
const PIPELINES = join(ROOT, 'toolkit/pipelines');

/** The sources that changed after the build, as paths from the root. */
function changedSince(builtMs: number): string[] {
  return COMPILED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ).filter((path) => /\.tsx?$/.test(path) && !join(ROOT, path).startsWith(PIPELINES) && statSync(join(ROOT, path)).mtimeMs > builtMs);
}

let words: readonly string[] | null = null;

/**
 * The program and its first words that start the compiled command, which starts in a fraction of the time that the source takes.
 * @throws Error where a source is newer than what was compiled: what is tested is what was written.
 */
export function builtCommand(): readonly string[] {
  if (words) return words;
  const builtMs = statSync(MAIN, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const [changed] = changedSince(builtMs);
  if (changed) throw new Error(`"${changed}" is newer than dist/.\nIn ${ROOT}\nFix: npm run build`);
  words = [process.execPath, MAIN];
  return words;
}

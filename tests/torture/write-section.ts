import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/reference/robustness.md', import.meta.url));

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->` in the page on robustness. */
export async function writeSection(name: string, text: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for "${name}": ${open} … ${close}.`);
  await writeFile(PAGE, `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`);
}

import type { FilesRead } from '../../toolkit/run/document.ts';
import { bytes, count } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';

/** How many files of each source were read in which way. */
export function filesTable(sources: Readonly<Record<string, FilesRead>>, paper: Paper): string[] {
  const lines = Object.entries(sources).map(([source, read]) => [
    source,
    count(read.files),
    bytes(read.bytes),
    ...[read.plain, read.copied, read.rewritten].map(count),
  ]);
  const number = (title: string) => ({ title, align: 'right' as const });
  const ways = ['plain', 'copied', 'rewritten'].map(number);
  return lines.length === 0 ? [] : table([{ title: 'source' }, number('files'), number('size'), ...ways], lines, paper);
}

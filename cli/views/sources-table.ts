import type { SourceRows } from '../../toolkit/run/document.ts';
import { count } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';

/** What was read, accepted, refused and warned of, a source a row. */
export function sourcesTable(rows: Readonly<Record<string, SourceRows>>, paper: Paper): string[] {
  const { bad, warning } = paper.theme;
  const lines = Object.entries(rows).map(([source, { read, accepted, rejected, warned }]) => [
    source,
    count(read),
    count(accepted),
    rejected > 0 ? bad(count(rejected)) : '0',
    warned > 0 ? warning(count(warned)) : '0',
  ]);
  const number = (title: string) => ({ title, align: 'right' as const });
  return lines.length === 0
    ? []
    : table([{ title: 'source' }, number('read'), number('accepted'), number('refused'), number('warned')], lines, paper);
}

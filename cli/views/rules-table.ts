import { count, percent } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';
import { type BrokenRule, verdictOf } from '../run/broken-rules.ts';

/** Broken rules, one a row: how many records, what was done with them, and what is wrong in plain words; in full with code and share. */
export function rulesTable(broken: readonly BrokenRule[], isFull: boolean, paper: Paper): string[] {
  if (broken.length === 0) return [];
  const { bad, warning } = paper.theme;
  const rows = broken.map((it) => {
    const records = (it.severity === 'reject' ? bad : warning)(count(it.records));
    const what = it.reason ?? it.rule;
    return isFull
      ? [records, percent(it.records, it.read), verdictOf(it), `${it.source}.${it.rule}`, what]
      : [records, verdictOf(it), it.source, what];
  });
  const records = { title: 'records', align: 'right' } as const;
  const what = { title: 'what is wrong', isFlexible: true };
  return table(
    isFull
      ? [records, { title: 'share', align: 'right' }, { title: '' }, { title: 'rule' }, what]
      : [records, { title: '' }, { title: 'source' }, what],
    rows,
    paper,
    sentence,
  );
}

// Read aloud, what is wrong comes first.
const sentence = (row: readonly string[]): string => {
  const rest = [...row];
  const what = rest.pop() ?? '';
  return `${what} ${rest.filter((cell) => cell !== '').join(', ')}`;
};

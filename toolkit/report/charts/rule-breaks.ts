import type { RunDocument } from '../../run/document.ts';
import { Chart } from './chart.ts';
import { unlike } from './distribution/words.ts';
import { bars, heightOf, highlight, specOf } from './draw/spec.ts';
import { nothing } from './nothing.ts';
import { label, listOf } from './words/label.ts';
import { amount, counted } from './words/number.ts';
import { percent, shareOf } from './words/share.ts';

const MOST_BARS = 15;

/**
 * Which rules records broke, and how often: one bar a rule that was broken, the most broken first.
 *
 * - In: the document of a run (`daybook run --json`), or what a check counted under its source's name.
 * - A record that breaks two rules counts at both.
 * @example charts.ruleBreaks(document)
 * @example charts.ruleBreaks({ rows: { crm: counts.rows }, rules: { crm: counts.rules } })
 */
export function ruleBreaks(run: Pick<RunDocument, 'rules' | 'rows'>): Chart {
  const read = Object.values(run.rows).reduce((sum, rows) => sum + rows.read, 0);
  const all = Object.entries(run.rules).flatMap(([source, rules]) =>
    Object.entries(rules).map(([rule, broken]) => ({ source, rule, records: broken, of: run.rows[source]?.read ?? 0 })),
  );
  const table = all
    .filter(({ records }) => records > 0)
    .toSorted((a, b) => b.records - a.records || (`${a.source}.${a.rule}` < `${b.source}.${b.rule}` ? -1 : 1));
  const [first] = table;
  if (all.length === 0 || read === 0) return nothing('no record was checked');
  if (!first)
    return nothing(`${all.length === 1 ? 'the one rule was not' : `none of the ${all.length} rules was`} broken by ${counted(read, 'records')}`);
  const title = `${shareOf(first.records, first.of, `${label(first.source)} records`)} break ${label(first.rule)}, more than any other rule`;
  const isTied = table[1]?.records === first.records;
  const total = table.reduce((sum, { records }) => sum + records, 0);
  const named = table.slice(0, 3).map(({ source, rule, records }) => `${label(source)} ${label(rule)} (${amount(records)})`);
  const summary = `${counted(read, 'records')} ${read === 1 ? 'was' : 'were'} read; ${table.length} of ${counted(all.length, 'rules')} ${table.length === 1 ? 'was' : 'were'} broken, ${counted(total, 'times')} in all. Most often ${listOf(named)}.`;
  const drawn = table.slice(0, MOST_BARS);
  const data = drawn.map(({ source, rule, records, of }, i) => ({
    label: label(`${source} ${rule}`, 40),
    value: records,
    text: `${amount(records)}  (${percent(records, of)})`,
    colour: highlight(i === 0),
  }));
  const left = table.length - drawn.length;
  const subtitle = `Records by broken rule, with their share of the source${left > 0 ? `; ${left === 1 ? 'one more rule was' : `${left} more rules were`} broken no more often` : ''}`;
  const said = isTied ? title.replace(', more than any other rule', ', as many as any other rule') : title;
  return new Chart({
    spec: specOf({ title: said, subtitle, summary, height: heightOf(data.length), data: unlike(data), layer: bars(data) }),
    title: said,
    summary,
    table,
  });
}

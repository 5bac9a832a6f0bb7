import { col, count, type Frame, isNull, loose, type Scalar, typed } from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { unlike } from './distribution/words.ts';
import { bars, heightOf, highlight, specOf } from './draw/spec.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, rowsOf } from './options.ts';
import { label, listOf, wordsOf } from './words/label.ts';
import { amount, counted } from './words/number.ts';
import { percent, shareOf } from './words/share.ts';

const MOST_BARS = 20;

/**
 * Which columns have nulls, and how many: one bar a column, the emptiest first. Complete columns are counted, not drawn.
 *
 * @example await charts.missingValues(accepted, { noun: 'customers', columns: ['email', 'phone', 'company'] })
 */
export async function missingValues<R extends object>(
  frame: Frame<R>,
  options: ChartOptions & { readonly columns?: readonly (keyof R & string)[] } = {},
): Promise<Chart> {
  const noun = options.noun ?? 'rows';
  const names = options.columns ?? (frame.columns as readonly (keyof R & string)[]);
  const nulls = loose(frame.select(...names)).rollup((c) => ({
    rows_: count(),
    ...Object.fromEntries(names.map((name, i) => [`n${i}`, count().where(isNull(col<Scalar>(c, name)))])),
  }));
  const [found] = await rowsOf<Record<string, number>>(typed(nulls), options);
  const rows = found?.['rows_'] ?? 0;
  if (rows === 0) return nothing(`there are no ${noun}`);
  const table = names
    .map((column, i) => ({ column, nulls: found?.[`n${i}`] ?? 0 }))
    .toSorted((a, b) => b.nulls - a.nulls || (a.column < b.column ? -1 : 1));
  const some = table.filter((row) => row.nulls > 0);
  const complete = table.length - some.length;
  const [first] = some;
  if (!first)
    return nothing(
      `${table.length === 1 ? 'the one column' : `none of the ${table.length} columns`} has ${table.length === 1 ? 'no' : 'a'} null in ${counted(rows, noun)}`,
    );
  const title = `${shareOf(first.nulls, rows, noun)} have no ${wordsOf(first.column).toLowerCase()}${complete > 0 ? `; ${complete} of ${table.length} columns ${complete === 1 ? 'is' : 'are'} complete` : ''}`;
  const named = some.slice(0, 3).map(({ column, nulls: n }) => `${wordsOf(column).toLowerCase()} (${amount(n)})`);
  const summary = `${counted(rows, noun)}, ${counted(table.length, 'columns')}. Nulls are in ${some.length}, most of all in ${listOf(named)}; ${complete === 0 ? 'no column is' : `${complete} ${complete === 1 ? 'is' : 'are'}`} complete.`;
  const drawn = some.slice(0, MOST_BARS);
  const data = drawn.map(({ column, nulls: n }, i) => ({
    label: label(column),
    value: n,
    text: `${amount(n)}  (${percent(n, rows)})`,
    colour: highlight(i === 0),
  }));
  const left = some.length - drawn.length;
  const subtitle = `Nulls by column, of ${counted(rows, noun)}${left > 0 ? `; ${left === 1 ? 'one more column has' : `${left} more columns have`} no more` : ''}`;
  return new Chart({
    spec: specOf({ title, subtitle, summary, height: heightOf(data.length), data: unlike(data), layer: bars(data) }),
    title,
    summary,
    table,
  });
}

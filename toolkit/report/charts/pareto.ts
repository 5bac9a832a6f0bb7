import { asText, col, count, desc, type Frame, loose, type Scalar, sum as sumOf, typed } from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { unlike } from './distribution/words.ts';
import { type Datum, heightOf, highlight, specOf } from './draw/spec.ts';
import { COLOURS } from './draw/theme.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, requireLabels, rowsOf } from './options.ts';
import type { ColumnsOf } from './trend.ts';
import { label, wordsOf } from './words/label.ts';
import { amount, counted, rounded } from './words/number.ts';
import { percent } from './words/share.ts';

export interface ParetoOptions<R> extends ChartOptions {
  /** A column to add up. Without it rows are counted. */
  readonly sum?: ColumnsOf<R, number>;
}
const MOST_BARS = 15;
/** Pareto's share. */
const VITAL = 0.8;

interface Group {
  readonly group: string | null;
  readonly value: number;
}

/**
 * The vital few: the values of a column by how much they bring, and what they make up together.
 *
 * - A null is a group of its own. Groups that bring nothing or less are counted, said and left out.
 * @throws DaybookError `chart.personal-column` where the column is personal
 * @example await charts.pareto(tickets, 'issue_type', { noun: 'tickets' })
 */
export async function pareto<R extends object>(frame: Frame<R>, column: keyof R & string, options: ParetoOptions<R> = {}): Promise<Chart> {
  const { sum, noun = 'rows' } = options;
  requireLabels(frame, column, options);
  const grouped = loose(frame.select(...new Set([column, ...(sum ? [sum] : [])])))
    .derive((c) => ({ group_: asText(col<Scalar>(c, column)), value_: sum ? col<number | null>(c, sum) : (null as never) }))
    .groupby('group_')
    .rollup((c) => ({ value: sum ? sumOf(col<number | null>(c, 'value_')) : count() }))
    .rename({ group_: 'group' })
    .orderby(desc('value'), 'group');
  const found = (await rowsOf<{ group: string | null; value: number | null }>(typed(grouped), options)).map(
    ({ group, value }): Group => ({ group, value: Number(value ?? 0) }),
  );
  if (found.length === 0) return nothing(`there are no ${noun}`);
  const groups = found.filter(({ value }) => value > 0);
  if (groups.length === 0) return nothing(`no ${wordsOf(column).toLowerCase()} brings anything`);
  return drawn(groups, { column, noun, what: sum ? wordsOf(sum).toLowerCase() : noun, without: found.length - groups.length });
}

interface Told {
  readonly column: string;
  readonly noun: string;
  readonly what: string;
  /** Groups that bring nothing or less. */
  readonly without: number;
}

function drawn(groups: readonly Group[], { column, noun, what, without }: Told): Chart {
  const total = groups.reduce((sum, { value }) => sum + value, 0);
  let sum = 0;
  const table = groups.map(({ group, value }) => {
    sum += value;
    return { group: group ?? '(no value)', value: rounded(value), share: rounded(value / total), cumulative: rounded(sum / total) };
  });
  const few = table.findIndex(({ cumulative }) => cumulative >= VITAL - 1e-9) + 1;
  const reached = table[few - 1]?.cumulative ?? 1;
  const name = wordsOf(column).toLowerCase();
  const title =
    table.length === 1
      ? `All ${what} come from one ${name}, “${label(table[0]?.group ?? '')}”`
      : `${few} of ${amount(table.length)} values of ${name} ${few === 1 ? 'makes' : 'make'} up ${percent(reached, 1)} of ${what}`;
  const unsaid = without > 0 ? ` ${amount(without)} more ${without === 1 ? 'brings nothing and is' : 'bring nothing and are'} left out.` : '';
  const summary = `${what === noun ? counted(total, noun) : `${amount(rounded(total))} in ${what}`} by ${name}, from ${counted(table.length, 'values')}. The greatest, “${label(table[0]?.group ?? '')}”, makes up ${percent(table[0]?.share ?? 0, 1)}${few === 1 ? '' : `; the first ${few} make up ${percent(reached, 1)}`}.${unsaid}`;
  const left = table.length - Math.min(MOST_BARS, table.length);
  const data = table.slice(0, MOST_BARS).map(
    ({ group, value, share, cumulative }, i): Datum => ({
      label: `${label(group, 24)} (${amount(value)})`,
      share,
      cumulative,
      text: percent(cumulative, 1),
      colour: highlight(i < few),
    }),
  );
  const subtitle = `Share of ${what} by ${name} (bars), and the share of all down to there (line)${left > 0 ? `; ${amount(left)} smaller ones are not drawn` : ''}`;
  const shown = unlike(data);
  return new Chart({
    spec: specOf({
      title,
      subtitle,
      summary,
      height: heightOf(data.length) + 20,
      data: shown,
      layer: layers(shown.map((row) => String(row['label']))),
    }),
    title,
    summary,
    table,
  });
}

function layers(order: readonly string[]) {
  const y = { field: 'label', type: 'nominal', sort: order, axis: { title: null, domain: false, ticks: false, labelPadding: 8 } };
  const axis = { title: null, labelExpr: "format(datum.value * 100, '.0f') + ' %'", values: [0, 0.2, 0.4, 0.6, 0.8, 1], domain: false, ticks: false };
  // above the line, which only falls; the halo keeps it clear of the rule
  const text = (mark: object) => ({
    mark: { type: 'text', align: 'left', dx: 5, dy: -9, fontSize: 11, ...mark },
    encoding: { y, x: x('cumulative'), text: { field: 'text', type: 'nominal' } },
  });
  const x = (field: string) => ({ field, type: 'quantitative', axis, scale: { domain: [0, 1.12], nice: false } });
  return [
    { mark: { type: 'bar', height: { band: 0.7 } }, encoding: { y, x: x('share'), color: { field: 'colour', type: 'nominal', scale: null } } },
    { mark: { type: 'rule', strokeDash: [4, 4], color: COLOURS.quiet }, encoding: { x: { datum: VITAL, type: 'quantitative', axis } } },
    {
      mark: { type: 'line', color: COLOURS.accent, point: { color: COLOURS.accent, size: 36 } },
      encoding: { y: { ...y }, x: x('cumulative'), order: { field: 'cumulative', type: 'quantitative' } },
    },
    text({ stroke: COLOURS.background, strokeWidth: 4 }),
    text({ color: COLOURS.accent }),
  ];
}

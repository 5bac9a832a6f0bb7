import { asText, col, count, type Frame, loose, type Scalar, typed } from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { unlike } from './distribution/words.ts';
import { bars, type Datum, heightOf, type Spec, specOf } from './draw/spec.ts';
import { COLOURS, inkOn } from './draw/theme.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, requireLabels, rowsOf } from './options.ts';
import { label, wordsOf } from './words/label.ts';
import { amount, andOthers, counted, rounded } from './words/number.ts';
import { percent, shareOf } from './words/share.ts';

export interface RiskMixOptions<R, K extends keyof R> extends ChartOptions {
  /** The levels from the least to the greatest. Default: Low, Medium, High. */
  readonly order?: readonly (R[K] & string)[];
  /** A column to compare the mix by: one bar a value, the riskiest first. */
  readonly by?: keyof R & string;
}
const LEVELS = ['Low', 'Medium', 'High'];
const MOST_BARS = 15;
/** A segment narrower than this share has no room for its text. */
const ROOM = 0.095;

interface Count {
  readonly level: string | null;
  readonly group: string | null;
  readonly n: number;
}

/**
 * How many are at which risk, by a column of risk levels; with `by`, compared between groups.
 *
 * - Rows whose level is null or none of `order` are counted, said and not part of any share.
 * @throws DaybookError `chart.personal-column` where `by` is personal
 * @example await charts.riskMix(customers, 'calculated_risk', { by: 'region', noun: 'customers' })
 */
export async function riskMix<R extends object, K extends keyof R & string>(
  frame: Frame<R>,
  column: K,
  options: RiskMixOptions<R, K> = {},
): Promise<Chart> {
  const { by, noun = 'rows' } = options;
  const order: readonly string[] = options.order ?? LEVELS;
  requireLabels(frame, column, options);
  if (by) requireLabels(frame, by, options);
  const counted = loose(frame.select(column, ...(by ? [by] : [])))
    .derive((c) => ({ level_: asText(col<Scalar>(c, column)), group_: by ? asText(col<Scalar>(c, by)) : (null as never) }))
    .groupby('level_', 'group_')
    .rollup(() => ({ n: count() }))
    .rename({ level_: 'level', group_: 'group' })
    .orderby('level', 'group');
  const found = await rowsOf<Count>(typed(counted), options);
  const known = found.filter(({ level }) => level !== null && order.includes(level));
  const total = (list: readonly Count[]) => list.reduce((sum, { n }) => sum + n, 0);
  const [all, rated] = [total(found), total(known)];
  if (all === 0) return nothing(`there are no ${noun}`);
  if (rated === 0) return nothing(`no ${wordsOf(column).toLowerCase()} is known of any of the ${amount(all)} ${noun}`);
  const atRisk = total(known.filter(({ level }) => level !== order[0]));
  const said = `${shareOf(atRisk, rated, noun)} are at ${order.length === 1 ? `another level than ${String(order[0]).toLowerCase()}` : order.length === 2 ? String(order[1]).toLowerCase() : `${String(order[1]).toLowerCase()} risk or above`}`;
  const unrated = all - rated;
  const levels = order.map((level) => ({ level: String(level), n: total(known.filter((it) => it.level === level)) }));
  const told = levels.map(({ level, n }) => `${level}: ${amount(n)} (${percent(n, rated)})`).join('; ');
  const unsaid = unrated > 0 ? ` ${amount(unrated)} have no such level and are left out.` : '';
  const summary = `${amount(rated)} ${noun} by ${wordsOf(column).toLowerCase()}. ${told}.${unsaid}`;
  const subtitle = `${wordsOf(column)}, ${by ? `share of ${noun} by ${wordsOf(by).toLowerCase()}` : `number of ${noun}`}${unrated > 0 ? `; ${amount(unrated)} without a level are left out` : ''}`;
  return by
    ? compared({ known, order: order.map(String), said, summary, subtitle, by: String(by), noun })
    : alone({ levels, rated, said, summary, subtitle, column, noun });
}

const colourOf = (at: number, of: number): string => (at === 0 ? COLOURS.low : at === of - 1 ? COLOURS.high : COLOURS.medium);

function alone(told: {
  readonly levels: readonly { readonly level: string; readonly n: number }[];
  readonly rated: number;
  readonly said: string;
  readonly summary: string;
  readonly subtitle: string;
  readonly column: string;
  readonly noun: string;
}): Chart {
  const { levels, rated, said, summary, subtitle, column, noun } = told;
  const data = levels.map(
    ({ level, n }, i): Datum => ({ label: label(level), value: n, text: `${amount(n)}  (${percent(n, rated)})`, colour: colourOf(i, levels.length) }),
  );
  const spec = specOf({ title: said, subtitle, summary, height: heightOf(data.length) * 1.3, data: unlike(data), layer: bars(data) });
  return new Chart({ spec, title: said, summary, table: levels.map(({ level, n }) => ({ [column]: level, [noun]: n })) });
}

function compared(told: {
  readonly known: readonly Count[];
  readonly order: readonly string[];
  readonly said: string;
  readonly summary: string;
  readonly subtitle: string;
  readonly by: string;
  readonly noun: string;
}): Chart {
  const { known, order, said, subtitle, by, noun } = told;
  const groups = [...new Set(known.map(({ group }) => group))].map((group) => {
    const counts = order.map((level) => known.find((it) => it.group === group && it.level === level)?.n ?? 0);
    const n = counts.reduce((sum, it) => sum + it, 0);
    return { group: group ?? '(no value)', counts, n, risk: (n - (counts[0] ?? 0)) / n };
  });
  const sorted = groups.toSorted((a, b) => b.risk - a.risk || b.n - a.n || (a.group < b.group ? -1 : 1));
  const [first] = sorted;
  const names = unlike(sorted.slice(0, MOST_BARS).map(({ group, n }) => ({ label: `${label(group, 24)} (${amount(n)})` })));
  const data = sorted.slice(0, MOST_BARS).flatMap(({ counts, n }, row) => {
    let before = 0;
    return counts.map((k, i): Datum => {
      const from = rounded(before);
      before += k / n;
      const colour = colourOf(i, order.length);
      return {
        label: names[row]?.['label'] ?? '',
        level: order[i] ?? '',
        from,
        to: rounded(before),
        middle: rounded((from + before) / 2),
        colour,
        ink: inkOn(colour),
        text: k / n >= ROOM ? percent(k, n) : '',
      };
    });
  });
  const tied = sorted.filter(({ risk }) => risk === first?.risk).length;
  const riskiest = first && tied < sorted.length ? `${label(first.group)}${andOthers(tied - 1, 'groups')}` : null;
  const title = first && riskiest ? `${said}, most of all in ${riskiest} (${percent(first.n - (first.counts[0] ?? 0), first.n)})` : said;
  const left = sorted.length - names.length;
  const summary = `${told.summary} ${counted(groups.length, 'groups')} by ${wordsOf(by).toLowerCase()}${riskiest ? `; the riskiest ${tied === 1 ? 'is' : 'are'} ${riskiest}` : groups.length > 1 ? ', all at the same risk' : ''}.`;
  const layer = stacked(
    data,
    names.map((name) => String(name['label'])),
    order,
  );
  const spec = specOf({
    title,
    subtitle: `${subtitle}${left > 0 ? `; ${left} more are at no greater risk` : ''}`,
    summary,
    height: heightOf(names.length),
    data,
    layer,
  });
  const table = sorted.map(({ group, counts }) => ({ [by]: group, ...Object.fromEntries(order.map((level, i) => [level, counts[i] ?? 0])) }));
  return new Chart({
    spec,
    title,
    summary,
    table: table.map((row) => ({ ...row, [noun]: order.reduce((sum, level) => sum + Number(row[level]), 0) })),
  });
}

function stacked(data: readonly Datum[], labels: readonly string[], order: readonly string[]): readonly Spec[] {
  const y = { field: 'label', type: 'nominal', sort: labels, axis: { title: null, domain: false, ticks: false, labelPadding: 8 } };
  const range = order.map((_, i) => colourOf(i, order.length));
  const scale = { domain: [0, 1] };
  const shown = data.length > 0;
  return [
    {
      mark: { type: 'bar', height: { band: 0.78 } },
      encoding: {
        y,
        x: { field: 'from', type: 'quantitative', axis: null, scale },
        x2: { field: 'to' },
        color: { field: 'level', type: 'nominal', scale: { domain: order, range }, ...(shown ? {} : { legend: null }) },
      },
    },
    {
      mark: { type: 'text', fontSize: 11, dy: 1 },
      encoding: {
        y,
        x: { field: 'middle', type: 'quantitative', axis: null, scale },
        text: { field: 'text', type: 'nominal' },
        color: { field: 'ink', type: 'nominal', scale: null },
      },
    },
  ];
}

import {
  col,
  count,
  eq,
  gte,
  isNull,
  type LooseColumns,
  type LooseFrame,
  literal,
  lt,
  lte,
  max,
  min,
  not,
  quantiles,
  stepOf,
  typed,
  when,
} from '../../../frame/index.ts';
import { Chart } from '../chart.ts';
import { type Datum, highlight, specOf } from '../draw/spec.ts';
import { nothing } from '../nothing.ts';
import { type ChartOptions, rowsOf } from '../options.ts';
import { wordsOf } from '../words/label.ts';
import { amount, counted, rounded } from '../words/number.ts';
import { percent, shareOf } from '../words/share.ts';

interface Range {
  readonly rows: number;
  readonly nulls: number;
  readonly least: number | null;
  readonly most: number | null;
  /** What 1 %, half, nine tenths and 99 % of the values are not above. */
  readonly shares: readonly number[] | null;
}
const SHARES = [0.01, 0.5, 0.9, 0.99];
const BINS = 20;
/** A tail that would take more than half of the picture is gathered in one bar at its end. */
const TAIL = 2;
const HEIGHT = 220;

/** The least of 1, 2, 5, 10 … times a power of ten that is not below a number. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5, 10].find((it) => it * power >= atLeast * (1 - 1e-9)) ?? 10;
  return rounded(factor * power);
}

/** The end of a bar: as many digits as a double is sure of, for steps may be tiny beside the values. */
const edge = (n: number): number => Number(n.toPrecision(15));
/** How many steps: what is as good as whole is whole. */
const settled = (steps: number): number => (Math.abs(steps - Math.round(steps)) < 1e-6 ? Math.round(steps) : steps);

interface Bins {
  readonly from: number;
  readonly step: number;
  /** Whether a bar before the first step holds all below `from`. */
  readonly hasHead: boolean;
  /** Where the last bar begins that holds all above; null where every bar is of one step. */
  readonly tailFrom: number | null;
}

function binsOf({ least, most, shares }: Range, isWhole: boolean): Bins {
  const [low, high] = [least ?? 0, most ?? 0];
  const [first = low, , , last = high] = shares ?? [];
  const hasHead = last > first && (last - low) / (last - first) > TAIL;
  const hasTail = last > first && (high - first) / (last - first) > TAIL;
  const [begin, end] = [hasHead ? first : low, hasTail ? last : high];
  const step = end > begin ? niceStep(Math.max((end - begin) / BINS, isWhole ? 1 : 0)) : isWhole ? 1 : niceStep(Math.max(Math.abs(low) / BINS, 1e-6));
  const from = edge(Math.floor(settled(begin / step)) * step);
  return { from, step, hasHead, tailFrom: hasTail ? edge(from + Math.ceil(settled((end - from) / step)) * step) : null };
}

/** One bar, and how many of its values are not above the median, are the median, and are not below nine tenths of all. */
interface Bar {
  readonly bin: number;
  readonly n: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The distribution of a column of numbers, `value`, as a histogram. */
export async function ofNumbers(values: LooseFrame, column: string, isWhole: boolean, options: ChartOptions): Promise<Chart> {
  const noun = options.noun ?? 'rows';
  const value = (c: LooseColumns) => col<number | null>(c, 'value');
  const summed = typed<Range>(
    values.rollup((c) => ({
      rows: count(),
      nulls: count().where(isNull(value(c))),
      least: min(value(c)),
      most: max(value(c)),
      shares: quantiles(value(c), SHARES),
    })),
  );
  const [found] = await rowsOf<Range>(summed, options);
  if (!found || found.rows === 0) return nothing(`there are no ${noun}`);
  // whole numbers that a double cannot hold come as bigint
  const range = { ...found, least: found.least === null ? null : Number(found.least), most: found.most === null ? null : Number(found.most) };
  if (range.nulls === range.rows) return nothing(`${wordsOf(column)} is null throughout (${counted(range.rows, noun)})`);
  const bins = binsOf(range, isWhole);
  const last = bins.tailFrom === null ? null : Math.round((bins.tailFrom - bins.from) / bins.step);
  const [, median = 0, tenth = 0] = range.shares ?? [];
  const bars = typed<Bar>(
    values
      .filter((c) => not(isNull(value(c))))
      .derive((c) => {
        const bin = stepOf(value(c), bins.from, bins.step);
        const ended = last === null ? bin : when(lt(bin, last), bin).otherwise(last);
        return { bin: bins.hasHead ? when(lt(bin, 0), literal(-1)).otherwise(ended) : ended };
      })
      .groupby('bin')
      .rollup((c) => ({
        n: count(),
        low: count().where(lte(value(c), median)),
        middle: count().where(eq(value(c), median)),
        high: count().where(gte(value(c), tenth)),
      }))
      .orderby('bin'),
  );
  const isYear = isWhole && /\byears?\b/i.test(wordsOf(column)) && Number(range.least) > 999 && Number(range.most) < 10_000;
  return drawn(await rowsOf(bars, options), { range, bins, last, column, noun, isEach: isWhole && bins.step === 1, isYear });
}

interface Told {
  readonly range: Range;
  readonly bins: Bins;
  readonly last: number | null;
  /** Whether each bar is one whole number. */
  readonly isEach: boolean;
  /** Years are written without parting their thousands. */
  readonly isYear: boolean;
  readonly column: string;
  readonly noun: string;
}

/** A value in words. */
const said = ({ isYear }: Told, n: number): string => (isYear && Number.isInteger(n) ? String(n) : amount(n));

function drawn(found: readonly Bar[], told: Told): Chart {
  const { range, bins, last, column, noun } = told;
  const begin = bins.hasHead ? -1 : 0;
  const end = Math.max(...found.map(({ bin }) => bin));
  const data = Array.from({ length: end - begin + 1 }, (_, i) => {
    const bin = i + begin;
    const from = edge(bins.from + bin * bins.step);
    const n = found.find((it) => it.bin === bin)?.n ?? 0;
    return { from, to: edge(from + bins.step), n, colour: highlight(bin >= 0 && bin !== last), bin };
  });
  const table = data.map(({ from, to, n, bin }): Datum => ({ from: bin < 0 ? null : from, to: bin === last ? null : to, [noun]: n }));
  const title = titleOf(found, told);
  const summary = summaryOf(told, data[0]?.n ?? 0, data.at(-1)?.n ?? 0);
  const ends = [
    ...(bins.hasHead ? [`the first bar holds all below ${said(told, bins.from)}`] : []),
    ...(bins.tailFrom === null ? [] : [`the last bar holds all from ${said(told, bins.tailFrom)} up`]),
  ];
  const subtitle = `Number of ${noun} by ${wordsOf(column).toLowerCase()}, in steps of ${[amount(bins.step), ...ends].join('; ')}${nullsOf(range)}`;
  const y = { field: 'n', type: 'quantitative', axis: { title: null, tickCount: 5, tickMinStep: 1, format: ',~r', domain: false, ticks: false } };
  const color = { field: 'colour', type: 'nominal', scale: null };
  const layer = [{ mark: { type: 'bar', binSpacing: 1 }, encoding: { ...scaleOf(told), y, color } }];
  const rows = data.map(({ bin: _, ...row }): Datum => row);
  return new Chart({ spec: specOf({ title, subtitle, summary, height: HEIGHT, data: rows, layer }), title, summary, table });
}

/** Whole numbers one by one stand under the middle of their bars, steps between their ends. */
function scaleOf({ bins: { from, step, hasHead, tailFrom }, column, isEach, isYear }: Told) {
  const axis = { title: wordsOf(column), format: isYear ? 'd' : ',~r', labelOverlap: true, labelSeparation: 8 };
  // half a step: the axis counts in doubles
  const [before, after] = [from - step / 2, (tailFrom ?? 0) - step / 2];
  if (isEach) {
    const head = hasHead ? `datum.value < ${before} ? datum.label + ' or less' : ` : '';
    const tail = tailFrom === null ? '' : `datum.value > ${after} ? datum.label + '+' : `;
    return { x: { field: 'from', type: 'ordinal', axis: { ...axis, labelAngle: 0, labelExpr: `${head}${tail}datum.label` } } };
  }
  const head = hasHead ? `datum.value < ${before} ? '' : datum.value < ${before + step} ? '<' + datum.label : ` : '';
  const tail = tailFrom === null ? '' : `datum.value > ${after + step} ? '' : datum.value > ${after} ? datum.label + '+' : `;
  const labels = { ...axis, grid: false, tickCount: 8, labelFlush: false, labelExpr: `${head}${tail}datum.label` };
  return { x: { field: 'from', type: 'quantitative', bin: { binned: true, step }, axis: labels }, x2: { field: 'to' } };
}

const nullsOf = ({ nulls, rows }: Range): string => (nulls > 0 ? `; ${percent(nulls, rows)} without a value are not drawn` : '');
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A share said as it is: many may be at the median, and more than a tenth at what a tenth reaches. */
function titleOf(found: readonly Bar[], told: Told): string {
  const { range, column, noun } = told;
  const name = wordsOf(column);
  const [, middle = 0, high = 0] = range.shares ?? [];
  if (range.least === range.most) return `${name} is ${said(told, range.least ?? 0)} throughout`;
  const all = range.rows - range.nulls;
  const share = (of: 'low' | 'middle' | 'high') => found.reduce((sum, bar) => sum + bar[of], 0);
  const begin =
    2 * share('middle') >= all
      ? `${name} is ${said(told, middle)} for ${lowerFirst(shareOf(share('middle'), all, noun))}`
      : `${name}: ${lowerFirst(shareOf(share('low'), all, noun))} are at ${said(told, middle)} or less`;
  const isTenth = Math.abs(share('high') / all - 0.1) <= 0.01;
  return high > middle ? `${begin}, ${isTenth ? 'a tenth' : lowerFirst(shareOf(share('high'), all, noun))} at ${said(told, high)} or more` : begin;
}

function summaryOf(told: Told, inHead: number, inTail: number): string {
  const { range, bins, column, noun } = told;
  const { rows, nulls, least, most, shares } = range;
  const known = `${amount(rows - nulls)} of ${counted(rows, noun)} ${rows - nulls === 1 ? 'has' : 'have'} a value of ${wordsOf(column).toLowerCase()}; ${nulls === 0 ? 'none is null' : `${amount(nulls)} ${nulls === 1 ? 'is' : 'are'} null and not drawn`}.`;
  const spread = `The values go from ${said(told, least ?? 0)} to ${said(told, most ?? 0)}, with ${said(told, shares?.[1] ?? 0)} in the middle.`;
  return [
    known,
    spread,
    ...(bins.hasHead ? [`The first bar holds the ${amount(inHead)} below ${said(told, bins.from)}.`] : []),
    ...(bins.tailFrom === null ? [] : [`The last bar holds the ${amount(inTail)} from ${said(told, bins.tailFrom)} up.`]),
  ].join(' ');
}

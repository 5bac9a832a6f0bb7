import { col, count, isNull, type LooseColumns, type LooseFrame, lt, max, min, not, quantiles, stepOf, typed, when } from '../../../frame/index.ts';
import { Chart } from '../chart.ts';
import { type Datum, highlight, specOf } from '../draw/spec.ts';
import { nothing } from '../nothing.ts';
import { type ChartOptions, rowsOf } from '../options.ts';
import { wordsOf } from '../words/label.ts';
import { amount, counted, rounded } from '../words/number.ts';
import { percent } from '../words/share.ts';

interface Range {
  readonly rows: number;
  readonly nulls: number;
  readonly least: number | null;
  readonly most: number | null;
  /** What half, nine tenths and 99 % of the values are not above. */
  readonly shares: readonly number[] | null;
}
const BINS = 20;
/** A tail that would take more than half of the picture is gathered in the last bar. */
const TAIL = 2;
const HEIGHT = 220;

/** The least of 1, 2, 5, 10 … times a power of ten that is not below a number. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5, 10].find((it) => it * power >= atLeast * (1 - 1e-9)) ?? 10;
  return rounded(factor * power);
}

interface Bins {
  readonly from: number;
  readonly step: number;
  /** Where the last bar begins that holds all above; null where every bar is of one step. */
  readonly tailFrom: number | null;
}

function binsOf({ least, most, shares }: Range, isWhole: boolean): Bins {
  const [low, high, near] = [least ?? 0, most ?? 0, shares?.[2] ?? 0];
  const hasTail = near > low && (high - low) / (near - low) > TAIL;
  const end = hasTail ? near : high;
  const step = end > low ? niceStep(Math.max((end - low) / BINS, isWhole ? 1 : 0)) : isWhole ? 1 : niceStep(Math.max(Math.abs(low) / BINS, 1e-6));
  const from = rounded(Math.floor(rounded(low / step)) * step);
  return { from, step, tailFrom: hasTail ? rounded(from + Math.ceil(rounded((end - from) / step)) * step) : null };
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
      shares: quantiles(value(c), [0.5, 0.9, 0.99]),
    })),
  );
  const [range] = await rowsOf<Range>(summed, options);
  if (!range || range.rows === 0) return nothing(`there are no ${noun}`);
  if (range.nulls === range.rows) return nothing(`${wordsOf(column)} is null throughout (${counted(range.rows, noun)})`);
  const bins = binsOf(range, isWhole);
  const last = bins.tailFrom === null ? null : Math.round((bins.tailFrom - bins.from) / bins.step);
  const bars = typed<{ bin: number; n: number }>(
    values
      .filter((c) => not(isNull(value(c))))
      .derive((c) => {
        const bin = stepOf(value(c), bins.from, bins.step);
        return { bin: last === null ? bin : when(lt(bin, last), bin).otherwise(last) };
      })
      .groupby('bin')
      .rollup(() => ({ n: count() }))
      .orderby('bin'),
  );
  return drawn(await rowsOf(bars, options), { range, bins, last, column, noun, isEach: isWhole && bins.step === 1 });
}

interface Told {
  readonly range: Range;
  readonly bins: Bins;
  readonly last: number | null;
  /** Whether each bar is one whole number. */
  readonly isEach: boolean;
  readonly column: string;
  readonly noun: string;
}

function drawn(found: readonly { readonly bin: number; readonly n: number }[], told: Told): Chart {
  const { range, bins, last, column, noun } = told;
  const end = Math.max(...found.map(({ bin }) => bin));
  const table = Array.from({ length: end + 1 }, (_, bin): Datum => {
    const from = rounded(bins.from + bin * bins.step);
    return { from, to: bin === last ? null : rounded(from + bins.step), [noun]: found.find((it) => it.bin === bin)?.n ?? 0 };
  });
  const data = table.map((row) => ({
    from: row['from'] as number,
    to: (row['to'] ?? rounded((row['from'] as number) + bins.step)) as number,
    n: row[noun] as number,
    colour: highlight(row['to'] !== null),
  }));
  const title = titleOf(told);
  const summary = summaryOf(told, Number(table.at(-1)?.[noun]));
  const tail = bins.tailFrom === null ? '' : `; the last bar holds all from ${amount(bins.tailFrom)} up`;
  const subtitle = `Number of ${noun} by ${wordsOf(column).toLowerCase()}, in steps of ${amount(bins.step)}${tail}${nullsOf(range)}`;
  const y = { field: 'n', type: 'quantitative', axis: { title: null, tickCount: 5, tickMinStep: 1, format: ',~r', domain: false, ticks: false } };
  const color = { field: 'colour', type: 'nominal', scale: null };
  const layer = [{ mark: { type: 'bar', binSpacing: 1 }, encoding: { ...scaleOf(told), y, color } }];
  return new Chart({ spec: specOf({ title, subtitle, summary, height: HEIGHT, data, layer }), title, summary, table });
}

/** Whole numbers one by one stand under the middle of their bars, steps between their ends. */
function scaleOf({ bins: { step, tailFrom }, column, isEach }: Told) {
  const title = wordsOf(column);
  if (isEach) {
    const labelExpr = tailFrom === null ? 'datum.label' : `datum.value >= ${tailFrom} ? datum.label + '+' : datum.label`;
    return { x: { field: 'from', type: 'ordinal', axis: { title, labelAngle: 0, labelOverlap: true, labelExpr } } };
  }
  const axis = { title, grid: false, tickCount: 8, format: ',~r', labelFlush: false };
  return { x: { field: 'from', type: 'quantitative', bin: { binned: true, step }, axis }, x2: { field: 'to' } };
}

const nullsOf = ({ nulls, rows }: Range): string => (nulls > 0 ? `; ${percent(nulls, rows)} without a value are not drawn` : '');

function titleOf({ range: { least, most, shares }, column, noun }: Told): string {
  const name = wordsOf(column);
  const [low = 0, middle = 0, high = 0] = [least ?? 0, shares?.[0] ?? 0, shares?.[1] ?? 0];
  if (least === most) return `${name} is ${amount(low)} throughout`;
  const begin =
    middle === low ? `${name} is ${amount(low)} for at least half of the ${noun}` : `${name}: half of the ${noun} are at ${amount(middle)} or less`;
  return high > middle ? `${begin}, a tenth at ${amount(high)} or more` : begin;
}

function summaryOf({ range, bins, column, noun }: Told, inTail: number): string {
  const { rows, nulls, least, most, shares } = range;
  const told = `${amount(rows - nulls)} of ${counted(rows, noun)} have a value of ${wordsOf(column).toLowerCase()}; ${nulls === 0 ? 'none is null' : `${amount(nulls)} ${nulls === 1 ? 'is' : 'are'} null and not drawn`}.`;
  const spread = `The values go from ${amount(least ?? 0)} to ${amount(most ?? 0)}, with ${amount(shares?.[0] ?? 0)} in the middle.`;
  return bins.tailFrom === null
    ? `${told} ${spread}`
    : `${told} ${spread} The last bar holds the ${amount(inTail)} from ${amount(bins.tailFrom)} up.`;
}

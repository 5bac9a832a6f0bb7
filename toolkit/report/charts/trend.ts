import {
  col,
  count,
  type Frame,
  isNotNull,
  isNull,
  isoDate,
  type LooseColumns,
  loose,
  max,
  min,
  month,
  type Scalar,
  sum,
  typed,
  year,
} from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { specOf } from './draw/spec.ts';
import { COLOURS } from './draw/theme.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, rowsOf } from './options.ts';
import { dateIn, keyOf, later, onDate, type Unit } from './words/date.ts';
import { wordsOf } from './words/label.ts';
import { amount, andOthers, counted, rounded } from './words/number.ts';

/** The columns of a row that hold values of some type, or null. */
export type ColumnsOf<R, T> = { [K in keyof R & string]: R[K] extends T | null ? K : never }[keyof R & string];

export interface TrendOptions<R> extends ChartOptions {
  /** How finely. Default: `month`, or `day` where all dates lie within two months. What would be too many points is drawn more coarsely, and says so. */
  readonly by?: Unit;
  /** A column to add up. Without it rows are counted. */
  readonly sum?: ColumnsOf<R, number>;
}
const HEIGHT = 220;
/** More cannot be told apart: about eleven years of days. */
const MOST_POINTS = 4000;
const DAY_MS = 86_400_000;
const TWO_MONTHS_DAYS = 62;

interface Point {
  readonly key: string;
  readonly date: Date;
  readonly value: number;
}

/**
 * How a count or a sum goes over time. A month without rows is drawn as 0, not left out.
 *
 * - Nulls: rows without a date are counted and said; a null to be added up adds nothing.
 * @example await charts.trend(orders, 'date', { sum: 'amount', noun: 'orders' })
 */
export async function trend<R extends object>(frame: Frame<R>, date: ColumnsOf<R, Date>, options: TrendOptions<R> = {}): Promise<Chart> {
  const { sum: summed, noun = 'rows' } = options;
  const rows = loose(frame).select(...new Set([date, ...(summed ? [summed] : [])]));
  const at = (c: LooseColumns) => col<Date | null>(c, date);
  const [range] = await rowsOf<{ rows: number; undated: number; unvalued: number; first: Date | null; last: Date | null }>(
    typed(
      rows.rollup((c) => ({
        rows: count(),
        undated: count().where(isNull(at(c))),
        unvalued: count().where(isNull(col<Scalar>(c, summed ?? date))),
        first: min(at(c)),
        last: max(at(c)),
      })),
    ),
    options,
  );
  if (!range || range.rows === 0) return nothing(`there are no ${noun}`);
  if (!range.first || !range.last) return nothing(`${wordsOf(date)} is null throughout (${counted(range.rows, noun)})`);
  if (summed && range.unvalued === range.rows) return nothing(`${wordsOf(summed)} is null throughout (${counted(range.rows, noun)})`);
  const by = unitOf(range.first, range.last, options.by);
  const grouped = rows
    .filter((c) => isNotNull(at(c)))
    .derive((c) => ({ unit: by === 'year' ? year(at(c)) : by === 'month' ? month(at(c)) : isoDate(at(c)) }))
    .groupby('unit')
    .rollup((c) => ({ value: summed ? sum(col<number | null>(c, summed)) : count() }));
  const found = await rowsOf<{ unit: Date | number | string; value: number | null }>(typed(grouped), options);
  const values = new Map(
    found.map(({ unit, value }) => [unit instanceof Date ? keyOf(unit, by) : String(unit).padStart(4, '0'), Number(value ?? 0)]),
  );
  const points: Point[] = [];
  for (let day = later(range.first, by, 0); +day <= +range.last; day = later(day, by, 1)) {
    const key = keyOf(day, by);
    points.push({ key, date: day, value: rounded(values.get(key) ?? 0) });
  }
  return drawn(points, {
    by,
    isCoarser: options.by !== undefined && options.by !== by,
    date,
    what: summed ? `Sum of ${wordsOf(summed).toLowerCase()}` : `Number of ${noun}`,
    noun,
    undated: range.undated,
    unsummed:
      summed && range.unvalued > 0
        ? `; ${amount(range.unvalued)} of ${counted(range.rows, noun)} have no ${wordsOf(summed).toLowerCase()} and add nothing`
        : '',
    rows: range.rows,
  });
}

/** The unit that is asked for, else the one that fits; a coarser one where it would make too many points. */
function unitOf(first: Date, last: Date, asked?: Unit): Unit {
  const days = (+last - +first) / DAY_MS;
  const months = 12 * (last.getUTCFullYear() - first.getUTCFullYear()) + last.getUTCMonth() - first.getUTCMonth();
  const unit = asked ?? (days <= TWO_MONTHS_DAYS ? 'day' : 'month');
  if (unit === 'day' && days < MOST_POINTS) return 'day';
  return unit === 'year' || months >= MOST_POINTS ? 'year' : 'month';
}

interface Told {
  readonly by: Unit;
  /** Whether a finer unit was asked for. */
  readonly isCoarser: boolean;
  readonly date: string;
  readonly what: string;
  readonly noun: string;
  readonly undated: number;
  /** Rows whose null adds nothing, in words. */
  readonly unsummed: string;
  readonly rows: number;
}

function drawn(points: readonly Point[], told: Told): Chart {
  const { by, isCoarser, date, what, noun, undated, unsummed, rows } = told;
  const [top = points[0] as Point] = points.toSorted((a, b) => b.value - a.value || +a.date - +b.date);
  const low = points.reduce((least, point) => (point.value < least.value ? point : least), top);
  const title =
    points.length === 1
      ? `${what}: ${amount(top.value)}, all ${onDate(top.date, by)}`
      : low.value === top.value
        ? `${what} is ${amount(top.value)} every ${by}`
        : `${what} was highest ${onDate(top.date, by)}${andOthers(points.filter(({ value }) => value === top.value).length - 1, `${by}s`)}, at ${amount(top.value)}${changeOf(points, by, top)}`;
  const [first, last] = [points[0] as Point, points.at(-1) as Point];
  const mean = points.reduce((all, { value }) => all + value, 0) / points.length;
  const unsaid = `${undated > 0 ? `; ${amount(undated)} of ${counted(rows, noun)} have no ${wordsOf(date).toLowerCase()} and are not drawn` : ''}${unsummed}`;
  const summary = `${what} by ${by}, from ${dateIn(first.date, by)} to ${dateIn(last.date, by)}${unsaid}. The mean is ${amount(mean)} a ${by}; the lowest is ${amount(low.value)} ${onDate(low.date, by)}, the highest ${amount(top.value)} ${onDate(top.date, by)}.`;
  const data = points.map(({ key, value, date: at }) => ({
    date: at.toISOString().slice(0, 10),
    key,
    value,
    text: key === top.key ? amount(value) : null,
  }));
  return new Chart({
    spec: specOf({
      title,
      subtitle: `${what} by ${by} of ${wordsOf(date).toLowerCase()}${isCoarser ? ', the range being too long for a finer line' : ''}${unsaid}`,
      summary,
      height: HEIGHT,
      data,
      layer: layers(by, points),
    }),
    title,
    summary,
    table: points.map(({ key, value }) => ({ [by]: key, value })),
  });
}

/** How the last whole unit compares with the one a year before, where there is one and percents mean something; the last of all may not be over. */
function changeOf(points: readonly Point[], by: Unit, top: Point): string {
  const back = by === 'month' ? 12 : by === 'year' ? 1 : 0;
  const [now, before] = [points.at(-2), points.at(-2 - back)];
  if (back === 0 || !now || !before || now === before || before.value <= 0 || now.value < 0) return '';
  const change = Math.round((now.value / before.value - 1) * 100);
  const than = dateIn(before.date, by);
  if (now === top) return change > 0 ? `, ${change}\u00a0% above ${than}` : '';
  if (change === 0) return `; ${dateIn(now.date, by)} is level with ${than}`;
  return `; ${dateIn(now.date, by)} is ${Math.abs(change)}\u00a0% ${change > 0 ? 'above' : 'below'} ${than}`;
}

/** At an edge a text goes inwards, clear of the axis. */
const beside = (place: number) => (place < 0.05 ? { align: 'left', dx: 8, dy: -8 } : place > 0.95 ? { align: 'right', dx: -8, dy: -8 } : {});

/** So many points are told apart; more make a band. */
const MOST_DOTS = 60;
const FEW = 8;

function layers(by: Unit, points: readonly Point[]) {
  const top = Math.max(...points.map(({ value }) => value));
  const most = Math.max(top, 0);
  const tickCount = points.length <= FEW || by === 'year' ? { interval: by, step: Math.ceil(points.length / FEW) } : FEW - 1;
  const tickMinStep = points.every(({ value }) => Number.isInteger(value)) ? { tickMinStep: 1 } : {};
  const dots = points.length <= MOST_DOTS ? { point: { size: 24, color: COLOURS.main } } : {};
  const format = by === 'year' ? '%Y' : by === 'month' ? '%b %Y' : '%d %b %Y';
  const x = { field: 'date', type: 'temporal', scale: { type: 'utc' }, axis: { title: null, format, tickCount, grid: false, labelOverlap: true } };
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: true, domainMax: most === 0 ? 1 : most * 1.12 },
    axis: { title: null, tickCount: 5, ...tickMinStep, format: ',~r', domain: false, ticks: false },
  };
  return [
    { mark: { type: 'line', ...dots }, encoding: { x, y } },
    {
      transform: [{ filter: 'datum.text != null' }],
      mark: { type: 'point', filled: true, opacity: 1, size: 70, color: COLOURS.accent },
      encoding: { x, y },
    },
    {
      transform: [{ filter: 'datum.text != null' }],
      mark: {
        type: 'text',
        dy: -13,
        color: COLOURS.accent,
        fontWeight: 'bold',
        ...beside(points.findIndex(({ value }) => value === top) / points.length),
      },
      encoding: { x, y, text: { field: 'text', type: 'nominal' } },
    },
  ];
}

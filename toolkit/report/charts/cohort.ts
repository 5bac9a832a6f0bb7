import {
  col,
  count,
  distinct,
  type Frame,
  gte,
  isNotNull,
  isNull,
  type LooseColumns,
  type LooseFrame,
  loose,
  lt,
  max,
  minus,
  month,
  monthsBetween,
  type Scalar,
  typed,
  year,
} from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { type Datum, specOf } from './draw/spec.ts';
import { COLOURS, inkOn, shade } from './draw/theme.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, rowsOf } from './options.ts';
import type { ColumnsOf } from './trend.ts';
import { keyOf } from './words/date.ts';
import { wordsOf } from './words/label.ts';
import { amount, counted } from './words/number.ts';
import { percent, shareOf } from './words/share.ts';

export interface CohortOptions<R> extends ChartOptions {
  /** Who: each counts once a period. */
  readonly id: keyof R & string;
  /** When they began: decides the cohort. */
  readonly start: ColumnsOf<R, Date>;
  /** When they did something; null for those who did nothing, who still count in their cohort. */
  readonly event: ColumnsOf<R, Date>;
  /** Default: `month`. */
  readonly by?: 'month' | 'year';
}
const MOST_COHORTS = 12;
const MOST_PERIODS = 12;
const ROW_HEIGHT = 26;
/** After how many periods the title looks, where so many have passed. */
const LOOK = { month: 3, year: 1 } as const;

/** How many of one cohort did something in one period after they began. */
interface Cell {
  readonly key: string;
  readonly period: number;
  readonly size: number;
  readonly active: number;
}

/**
 * Who comes back: those who began in the same month (or year) as one row, and the share of them that was active so many months later.
 *
 * - In: one row an event beside who and when they began: customers `join_left` orders.
 * - Periods that are not over for a cohort stay empty. Nulls of `start`, and events before it, are counted and said.
 * - Drawn are the newest twelve cohorts and the first twelve periods; the table has all.
 * @example await charts.cohort(customers.join_left(orders, 'customer_id'), { id: 'customer_id', start: 'registration_date', event: 'date', noun: 'customers' })
 */
export async function cohort<R extends object>(frame: Frame<R>, options: CohortOptions<R>): Promise<Chart> {
  const { id, start, event, by = 'month', noun = 'rows' } = options;
  const rows = loose(frame.select(...new Set([id, start, event]))).derive((c) => ({
    id_: col<Scalar>(c, id),
    start_: col<Date | null>(c, start),
    event_: col<Date | null>(c, event),
  }));
  const { said, early, sizes, active } = await factsOf(rows, by, options);
  if (!said || said.all === 0) return nothing(`there are no ${noun}`);
  if (sizes.length === 0) return nothing(`${wordsOf(start)} is null throughout (${counted(said.all, noun)})`);
  if (!said.last || active.length === 0)
    return nothing(`none of the ${amount(said.all)} ${noun} has a ${wordsOf(event).toLowerCase()} from ${wordsOf(start).toLowerCase()} on`);
  const end = said.last;
  const placeOf = (cohort: Date | number, period: number) => `${+cohort} ${period}`;
  const found = new Map(active.map(({ cohort_, period_, n }) => [placeOf(cohort_, period_), n]));
  const cells = sizes.flatMap(({ cohort_, n }): Cell[] =>
    Array.from({ length: elapsed(cohort_, end, by) + 1 }, (_, at) => ({
      key: cohort_ instanceof Date ? keyOf(cohort_, 'month') : String(cohort_),
      period: at,
      size: n,
      active: found.get(placeOf(cohort_, at)) ?? 0,
    })),
  );
  return drawn(cells, { by, noun, start, event, undated: said.undated, early });
}

/** Whole periods from a cohort to the last event of all. */
function elapsed(cohort: Date | number, end: Date, by: 'month' | 'year'): number {
  if (!(cohort instanceof Date)) return end.getUTCFullYear() - cohort;
  return by === 'month' ? (end.getUTCFullYear() - cohort.getUTCFullYear()) * 12 + end.getUTCMonth() - cohort.getUTCMonth() : 0;
}

/** What the engine counts: who there is, the cohorts' sizes, and how many were active in which period. */
async function factsOf(rows: LooseFrame, by: 'month' | 'year', options: ChartOptions) {
  const began = (c: LooseColumns) => col<Date | null>(c, 'start_');
  const happened = (c: LooseColumns) => col<Date | null>(c, 'event_');
  const period = (c: LooseColumns) => col<number | null>(c, 'period_');
  const people = (c: LooseColumns) => distinct(col<Scalar>(c, 'id_'));
  const [said] = await rowsOf<{ all: number; undated: number; last: Date | null }>(
    typed(rows.rollup((c) => ({ all: people(c), undated: people(c).where(isNull(began(c))), last: max(happened(c)) }))),
    options,
  );
  const dated = rows
    .filter((c) => isNotNull(began(c)))
    .derive((c) => ({
      cohort_: by === 'year' ? year(began(c)) : month(began(c)),
      period_: by === 'year' ? minus(year(happened(c)), year(began(c))) : monthsBetween(began(c), happened(c)),
    }));
  const [before] = await rowsOf<{ n: number }>(typed(dated.rollup((c) => ({ n: count().where(lt(period(c), 0)) }))), options);
  const sizes = await rowsOf<{ cohort_: Date | number; n: number }>(
    typed(
      dated
        .groupby('cohort_')
        .rollup((c) => ({ n: people(c) }))
        .orderby('cohort_'),
    ),
    options,
  );
  const active = await rowsOf<{ cohort_: Date | number; period_: number; n: number }>(
    typed(
      dated
        .filter((c) => gte(period(c), 0))
        .groupby('cohort_', 'period_')
        .rollup((c) => ({ n: people(c) })),
    ),
    options,
  );
  return { said, early: before?.n ?? 0, sizes, active };
}

interface Told {
  readonly by: 'month' | 'year';
  readonly noun: string;
  readonly start: string;
  readonly event: string;
  readonly undated: number;
  readonly early: number;
}

function drawn(cells: readonly Cell[], told: Told): Chart {
  const { by, noun, start, event, undated, early } = told;
  const keys = [...new Set(cells.map(({ key }) => key))];
  const shown = keys.slice(-MOST_COHORTS);
  const seen = cells.filter(({ key, period }) => shown.includes(key) && period < MOST_PERIODS);
  const most = Math.max(...seen.filter(({ period }) => period > 0).map(({ active, size }) => active / size), 0.01);
  const look = Math.min(LOOK[by], Math.max(...cells.map(({ period }) => period)));
  const then = cells.filter(({ period }) => period === look);
  const [was, of] = [then.reduce((sum, { active }) => sum + active, 0), then.reduce((sum, { size }) => sum + size, 0)];
  const title = `${shareOf(was, of, noun)} are active ${look === 0 ? `in the ${by} they begin` : `${look} ${look === 1 ? by : `${by}s`} after they begin`}`;
  const people = cells.filter(({ period }) => period === 0).reduce((sum, { size }) => sum + size, 0);
  const lost = [
    ...(undated > 0 ? [`${counted(undated, noun)} without a ${wordsOf(start).toLowerCase()} ${undated === 1 ? 'is' : 'are'} left out`] : []),
    ...(early > 0 ? [`${counted(early, 'events')} before it ${early === 1 ? 'is' : 'are'} not counted`] : []),
  ];
  const summary = `${counted(people, noun)} in ${counted(keys.length, 'cohorts')} by ${by} of ${wordsOf(start).toLowerCase()}; active means at least one ${wordsOf(event).toLowerCase()} in that ${by}. ${title}: ${amount(was)} of ${amount(of)}.${lost.length > 0 ? ` ${lost.join('; ')}.` : ''}`;
  const data = seen.map(({ key, period, size, active }): Datum => {
    const colour = shade(Math.min(active / size, most), 0, most);
    return { cohort: `${key} (${amount(size)})`, period, text: String(Math.round((active / size) * 100)), colour, ink: inkOn(colour) };
  });
  const hidden = keys.length - shown.length;
  const subtitle = `Percent of each cohort that was active, by ${by}s since they began${hidden > 0 ? `; ${hidden} earlier cohorts are not drawn` : ''}${lost.length > 0 ? `; ${lost.join('; ')}` : ''}`;
  const spec = specOf({ title, subtitle, summary, height: shown.length * ROW_HEIGHT, data, layer: layers(by) });
  return new Chart({
    spec,
    title,
    summary,
    table: cells.map(({ key, period, size, active }) => ({ cohort: key, period, size, active, share: percent(active, size) })),
  });
}

function layers(by: 'month' | 'year') {
  const x = {
    field: 'period',
    type: 'ordinal',
    axis: { title: `${wordsOf(by)}s since they began`, orient: 'top', labelAngle: 0, domain: false, ticks: false },
  };
  const y = { field: 'cohort', type: 'ordinal', sort: null, axis: { title: null, domain: false, ticks: false, labelPadding: 8 } };
  return [
    {
      mark: { type: 'rect', stroke: COLOURS.background, strokeWidth: 2 },
      encoding: { x, y, color: { field: 'colour', type: 'nominal', scale: null } },
    },
    {
      mark: { type: 'text', fontSize: 11, dy: 1 },
      encoding: { x, y, text: { field: 'text', type: 'nominal' }, color: { field: 'ink', type: 'nominal', scale: null } },
    },
  ];
}

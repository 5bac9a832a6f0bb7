import { asText, col, count, type Frame, isNotNull, loose, type Scalar, sum, typed } from '../../frame/index.ts';
import { Chart } from './chart.ts';
import { type Datum, specOf } from './draw/spec.ts';
import { COLOURS, inkOn, shade } from './draw/theme.ts';
import { nothing } from './nothing.ts';
import { type ChartOptions, requireLabels, rowsOf } from './options.ts';
import type { ColumnsOf } from './trend.ts';
import { inWords, regionOf, TILES, type Tile } from './uk-regions.ts';
import { wordsOf } from './words/label.ts';
import { amount, andOthers, counted, rounded } from './words/number.ts';
import { percent, shareOf } from './words/share.ts';

export interface RegionMapOptions<R> extends ChartOptions {
  /** A column whose mean is drawn. Without it rows are counted. */
  readonly mean?: ColumnsOf<R, number>;
}
const HEIGHT = 340;

interface Place {
  readonly tile: Tile;
  readonly rows: number;
  /** What the tile shows; null where there is nothing to take a mean of. */
  readonly value: number | null;
}

/**
 * A map of the United Kingdom's twelve regions as tiles of one size: how many rows, or the mean of a column, in each.
 *
 * - Names are matched however they are written ("Yorkshire & the Humber"). Rows of no such region are counted and said.
 * @example await charts.regionMap(customers, 'region', { mean: 'total_spent', noun: 'customers' })
 */
export async function regionMap<R extends object>(frame: Frame<R>, region: keyof R & string, options: RegionMapOptions<R> = {}): Promise<Chart> {
  const { mean, noun = 'rows' } = options;
  requireLabels(frame, region, options);
  const value = loose(frame.select(...new Set([region, ...(mean ? [mean] : [])])));
  const grouped = value
    .derive((c) => ({ name_: asText(col<Scalar>(c, region)), value_: mean ? col<number | null>(c, mean) : (null as never) }))
    .groupby('name_')
    .rollup((c) =>
      mean
        ? { rows_: count(), total_: sum(col<number | null>(c, 'value_')), valued_: count().where(isNotNull(col<Scalar>(c, 'value_'))) }
        : { rows_: count() },
    )
    .orderby('name_');
  const found = await rowsOf<{ name_: string | null; rows_: number; total_?: number | null; valued_?: number }>(typed(grouped), options);
  const all = found.reduce((n, row) => n + row.rows_, 0);
  if (all === 0) return nothing(`there are no ${noun}`);
  const places = TILES.map((tile): Place => {
    const rows = found.filter(({ name_ }) => name_ !== null && regionOf(name_) === tile.region);
    const n = rows.reduce((total, row) => total + row.rows_, 0);
    const valued = rows.reduce((total, row) => total + Number(row.valued_ ?? 0), 0);
    const total = rows.reduce((so, row) => so + Number(row.total_ ?? 0), 0);
    return { tile, rows: n, value: mean ? (valued === 0 ? null : rounded(total / valued)) : n };
  });
  const placed = places.reduce((n, { rows }) => n + rows, 0);
  if (placed === 0) return nothing(`none of ${counted(all, noun)} is in a region of the United Kingdom`);
  return drawn(places, { noun, mean: mean ?? null, region, placed, all });
}

interface Told {
  readonly noun: string;
  readonly mean: string | null;
  readonly region: string;
  readonly placed: number;
  readonly all: number;
}

function drawn(places: readonly Place[], { noun, mean, region, placed, all }: Told): Chart {
  const known = places
    .filter(({ value, rows }) => value !== null && rows > 0)
    .toSorted((a, b) => Number(b.value) - Number(a.value) || (a.tile.region < b.tile.region ? -1 : 1));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return nothing(`${wordsOf(mean ?? '')} is null in every region`);
  const what = mean ? `Mean ${wordsOf(mean).toLowerCase()}` : `Number of ${noun}`;
  const alike = (place: Place) => andOthers(known.filter(({ value }) => value === place.value).length - 1, 'regions');
  const said = (place: Place) => `${inWords(place.tile.region)}${alike(place)} (${amount(Number(place.value))})`;
  const title = mean
    ? first.value === last.value
      ? `${what} is ${amount(Number(first.value))} in ${inWords(first.tile.region)}${known.length === 1 ? ', the only region' : alike(first)}`
      : `${what} is highest in ${said(first)} and lowest in ${said(last)}`
    : `${shareOf(first.rows, placed, noun)} are in ${inWords(first.tile.region)}${known.length > 1 ? '' : ', the only region'}`;
  const lost = all - placed;
  const empty = places.filter(({ rows }) => rows === 0).length;
  const unsaid = lost > 0 ? `; ${amount(lost)} (${percent(lost, all)}) in none of the twelve` : '';
  const summary = `${counted(all, noun)} by ${wordsOf(region).toLowerCase()}: ${amount(placed)} in the United Kingdom’s twelve regions${unsaid}. ${what} goes from ${amount(Number(last.value))} in ${inWords(last.tile.region)} to ${amount(Number(first.value))} in ${inWords(first.tile.region)}.${empty > 0 ? ` ${empty} ${empty === 1 ? 'region has' : 'regions have'} none.` : ''}`;
  const data = places.map(({ tile, value, rows }): Datum => {
    const isEmpty = value === null || rows === 0;
    const fill = isEmpty ? COLOURS.background : shade(Number(value), Number(last.value), Number(first.value));
    return {
      name: tile.short,
      value: isEmpty ? '–' : amount(Number(value)),
      x: tile.column,
      x2: tile.column + 0.96,
      y: tile.row,
      y2: tile.row + 0.94,
      cx: tile.column + 0.48,
      cy: tile.row + 0.47,
      fill,
      ink: inkOn(fill),
    };
  });
  return new Chart({
    spec: specOf({ title, subtitle: `${what} by region${unsaid}`, summary, height: HEIGHT, data, layer: layers() }),
    title,
    summary,
    table: places.map(({ tile, rows, value }) => ({ region: tile.region, [noun]: rows, ...(mean ? { [`mean_${mean}`]: value } : {}) })),
  });
}

function layers() {
  const x = { type: 'quantitative', axis: null, scale: { domain: [0, 4], nice: false } };
  const y = { type: 'quantitative', axis: null, scale: { domain: [0, 5], reverse: true, nice: false } };
  const text = (field: string, mark: object) => ({
    mark: { type: 'text', ...mark },
    encoding: {
      x: { field: 'cx', ...x },
      y: { field: 'cy', ...y },
      text: { field, type: 'nominal' },
      color: { field: 'ink', type: 'nominal', scale: null },
    },
  });
  return [
    {
      mark: { type: 'rect', stroke: COLOURS.muted, strokeWidth: 1, cornerRadius: 4 },
      encoding: {
        x: { field: 'x', ...x },
        x2: { field: 'x2' },
        y: { field: 'y', ...y },
        y2: { field: 'y2' },
        color: { field: 'fill', type: 'nominal', scale: null },
      },
    },
    text('name', { dy: -9, fontSize: 11 }),
    text('value', { dy: 10, fontSize: 14, fontWeight: 'bold' }),
  ];
}

import { lines } from '../words/label.ts';
import { rounded } from '../words/number.ts';
import { textWidth } from './text-width.ts';
import { CHART_WIDTH, COLOURS, THEME } from './theme.ts';

/** A Vega-Lite v6 specification: plain JSON. */
export type Spec = Readonly<Record<string, unknown>>;
/** One row of a chart's data. */
export type Datum = Readonly<Record<string, string | number | null>>;

const PADDING = 14;
/** Whether a line fits between the edges. */
const fits = (fontSize: number, isBold: boolean) => (line: string) => textWidth(line, fontSize, isBold) <= CHART_WIDTH - 2 * PADDING;

/** What differs from chart to chart. */
export interface Drawing {
  readonly title: string;
  /** One line under the title: what is drawn, and what is not. */
  readonly subtitle: string;
  readonly summary: string;
  readonly height: number;
  readonly data: readonly Datum[];
  readonly layer: readonly Spec[];
  readonly more?: Spec;
}

/** A whole specification in the shared look, its data inside it. */
export const specOf = ({ title, subtitle, summary, height, data, layer, more }: Drawing): Spec => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  description: summary,
  width: CHART_WIDTH,
  height,
  autosize: { type: 'fit-x', contains: 'padding' },
  padding: PADDING,
  title: {
    text: lines(title, fits(THEME.title.fontSize, true)),
    ...(subtitle && { subtitle: lines(subtitle, fits(THEME.title.subtitleFontSize, false)) }),
  },
  data: { values: data },
  layer,
  ...more,
  config: THEME,
});

const BAR_HEIGHT = 26;

/** The height of a chart of so many horizontal bars. */
export const heightOf = (bars: number): number => Math.max(2, bars) * BAR_HEIGHT;

/**
 * Horizontal bars from the top, each with its text behind it: `label`, `value`, `text`, and `colour` where bars differ.
 * The scale ends where the longest text still has room.
 */
export function bars(data: readonly Datum[], more: { readonly order?: readonly string[] } = {}): readonly Spec[] {
  const most = Math.max(...data.map((row) => Number(row['value'])), 0);
  const x = { field: 'value', type: 'quantitative', axis: null, scale: { domain: [0, most === 0 ? 1 : rounded(most * roomOf(data))] } };
  const y = { field: 'label', type: 'nominal', sort: more.order ?? null, axis: { title: null, domain: false, ticks: false, labelPadding: 8 } };
  const colour = data.some((row) => row['colour'] !== undefined) ? { color: { field: 'colour', type: 'nominal', scale: null, legend: null } } : {};
  return [
    { mark: { type: 'bar', height: { band: 0.7 } }, encoding: { x, y, ...colour } },
    { mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6 }, encoding: { x, y, text: { field: 'text', type: 'nominal' } } },
  ];
}

const LEAST_ROOM = 1.3;
const GAPS = 16;
/** How much longer than the longest bar the scale is, so that the texts behind the bars have room beside the labels. */
function roomOf(data: readonly Datum[]): number {
  const widest = (field: string) => Math.max(...data.map((row) => textWidth(String(row[field] ?? ''), THEME.text.fontSize, false)), 0);
  const plot = CHART_WIDTH - 2 * PADDING - widest('label') - GAPS;
  return Math.max(LEAST_ROOM, plot / Math.max(plot / 4, plot - widest('text')));
}

/** Bars of the one that the title is about in full colour, the others quiet. */
export const highlight = (isMain: boolean): string => (isMain ? COLOURS.main : COLOURS.muted);

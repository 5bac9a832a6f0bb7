/** Colours that people tell apart who see no red, no green or no colour at all: they differ in lightness. Text on white is 4.5 : 1 or more. */
export const COLOURS = {
  text: '#1f2933',
  quiet: '#52606d',
  grid: '#e4e7eb',
  main: '#2f6fab',
  muted: '#a9b8c6',
  accent: '#9b2335',
  low: '#2f6fab',
  medium: '#f0b24b',
  high: '#9b2335',
  background: '#ffffff',
} as const;

/** From little to much. */
const SHADES = ['#e6f0f8', '#b9d5ea', '#7db0d5', '#2f73a8', '#0b4f8a'] as const;

export const CHART_WIDTH = 600;
export const FONT = 'DejaVu Sans, Verdana, sans-serif';

/** The shared look of all charts, as a Vega-Lite `config`. */
export const THEME = {
  font: FONT,
  background: COLOURS.background,
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'bounds',
    color: COLOURS.text,
    fontSize: 15,
    lineHeight: 20,
    offset: 14,
    subtitleColor: COLOURS.quiet,
    subtitleFontSize: 12,
    subtitlePadding: 6,
    subtitleLineHeight: 16,
    limit: 0,
  },
  axis: {
    labelColor: COLOURS.text,
    titleColor: COLOURS.quiet,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    labelLimit: 0,
    domainColor: COLOURS.muted,
    tickColor: COLOURS.muted,
    gridColor: COLOURS.grid,
  },
  bar: { color: COLOURS.main },
  line: { color: COLOURS.main, strokeWidth: 2 },
  text: { color: COLOURS.text, fontSize: 12 },
  legend: { labelColor: COLOURS.text, titleColor: COLOURS.quiet, labelFontSize: 12, titleFontSize: 12, labelLimit: 0, orient: 'top', title: null },
} as const;

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours by WCAG 2.2, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour of text on another: dark or white, whichever reads better. */
export const inkOn = (colour: string): string => (contrast(colour, COLOURS.text) >= contrast(colour, '#ffffff') ? COLOURS.text : '#ffffff');

/** A shade for a value between the least and the greatest: five steps, so that neighbours are told apart. */
export function shade(value: number, least: number, greatest: number): string {
  const share = greatest > least ? (value - least) / (greatest - least) : 1;
  return SHADES[Math.min(SHADES.length - 1, Math.floor(share * SHADES.length))] as string;
}

import type { Effects, Output } from '../effects.ts';

type Paint = (text: string) => string;

/** Colours by what they mean. Without colour every one gives its text back: nothing is told by colour alone. */
export interface Theme {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
  readonly accent: Paint;
  readonly strong: Paint;
  readonly quiet: Paint;
}

const sgr =
  (on: number, off: number): Paint =>
  (text) =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
const asIs: Paint = (text) => text;

const colours: Theme = { good: sgr(32, 39), bad: sgr(31, 39), warning: sgr(33, 39), accent: sgr(36, 39), strong: sgr(1, 22), quiet: sgr(2, 22) };
const none: Theme = { good: asIs, bad: asIs, warning: asIs, accent: asIs, strong: asIs, quiet: asIs };

export const themeOf = (isColoured: boolean): Theme => (isColoured ? colours : none);

type Env = Effects['env'];

/** NO_COLOR goes before FORCE_COLOR; without either, a terminal that is not dumb is coloured. */
export function isColoured(env: Env, output: Pick<Output, 'isTTY'>): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}

/** Whether more than ASCII can be shown: the locale says UTF-8 and the terminal is not dumb. */
export function isUnicode(env: Env, platform: string = process.platform): boolean {
  if (env['TERM'] === 'dumb') return false;
  return platform === 'win32' || /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
}

/** Whether the screen is read aloud, or cannot move its cursor: plain lines, no tables, nothing redrawn. */
export const isReadAloud = (env: Env): boolean => env['TERM'] === 'dumb' || env['INK_SCREEN_READER'] === 'true';

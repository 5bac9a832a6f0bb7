import type { Effects, Output } from '../effects.ts';
import { type Glyphs, glyphsOf, toAscii } from './glyphs.ts';
import { isColoured, isReadAloud, isUnicode, type Theme, themeOf } from './theme.ts';

/** What text is written on: how wide it is, which colours and signs it takes. */
export interface Paper {
  /** Columns; unlimited where nobody looks at a terminal and lines are not to be broken. */
  readonly width: number;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  /** Read aloud or not able to draw: plain lines in the place of tables. */
  readonly isPlain: boolean;
  /** Lines for a person. */
  lines(...lines: readonly string[]): void;
  /** Data as it is, with its own line ends. */
  data(text: string): void;
}

/** Where there is no terminal: the width of tables in a file. */
const FILE_WIDTH = 100;
const LEAST_WIDTH = 20;

/** The paper of an output under an environment. */
export function paperOf(output: Output, env: Effects['env']): Paper {
  const unicode = isUnicode(env);
  return {
    width: Math.max(LEAST_WIDTH, output.columns ?? FILE_WIDTH),
    theme: themeOf(isColoured(env, output)),
    glyphs: glyphsOf(unicode),
    isPlain: isReadAloud(env),
    lines: (...lines) => {
      for (const line of lines) output.write(`${unicode ? line : toAscii(line)}\n`);
    },
    data: (text) => output.write(text),
  };
}

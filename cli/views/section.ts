import type { Paper } from '../render/paper.ts';

/** A heading over lines, with an empty line before it; nothing where there are no lines. */
export const section = (title: string, lines: readonly string[], { theme }: Pick<Paper, 'theme'>): string[] =>
  lines.length === 0 ? [] : ['', theme.strong(title), ...lines];

/** Makes a place two columns in. */
export const indented = (make: (paper: Paper) => readonly string[], paper: Paper): string[] =>
  paper.isPlain ? [...make(paper)] : make({ ...paper, width: paper.width - 2 }).map((line) => (line === '' ? '' : `  ${line}`));

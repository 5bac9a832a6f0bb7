import type { Paper } from './paper.ts';
import { pad, widthOf, wrap } from './wrap.ts';

/** One column. A flexible one is broken into lines where the paper is narrow; at most one of a table is. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly isFlexible?: boolean;
}

type Sheet = Pick<Paper, 'width' | 'theme' | 'isPlain'>;

const GAP = '  ';
const LEAST_FLEXIBLE = 16;

/**
 * Rows under aligned headings. Where the paper is too narrow for them, or read aloud, each row becomes words:
 * its first cell, then each heading with its value. Cells may hold colours.
 *
 * @param sentence words a row where a better order is known
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paper: Sheet,
  sentence?: (row: readonly string[]) => string,
): string[] {
  const natural = columns.map(({ title }, i) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const flexible = columns.findIndex((column) => column.isFlexible);
  const fixed = natural.reduce((sum, width, i) => sum + (i === flexible ? 0 : width + GAP.length), flexible < 0 ? -GAP.length : 0);
  const room = paper.width - fixed;
  if (paper.isPlain || room < (flexible < 0 ? 0 : Math.min(LEAST_FLEXIBLE, natural[flexible] ?? 0))) {
    return sentence ? rows.flatMap((row) => wrap(sentence(row), paper.width, GAP)) : inWords(columns, rows, paper);
  }
  const widths = natural.map((width, i) => (i === flexible ? Math.min(width, room) : width));
  const head = line(
    columns,
    columns.map(({ title }) => title),
    widths,
  ).map(paper.theme.quiet);
  return [...head, ...rows.flatMap((row) => line(columns, row, widths))];
}

/** One row, of several lines where its flexible cell does not fit. */
function line(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string[] {
  const cells = columns.map(({ isFlexible }, i) => (isFlexible ? wrap(row[i] ?? '', widths[i] ?? 0) : [row[i] ?? '']));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, at) =>
    columns
      .map(({ align }, i) => pad(cells[i]?.[at] ?? '', widths[i] ?? 0, align))
      .join(GAP)
      .trimEnd(),
  );
}

function inWords(columns: readonly Column[], rows: readonly (readonly string[])[], { width }: Sheet): string[] {
  return rows.flatMap(([first = '', ...rest]) => {
    const pairs = rest.flatMap((cell, i) => (widthOf(cell) === 0 ? [] : [`${columns[i + 1]?.title ?? ''} ${cell}`.trim()]));
    return wrap(`${first}: ${pairs.join(', ')}`, width, GAP);
  });
}

/** Names with a text each, the texts beside one another; in one line each where the paper is narrow. */
export function pairs(entries: readonly (readonly [name: string, text: string])[], paper: Sheet): string[] {
  const names = Math.max(0, ...entries.map(([name]) => widthOf(name)));
  const isNarrow = paper.isPlain || (paper.width < 60 && entries.some(([, text]) => names + 2 + widthOf(text) > paper.width));
  return entries.flatMap(([name, text]) => (isNarrow ? wrap(`${name}: ${text}`, paper.width, GAP) : beside(name, text, names, paper)));
}

/** Least room for a description beside what it describes. */
const LEAST_TEXT = 28;

/** What a person types, with what it does beside it; under it where the paper is narrow, so that the line can be copied. */
export function listing(entries: readonly (readonly [typed: string, does: string])[], paper: Sheet): string[] {
  const names = Math.max(0, ...entries.map(([typed]) => widthOf(typed)));
  const longest = Math.max(0, ...entries.map(([, does]) => widthOf(does)));
  if (!paper.isPlain && paper.width - names - 2 >= Math.min(LEAST_TEXT, longest))
    return entries.flatMap(([typed, does]) => beside(typed, does, names, paper));
  return entries.flatMap(([typed, does]) => [typed, ...wrap(`${GAP}${does}`, paper.width, GAP).map(paper.theme.quiet)]);
}

const beside = (name: string, text: string, names: number, { width }: Sheet): string[] =>
  wrap(text, width - names - 2).map((part, i) => (i === 0 ? pad(name, names + 2) : ' '.repeat(names + 2)) + part);

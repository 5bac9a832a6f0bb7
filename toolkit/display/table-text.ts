import { footOf, gapOf, isNumeric, type TableView } from './table-view.ts';

const GAP = '  ';
const MOST_WIDTH = 120;
/** East Asian characters and emoji take two columns of a terminal, marks that combine none. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const widthOf = (text: string): number => [...text].reduce((width, at) => width + (/\p{M}|\p{Cf}/u.test(at) ? 0 : WIDE.test(at) ? 2 : 1), 0);

function pad(text: string, width: number, isRight: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isRight ? fill + text : text + fill;
}

/** A view as a table of plain text: types under names, numbers to the right. Columns beyond 120 characters are named under it. */
export function tableText(view: TableView): string {
  const rows = [...view.first, ...view.last].map((row) => row.map((cell) => cell ?? 'null'));
  const types = view.columns.map(({ type, isMasked }) => (isMasked ? `${type}, masked` : type));
  const widths = view.columns.map(({ name }, i) => Math.max(widthOf(name), widthOf(types[i] ?? ''), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const ends = widths.map((_, i) => widths.slice(0, i + 1).reduce((sum, width) => sum + width + GAP.length, -GAP.length));
  const fit = Math.max(1, ends.filter((end) => end <= MOST_WIDTH).length);
  const line = (cells: readonly string[]): string =>
    cells
      .slice(0, fit)
      .map((cell, i) => pad(cell, widths[i] ?? 0, isNumeric(view.columns[i]?.type ?? '')))
      .join(GAP)
      .trimEnd();
  const gap = gapOf(view);
  const hidden = view.columns.slice(fit).map(({ name }) => name);
  return [
    line(view.columns.map(({ name }) => name)),
    line(types),
    '-'.repeat(ends[fit - 1] ?? 0),
    ...rows.slice(0, view.first.length).map(line),
    ...(gap === null ? [] : [gap]),
    ...rows.slice(view.first.length).map(line),
    '',
    ...(hidden.length > 0 ? [`${hidden.length} more ${hidden.length === 1 ? 'column' : 'columns'}: ${hidden.join(', ')}`] : []),
    footOf(view),
  ].join('\n');
}

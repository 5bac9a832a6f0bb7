import { atRecords, type Kind, overFile } from '../kind.ts';
import type { Line, Sheet } from '../sheet.ts';
import { atRows, malformed, type Row, textWith } from './csv-row.ts';

const SAYS = 'a quote still open at the end of the file stops the run and names the line where it opened';

/** A line in which the quote at `at` never closes. */
const open = (text: string, at: number): Line => ({ text, end: '\n', is: 'nothing', stop: { why: 'open quote', at } });

const atEnd = (name: string, textOf: (row: Row) => string): Kind =>
  atRows(name, SAYS, ([row]) => [open(textOf(row), textOf(row).lastIndexOf('"'))], { stage: 'last' });

/** Nothing behind a place holds a quote. */
function withoutQuotes(line: Line, columns: readonly string[]): Line {
  if (typeof line.is === 'string') return line;
  const fields = Object.fromEntries(columns.map((name) => [name, String((line.is as Record<string, unknown>)[name] ?? '').replace(/[",\r\n]/g, '')]));
  return { text: columns.map((name) => fields[name]).join(','), end: line.end, is: fields };
}

const inMiddle = overFile('csv', 'quote opens, none behind it', SAYS, (sheet, tools): Sheet => {
  const at = tools.between(1, sheet.lines.length - 2);
  const [victim, ...behind] = sheet.lines.slice(at).map((line) => withoutQuotes(line, sheet.columns)) as [Line, ...Line[]];
  const place = victim.text.lastIndexOf(',') + 1;
  return { ...sheet, lines: [...sheet.lines.slice(0, at), open(`${victim.text.slice(0, place)}"${victim.text.slice(place)}`, place), ...behind] };
});

const inHeader = overFile('csv', 'quote opens in the header', SAYS, (sheet, tools): Sheet => {
  const [header, ...rest] = sheet.lines.map((line) => withoutQuotes(line, sheet.columns)) as [Line, ...Line[]];
  const at = tools.pick([0, header.text.lastIndexOf(',') + 1]);
  return { ...sheet, lines: [open(`${header.text.slice(0, at)}"${header.text.slice(at)}`, at), ...rest] };
});

/** The quote opens in a line that is read by itself, because the one before it is malformed. */
const afterFault = atRecords(
  'csv',
  'quote opens behind a malformed line',
  SAYS,
  (lines, { columns }) => {
    const [first, second] = lines.map((line) => withoutQuotes(line, columns)) as [Line, Line];
    return [malformed(`${first.text},x`), open(`"${second.text}`, 0)];
  },
  { takes: 2, stage: 'last' },
);

/** Quotes that never close. */
export const openQuotes: readonly Kind[] = [
  atEnd('quote opens in the last record', (row) => textWith(row, `"${row.word}`)),
  atEnd('quote opens before the last record', (row) => `"${row.cells.join(',')}`),
  atEnd('closing quote of the last field doubled', (row) => `${row.cells.slice(0, -1).join(',')},"x""`),
  atEnd(
    'quote opens on a later line of its record',
    (row) =>
      `${row.cells
        .slice(0, -1)
        .join(',')
        .replace(row.cells[1] ?? '', '"a\nb"')},"x`,
  ),
  afterFault,
  inMiddle,
  inHeader,
];

import { type Kind, overFile } from '../kind.ts';
import { atRows, kept, malformed, nothing, type Row, record } from './csv-row.ts';

const WIDTH = 'another number of fields: malformed';
const HEADER = 'the header is the first line with a character: a needed column is not there, 65';
const FOUND = 'of the right width: a record like any other';

/** A line behind a row that is malformed. */
const line = (name: string, text: string, says = WIDTH): Kind => atRows(name, says, ([row]) => [kept(row), malformed(text)]);
/** Lines before the header, of which the first is taken for it. */
const before = (name: string, ...texts: string[]): Kind =>
  overFile('csv', name, HEADER, (sheet) => ({
    ...sheet,
    lines: [
      ...texts.map((text, i) => ({ ...nothing(text), ...(i === 0 && { stop: { why: 'missing column', at: 0 } as const }) })),
      ...sheet.lines.map((line) => ({ ...line, is: 'nothing' as const })),
    ],
  }));
const names = (row: Row, bom = ''): string[] => row.columns.map((name, i) => (i === 0 ? bom + name : name));

/** Lines that do not belong there. */
export const extraLines: readonly Kind[] = [
  atRows('second header', FOUND, ([row]) => [kept(row), record(row, names(row))]),
  atRows('second header behind a BOM', FOUND, ([row]) => [kept(row), record(row, names(row, '\ufeff'))]),
  atRows('second header, shortened', WIDTH, ([row]) => [kept(row), malformed(row.columns.slice(0, -1).join(','))]),
  atRows('record twice', FOUND, ([row]) => [kept(row), kept(row)]),
  line('comment line', '# exported by night'),
  atRows('comment line of the right width', FOUND, ([row]) => {
    const cells = row.cells.map((cell, i) => (i === 0 ? `#${cell}` : cell));
    return [record(row, cells)];
  }),
  line('line of dashes', '-'.repeat(40)),
  line('message of a program', 'ERROR 2013 (HY000): Lost connection during query'),
  line('mark of a merge', '<<<<<<< HEAD'),
  line('form feed as a line', '\f'),
  line('line of JSON', '{"total": 12}', 'a quote inside an unquoted field: malformed'),
  atRows('line of totals at the end', WIDTH, ([row]) => [kept(row), malformed('Total,1')], { stage: 'last' }),
  atRows('Ctrl-Z at the end', WIDTH, ([row]) => [kept(row), malformed('\x1a', '')], { stage: 'last' }),
  before('title before the header', 'Customer export'),
  before('preamble before the header', 'Customer export', 'Date: 2026-01-01, Page: 1', ''),
  before('comment before the header', '# Customer export, made by night'),
  before('sep= before the header', 'sep=,'),
];

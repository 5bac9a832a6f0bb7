import { type Kind, overFile } from '../kind.ts';
import type { Line, Sheet, Stop } from '../sheet.ts';
import { atRows, kept, malformed, type Row, record } from './csv-row.ts';

const WIDTH = 'another number of fields: malformed';
const EMPTY = 'empty CSV: 65';
const LEGAL = 'the end of the file ends a record';

/** What is left of the last record. */
const cut = (name: string, says: string, work: (row: Row) => Line): Kind => atRows(name, says, ([row]) => [work(row)], { stage: 'last' });
/** A file of which so little is left that it stops the run. */
const left = (name: string, says: string, texts: readonly string[], stop: Stop): Kind =>
  overFile('csv', name, says, (sheet): Sheet => ({ ...sheet, lines: texts.map((text) => ({ text, end: '', is: 'nothing', stop })) }));

/** Files that end too early. */
export const cuts: readonly Kind[] = [
  cut('cut off in a field', WIDTH, ({ cells, mid, word }) => malformed([...cells.slice(0, mid), word.slice(0, 1)].join(','), '')),
  cut('cut off behind a separator', WIDTH, ({ cells, mid }) => malformed(`${cells.slice(0, mid).join(',')},`, '')),
  cut('cut off behind a quoted field', WIDTH, ({ cells, mid, word }) => malformed(`${cells.slice(0, mid).join(',')},"${word}"`, '')),
  cut('cut off in the first field', WIDTH, ({ cells }) => malformed((cells[0] as string).slice(0, 1), '')),
  cut('cut off in the last field', LEGAL, (row) => {
    const cells = row.cells.map((cell, i) => (i === row.cells.length - 1 ? cell.slice(0, 1) : cell));
    return record(row, cells, cells, '');
  }),
  cut('cut off before the last field', LEGAL, (row) => {
    const cells = row.cells.map((cell, i) => (i === row.cells.length - 1 ? '' : cell));
    return record(row, cells, cells, '');
  }),
  cut('cut off before the line end', LEGAL, (row) => kept(row, '')),
  cut('cut off in a CRLF', LEGAL, (row) => kept(row, '\r')),
  cut('cut off in quotes', 'a quote open at the end of the file: 65', ({ cells, mid, word }) => {
    const before = `${cells.slice(0, mid).join(',')},`;
    return { text: `${before}"${word}`, end: '', is: 'nothing', stop: { why: 'open quote', at: before.length } };
  }),
  cut('cut off between doubled quotes', WIDTH, ({ cells, mid }) => malformed(`${cells.slice(0, mid).join(',')},"say "`, '')),
  atRows('part of the middle missing', WIDTH, ([row, , last]) => [malformed([...row.cells.slice(0, 1), ...last.cells.slice(2)].join(','))], {
    takes: 3,
  }),
  left('empty file', EMPTY, [''], { why: 'empty', at: null }),
  left('a BOM alone', EMPTY, ['\ufeff'], { why: 'empty', at: null }),
  left('blank lines alone', EMPTY, ['\n\r\n\n'], { why: 'empty', at: null }),
  overFile('csv', 'cut off in the header', 'a missing column stops the run', (sheet, { between }): Sheet => {
    const text = sheet.lines[0]?.text ?? '';
    return {
      ...sheet,
      lines: [{ text: text.slice(0, between(1, text.length - 1)), end: '', is: 'nothing', stop: { why: 'missing column', at: 0 } }],
    };
  }),
  overFile('csv', 'header without records', 'the run goes on', (sheet, { pick }) => ({
    ...sheet,
    lines: sheet.lines.slice(0, 1).map((line) => ({ ...line, end: pick(['', '\n', '\r\n']) })),
  })),
];

import { type Kind, overFile, type Tools } from '../kind.ts';
import type { Line, Sheet } from '../sheet.ts';
import { atRows, fieldsWith, kept, malformed, nothing, type Row, record } from './csv-row.ts';

const ENDS = 'records end in LF, CRLF or CR, mixed or not';
const BLANK = 'a line without any character is skipped and is no record';
const SPACE = 'another number of fields: malformed';
const JOINED = 'another number of fields: malformed, one record in the place of two';

const ended = (name: string, end: string): Kind => atRows(`record ends in ${name}`, ENDS, ([row]) => [kept(row, end)]);
const blank = (name: string, text: string): Kind => atRows(name, SPACE, ([row]) => [kept(row), malformed(text)]);

/** A row broken in two by a line end inside its field in the middle. */
const broken = (name: string, end: string): Kind =>
  atRows(`${name} in an unquoted field`, SPACE, ([row]) => [
    malformed([...row.cells.slice(0, row.mid), 'a'].join(','), end),
    malformed(['b', ...row.cells.slice(row.mid + 1)].join(',')),
  ]);

const joined = (name: string, textOf: (row: Row, next: Row) => string): Kind =>
  atRows(name, JOINED, ([row, next]) => [malformed(textOf(row, next))], { takes: 2 });
const between = (name: string, sign: string): Kind => joined(name, (row, next) => row.cells.join(',') + sign + next.cells.join(','));

/** Every line of a file gets its line end. */
const everywhere = (name: string, endOf: (tools: Tools, line: Line, at: number, all: number) => string): Kind =>
  overFile(
    'csv',
    name,
    ENDS,
    (sheet, tools): Sheet => ({
      ...sheet,
      lines: sheet.lines.map((line, i, all) => ({ ...line, end: line.end === '' ? '' : endOf(tools, line, i, all.length) })),
    }),
    { isAlone: false },
  );

/** Line ends that are mixed, missing, doubled or in the wrong place. */
export const lineEnds: readonly Kind[] = [
  ended('CR', '\r'),
  ended('CRLF', '\r\n'),
  atRows('CR before CRLF', BLANK, ([row]) => [kept(row, '\r'), nothing('', '\r\n')]),
  atRows('LF before CR', BLANK, ([row]) => [kept(row, '\n'), nothing('', '\r')]),
  everywhere('every line ends in CRLF', () => '\r\n'),
  everywhere('every line ends in CR', () => '\r'),
  everywhere('line ends mixed', ({ pick }) => pick(['\n', '\r\n', '\r'])),
  everywhere('header ends in CRLF, records in LF', (_, line, i) => (i === 0 ? '\r\n' : line.end)),
  everywhere('no line end at the end', (_, line, i, all) => (i === all - 1 ? '' : line.end)),
  broken('LF', '\n'),
  broken('CR', '\r'),
  broken('CRLF', '\r\n'),
  atRows('LF in an unquoted last field', 'of the right width before it: taken as it stands; behind it malformed', ([row]) => [
    record(row, fieldsWith(row, 'a', row.cells.length - 1)),
    malformed('b'),
  ]),
  atRows('line ends in quotes', 'CSV may hold newlines inside fields', ([row]) => [
    record(row, fieldsWith(row, 'a\nb\r\nc\rd\n\n'), fieldsWith(row, '"a\nb\r\nc\rd\n\n"')),
  ]),
  between('record joined to the next', ''),
  between('record joined to the next by a space', ' '),
  between('record joined to the next by a form feed', '\f'),
  between('record joined to the next by a vertical tab', '\v'),
  between('record joined to the next by U+2028', '\u2028'),
  between('record joined to the next by U+0085', '\u0085'),
  joined('record joined to the next, between quotes', (row, next) => `${row.cells.slice(0, -1).join(',')},"x""${next.cells.join('",')}`),
  atRows('blank line', BLANK, ([row]) => [kept(row), nothing('')]),
  atRows('blank lines, many', BLANK, ([row], { pick }) => [kept(row), ...Array.from({ length: 30 }, () => nothing('', pick(['\n', '\r\n'])))]),
  blank('line of a space', ' '),
  blank('line of tabs', '\t\t'),
  blank('line of a no-break space', '\u00a0'),
  overFile(
    'csv',
    'blank lines before the header',
    'the header is the first line with a character',
    (sheet, { pick }) => ({
      ...sheet,
      lines: [nothing('', pick(['\n', '\r\n'])), nothing('', '\n'), ...sheet.lines],
    }),
    { isAlone: false },
  ),
  overFile('csv', 'blank lines at the end', BLANK, (sheet) => ({ ...sheet, lines: [...sheet.lines, nothing(''), nothing('', '\r\n')] }), {
    isAlone: false,
  }),
];

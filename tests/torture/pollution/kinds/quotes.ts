import type { Kind } from '../kind.ts';
import type { Line } from '../sheet.ts';
import { atRows, kept, malformed, type Row, record, spoils, textWith, withQuotes } from './csv-row.ts';

const INSIDE = 'a quote inside an unquoted field: malformed';
const AFTER = 'text after a closing quote: malformed';
const FIRST_LINE = 'the first line alone is malformed, reading goes on with the next';
const LEGAL = 'legal: a quote is doubled inside quotes';

/** A quote opens in the first of two rows, and the first quote of the second cannot close it. */
const opens = (name: string, textOf: (row: Row) => string): Kind =>
  atRows(name, FIRST_LINE, ([row, next]) => [malformed(textOf(row)), withQuotes(next)], { takes: 2 });

/** One field is written in a way of its own, and means a text. */
const means = (name: string, field: string, text: string): Kind =>
  atRows(name, LEGAL, ([row]) => [
    record(
      row,
      row.cells.map((cell, i) => (i === row.mid ? text : cell)),
      textWith(row, '\n')
        .split(',')
        .map((cell) => (cell === '\n' ? field : cell)),
    ),
  ]);

/** A record over two lines, which are malformed both. */
const twoLines = (row: Row, field: string, more = ''): Line[] => {
  const [first = '', second = ''] = `${textWith(row, field)}${more}`.split('\n');
  return [malformed(first), malformed(second)];
};

/** Two quotes were lost, so that what stands between them is in quotes and what stood in quotes is not. */
const balances = [
  atRows(
    'two quotes lost, whole records between',
    'holds a whole record: the first line is malformed, the records between are kept',
    ([first, second, third, last]) => [malformed(textWith(first, '"a, b')), kept(second), kept(third), malformed(textWith(last, 'c, d"'))],
    { takes: 4 },
  ),
  atRows(
    'two quotes lost, another width',
    'another number of fields over several lines: the first line is malformed, the records between are kept',
    ([first, second, last]) => [malformed(textWith(first, '"a', 1)), kept(second), malformed(textWith(last, 'b"', last.cells.length - 2))],
    { takes: 3 },
  ),
  atRows(
    'two quotes lost in neighbours',
    'legal: of the right width, and neither line is a whole record by itself',
    ([row, next]) => {
      const [head, tail] = [row.cells.slice(0, row.mid), next.cells.slice(next.mid + 1)];
      const lines = [
        ['a, b', ...row.cells.slice(row.mid + 1)],
        [...next.cells.slice(0, next.mid), 'c, d'],
      ];
      const text = lines.map((cells) => cells.join(',')).join('\n');
      return [record(row, [...head, text, ...tail], [...head, `"${text}"`, ...tail])];
    },
    { takes: 2 },
  ),
  atRows(
    'a quoted field that holds a whole record',
    'holds a whole record: not taken at its word, its lines are read one by one',
    ([row, inside]) => {
      const [before, after] = textWith(row, '\n').split('\n') as [string, string];
      return [malformed(`${before}"x`), kept(inside), malformed(`y"${after}`)];
    },
    { takes: 2 },
  ),
];

/** Quotes that are stray, missing, doubled or of another kind. */
export const quotes: readonly Kind[] = [
  spoils('quote in a field', INSIDE, (row) => textWith(row, `${row.word}"s`)),
  spoils('pair of quotes in a field', INSIDE, (row) => textWith(row, `${row.word} "so" x`)),
  spoils('space before a quoted field', INSIDE, (row) => textWith(row, ` "${row.word}"`)),
  spoils('space behind a quoted field', AFTER, (row) => textWith(row, `"${row.word}" `)),
  spoils('text behind a quoted field', AFTER, (row) => textWith(row, `"${row.word}"x`)),
  spoils('space behind a quoted last field', AFTER, (row) => textWith(row, '"x" ', row.cells.length - 1)),
  spoils('text behind a quoted last field', AFTER, (row) => textWith(row, '"x"y', row.cells.length - 1)),
  spoils('quotes not doubled', AFTER, (row) => textWith(row, '"say "so", now"')),
  spoils('quotes escaped by a backslash', AFTER, (row) => textWith(row, '"say \\"so\\""')),
  spoils('quotes doubled, none around', AFTER, (row) => textWith(row, `""${row.word}""`)),
  spoils('quote in place of a separator', INSIDE, (row) => row.cells.join(',').replace(',', '"')),
  spoils('quote at the end of the line', INSIDE, (row) => `${row.cells.join(',')}"`),
  spoils('opening quote lost', INSIDE, (row) => textWith(row, 'a, b"')),
  spoils('whole line in quotes', 'another number of fields: malformed', (row) => `"${row.cells.join(',')}"`),
  spoils('apostrophes for quotes', 'another number of fields: malformed', (row) => textWith(row, "'a, b'")),
  spoils('typographic quotes', 'another number of fields: malformed', (row) => textWith(row, '\u201ca, b\u201d')),
  opens('stray quote before a field', (row) => textWith(row, `"${row.word}`)),
  opens('stray quote before the record', (row) => `"${row.cells.join(',')}`),
  opens('stray quote as the last field', (row) => textWith(row, '"', row.cells.length - 1)),
  opens('closing quote lost', (row) => textWith(row, '"a, b')),
  opens('closing quote doubled', (row) => textWith(row, '"a, b""')),
  atRows('closing quote lost behind a line end', FIRST_LINE, ([row, next]) => [...twoLines(row, '"a\nb'), withQuotes(next)], { takes: 2 }),
  atRows('record over lines, one field too many', FIRST_LINE, ([row]) => twoLines(row, '"a\nb"', ',x')),
  atRows('record over lines, text behind its quote', FIRST_LINE, ([row]) => twoLines(row, '"a\nb"x')),
  ...balances,
  means('quotes doubled in quotes', '"say ""so"""', 'say "so"'),
  means('three quotes around', '"""x"""', '"x"'),
  means('nothing but quotes', '""""', '"'),
  means('backslash in quotes', '"a\\, b"', 'a\\, b'),
];

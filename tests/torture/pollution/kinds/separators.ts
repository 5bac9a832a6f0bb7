import { type Kind, overFile } from '../kind.ts';
import type { Sheet } from '../sheet.ts';
import { atRows, fieldsWith, type Row, record, spoils, textWith } from './csv-row.ts';

const WIDTH = 'another number of fields than the header: malformed';
const TAKEN = 'of the right width: taken as it stands';

/** The fields of a row joined by commas, but for one place, where something else stands. */
const joinedBy = ({ cells, mid }: Row, between: string): string => `${cells.slice(0, mid).join(',')}${between}${cells.slice(mid).join(',')}`;

const delimited = (name: string, by: string): Kind =>
  overFile(
    'csv',
    `file separated by ${name}`,
    'wrong delimiter, a needed column is not there: 65',
    (sheet): Sheet => ({
      ...sheet,
      lines: sheet.lines.map((line, i) => ({
        text: line.text.replaceAll(',', by),
        end: line.end,
        is: 'nothing',
        ...(i === 0 && { stop: { why: 'missing column', at: 0 } }),
      })),
    }),
  );

/** Separators that are missing, too many, or others. */
export const separators: readonly Kind[] = [
  spoils('separator missing', WIDTH, (row) => joinedBy(row, '')),
  spoils('separator doubled', WIDTH, (row) => joinedBy(row, ',,')),
  spoils('separator at the end', WIDTH, ({ cells }) => `${cells.join(',')},`),
  spoils('separators at the end, many', WIDTH, ({ cells }, { between }) => cells.join(',') + ','.repeat(between(2, 20))),
  spoils('separator at the beginning', WIDTH, ({ cells }) => `,${cells.join(',')}`),
  spoils('comma in a text without quotes', WIDTH, (row) => textWith(row, `${row.word}, Ltd`)),
  spoils('thousands with a comma', WIDTH, (row) => textWith(row, '1,250')),
  spoils('semicolons in one record', WIDTH, ({ cells }) => cells.join(';')),
  spoils('tabs in one record', WIDTH, ({ cells }) => cells.join('\t')),
  spoils('full-width comma for a separator', WIDTH, (row) => joinedBy(row, '\uff0c')),
  spoils('backslash before a comma', WIDTH, (row) => textWith(row, 'a\\, b')),
  spoils('last fields missing', WIDTH, ({ cells }, { between }) => cells.slice(0, between(2, cells.length - 1)).join(',')),
  spoils('separators alone, too few', WIDTH, ({ cells }) => ','.repeat(cells.length - 2)),
  atRows('separators alone, as many as in a record', TAKEN, ([row]) => [
    record(
      row,
      row.cells.map(() => ''),
    ),
  ]),
  atRows('one separator lost, another too many', TAKEN, ([row]) => {
    const cells = [...row.cells.slice(0, row.mid - 1), `${row.cells[row.mid - 1]}${row.word}`, ...row.cells.slice(row.mid + 1), ''];
    return [record(row, cells)];
  }),
  atRows('separator in quotes', 'CSV may hold quoted commas', ([row]) => [record(row, fieldsWith(row, ',a,,b,'), fieldsWith(row, '",a,,b,"'))]),
  delimited('semicolons', ';'),
  delimited('tabs', '\t'),
  delimited('vertical bars', '|'),
];

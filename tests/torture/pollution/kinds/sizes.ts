import { RECORD_LIMIT_BYTES } from '../clean-csv.ts';
import { atRecords, type Kind } from '../kind.ts';
import { atRows, fieldsWith, malformed, type Row, record, spoils, textWith } from './csv-row.ts';

const LIMIT = 'more than limits.record: malformed';
const WIDTH = 'another number of fields: malformed';
const KEPT = 'up to limits.record: kept';

/** A record of so many bytes in all. */
function ofBytes(row: Row, bytes: number): readonly string[] {
  const rest = Buffer.byteLength(textWith(row, ''));
  return fieldsWith(row, 'x'.repeat(bytes - rest));
}

/** Records that are very wide or very long. */
export const sizes: readonly Kind[] = [
  spoils('two thousand fields', WIDTH, ({ cells }) => cells.join(',') + ',x'.repeat(2000)),
  spoils('fifty thousand fields', WIDTH, ({ cells }) => cells.join(',') + ',"x"'.repeat(50_000)),
  atRows('record of exactly the limit', KEPT, ([row]) => [record(row, ofBytes(row, RECORD_LIMIT_BYTES))]),
  atRows('record of exactly the limit, ended by CRLF', KEPT, ([row]) => {
    const cells = ofBytes(row, RECORD_LIMIT_BYTES);
    return [record(row, cells, cells, '\r\n')];
  }),
  spoils('record of one byte above the limit', LIMIT, (row) => ofBytes(row, RECORD_LIMIT_BYTES + 1).join(',')),
  spoils('record above the limit in bytes, not in characters', LIMIT, (row) => textWith(row, '\u00e9'.repeat(RECORD_LIMIT_BYTES / 2))),
  spoils('record far above the limit', LIMIT, (row) => textWith(row, 'x'.repeat(40 * RECORD_LIMIT_BYTES))),
  spoils('record far above the limit, in quotes', LIMIT, (row) => textWith(row, `"${'x, '.repeat(10 * RECORD_LIMIT_BYTES)}"`)),
  atRows('record above the limit, over lines', `${LIMIT}, its first line alone, and each further line is another number of fields`, ([row]) => {
    const lines = textWith(row, `"${'some text\n'.repeat(RECORD_LIMIT_BYTES / 5)}x"`).split('\n');
    return lines.map((text) => malformed(text));
  }),
  atRecords(
    'csv',
    'long field below a high limit',
    'a 5 MB field: the run goes on',
    ([line], { columns }, { between }) => {
      const cells = columns.map((name) => String((line?.is as Record<string, string>)[name] ?? '').replace(/[",\r\n]/g, ''));
      cells[columns.length - 1] = 'long \u00e9 '.repeat(between(10_000, 60_000));
      return [{ text: cells.join(','), end: '\n', is: Object.fromEntries(columns.map((name, i) => [name, cells[i] as string])) }];
    },
    { isAlone: true, recordLimitBytes: 1 << 20 },
  ),
];

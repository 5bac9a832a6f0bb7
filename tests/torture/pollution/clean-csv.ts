import { COLUMNS } from '../../reference/codes.ts';
import type { Clean, CsvSource } from './clean.ts';
import type { Tools } from './kind.ts';
import type { Line, Sheet } from './sheet.ts';

/** Low, so that what is longer need not be long. */
export const RECORD_LIMIT_BYTES = 5000;
const MOST_RECORDS = 45;

/** Texts that a legal file may hold in quotes, and other readers fall over. */
const AWKWARD = ['a, b', 'say "so"', '"', 'two\nlines', 'two\r\nlines', 'a\n\nb', ',', 'x,\n"y"', 'é, 😀', "'", '# no comment', 'NULL', '\t', ' '];

/** A field in quotes. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** A field as a legal file holds it. */
export const written = (text: string): string => (/[",\r\n]/.test(text) ? quoted(text) : text);

/** A line that holds a record, its fields as they are given. */
export const recordLine = (
  columns: readonly string[],
  cells: readonly string[],
  fields: readonly string[] = cells.map(written),
  end = '\n',
): Line => ({
  text: fields.join(','),
  end,
  is: Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])),
});

/**
 * A legal CSV of a source: every record with a key, some texts that need quotes, some in quotes without need, LF, and in every second file
 * the columns in another order.
 */
export function cleanCsv({ records }: Clean, source: CsvSource, tools: Tools): Sheet {
  const [key, ...others] = COLUMNS[source];
  const columns = tools.random() < 0.5 ? [key, ...others] : [key, ...others].sort(() => tools.random() - 0.5);
  const all = records[source];
  const from = tools.between(0, Math.max(0, all.length - MOST_RECORDS));
  const lines = all.slice(from, from + MOST_RECORDS).map((fields) => {
    const cells = columns.map((name) => (name !== key && tools.random() < 0.04 ? tools.pick(AWKWARD) : (fields[name] ?? '')));
    const isQuoted = tools.random() < 0.1;
    return recordLine(columns, cells, isQuoted ? cells.map(quoted) : cells.map(written));
  });
  const header: Line = { text: columns.join(','), end: '\n', is: 'nothing' };
  return { source, form: 'csv', columns, lines: [header, ...lines], recordLimitBytes: RECORD_LIMIT_BYTES };
}

import { quoted } from '../clean-csv.ts';
import { type Kind, overFile } from '../kind.ts';
import type { Line, Sheet, Why } from '../sheet.ts';

const MISSING = 'a missing column stops the run';
const ORDER = 'columns in any order';
const EXTRA = 'an extra column is reported and ignored';
const TRIM = 'names are exact after trim';

const textOf = (names: readonly string[]): string => names.join(',');
/** Another header over the same records, of which none is read. */
const stops = (name: string, says: string, why: Why, header: (names: readonly string[], at: number) => string): Kind =>
  overFile('csv', name, says, (sheet, { between }): Sheet => {
    const [first, ...records] = sheet.lines as [Line, ...Line[]];
    const text = header(sheet.columns, between(0, sheet.columns.length - 1));
    return { ...sheet, lines: [{ ...first, text, stop: { why, at: 0 } }, ...records.map((line) => ({ ...line, is: 'nothing' as const }))] };
  });
/** Another way to write the same header. */
const writes = (name: string, says: string, header: (names: readonly string[]) => string): Kind =>
  overFile(
    'csv',
    name,
    says,
    (sheet) => ({ ...sheet, lines: sheet.lines.map((line, i) => (i === 0 ? { ...line, text: header(sheet.columns) } : line)) }),
    {
      isAlone: false,
    },
  );
/** A header over records that have another number of fields. */
const misfits = (name: string, header: (names: readonly string[]) => string): Kind =>
  overFile('csv', name, 'another number of fields than the header: malformed, every record of them', (sheet) => ({
    ...sheet,
    lines: sheet.lines.flatMap((line, i): Line[] => (i === 0 ? [{ ...line, text: header(sheet.columns) }] : shattered(line))),
  }));

/** A record none of whose lines has the width of the header. */
const shattered = (line: Line): Line[] =>
  line.text.split(/(?<=\r\n|\r(?!\n)|\n)/).flatMap((part, i, all): Line[] => {
    const text = part.replace(/[\r\n]+$/, '');
    const end = i === all.length - 1 ? line.end : part.slice(text.length);
    return [{ text, end, is: text === '' ? 'nothing' : 'malformed' }];
  });

/** Every line gets one field more at the end. */
const widened = (name: string, says: string, column: string, field: string): Kind =>
  overFile(
    'csv',
    name,
    says,
    (sheet) => ({
      ...sheet,
      columns: [...sheet.columns, column.replace(/"/g, '')],
      lines: sheet.lines.map((line, i) => ({
        ...line,
        text: `${line.text},${i === 0 ? column : field}`,
        is: typeof line.is === 'string' ? line.is : { ...line.is, [column.replace(/"/g, '')]: field.replace(/"/g, '') },
      })),
    }),
    { isAlone: true },
  );

/** Headers that changed. */
export const headers: readonly Kind[] = [
  stops('column renamed', MISSING, 'missing column', (names, at) => textOf(names.map((name, i) => (i === at ? `${name}_new` : name)))),
  stops('column in another case', MISSING, 'missing column', (names, at) => textOf(names.map((name, i) => (i === at ? name.toUpperCase() : name)))),
  stops('column not in the header', MISSING, 'missing column', (names, at) => textOf(names.filter((_, i) => i !== at))),
  stops('column empty in the header', MISSING, 'missing column', (names, at) => textOf(names.map((name, i) => (i === at ? '' : name)))),
  stops('column twice', 'a needed name twice: 65', 'column twice', (names, at) => textOf([...names, ` ${names[at]}`])),
  stops('quote in the header', 'none of its names is there: 65', 'missing column', (names) => textOf(names).replace(/^(..)/, '$1"')),
  stops('no header', MISSING, 'missing column', (names) => textOf(names.map((_, i) => String(i)))),
  stops('page of HTML', MISSING, 'missing column', () => '<!DOCTYPE html><html><body>Sign in</body></html>'),
  overFile('csv', 'column missing everywhere', MISSING, (sheet, { between }): Sheet => {
    const at = between(0, sheet.columns.length - 1);
    const without = (fields: readonly string[]) => textOf(fields.filter((_, i) => i !== at));
    const lines = sheet.lines.map(({ is, end }, i): Line => {
      if (i === 0) return { text: without(sheet.columns), end, is: 'nothing', stop: { why: 'missing column', at: 0 } };
      return { text: without(sheet.columns.map((name) => quoted(String((is as Record<string, string>)[name] ?? '')))), end, is: 'nothing' };
    });
    return { ...sheet, lines };
  }),
  writes('names in quotes', TRIM, (names) => textOf(names.map(quoted))),
  writes('names with space around them', TRIM, (names) => textOf(names.map((name) => ` ${name}\t\u00a0`))),
  overFile('csv', 'columns in another order', ORDER, (sheet, { between }) => {
    const turn = between(1, sheet.columns.length - 1);
    const turned = (fields: readonly string[]) => [...fields.slice(turn), ...fields.slice(0, turn)];
    const columns = turned(sheet.columns);
    const lines = sheet.lines.map((line, i): Line => {
      const { is } = line;
      if (i === 0 || typeof is === 'string') return { ...line, text: textOf(columns) };
      return { ...line, text: textOf(columns.map((name) => quoted(String(is[name] ?? '')))) };
    });
    return { ...sheet, columns, lines };
  }),
  widened('extra column', EXTRA, 'notes', 'x'),
  widened('extra column of a name over two lines', EXTRA, '"no\ntes"', '"x"'),
  widened('separator at the end of every line', EXTRA, '', ''),
  misfits('name too many in the header', (names) => textOf([...names, 'notes'])),
  misfits('separator at the end of the header', (names) => `${textOf(names)},`),
];

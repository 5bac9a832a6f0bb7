import { type Kind, overFile } from '../kind.ts';
import type { Line, Sheet, Stop, Why } from '../sheet.ts';
import { FEEDS } from './json-order.ts';

const EMPTY = 'empty: the run goes on';
const STOPS = 'an array that does not parse: 65';
const ENCODING = 'binary, or not UTF-8 (UTF-16 is named): 65';

const nothing = (text: string, end = '\n'): Line => ({ text, end, is: 'nothing' });
/** Other lines in the place of all. */
const replaced = (name: string, says: string, lines: readonly Line[], form: Kind['form'] = 'lines'): Kind =>
  overFile(form, name, says, (sheet) => ({ ...sheet, lines }));
const stopped = (name: string, says: string, text: string, stop: Stop): Kind => replaced(name, says, [{ ...nothing(text), stop }]);

const encoded = (name: string, why: Why, encode: (text: string) => Uint8Array): Kind[] =>
  FEEDS.map((form) =>
    overFile(
      form,
      name,
      ENCODING,
      (sheet): Sheet => ({
        ...sheet,
        encode,
        lines: sheet.lines.map((line, i) => ({ ...line, is: 'nothing', ...(i === 0 && { stop: { why, at: null } }) })),
      }),
    ),
  );

/** An array of which the end is missing. */
const cutArray = (name: string, keep: (last: Line) => string): Kind =>
  overFile('array', name, STOPS, (sheet, { between }): Sheet => {
    const at = between(2, sheet.lines.length - 2);
    const text = keep(sheet.lines[at] as Line);
    return { ...sheet, lines: [...sheet.lines.slice(0, at), { text, end: '', is: 'nothing', stop: { why: 'JSON', at: text.length } }] };
  });

/** Behind the last element, or behind the array, something follows. */
const behind = (name: string, says: string, text: string, at: number): Kind =>
  overFile('array', name, says, (sheet) => ({ ...sheet, lines: [...sheet.lines, { ...nothing(text), stop: { why: 'JSON', at } }] }));

const prefixed = (form: Kind['form'], name: string, says: string, ...before: Line[]): Kind =>
  overFile(form, name, says, (sheet) => ({ ...sheet, lines: [...before, ...sheet.lines] }), { isAlone: form === 'array' });

/** What is planted over a feed as a whole. */
export const jsonFiles: readonly Kind[] = [
  replaced('empty file', EMPTY, []),
  replaced('a BOM alone', EMPTY, [nothing('\ufeff', '')]),
  replaced('blank lines alone', EMPTY, [nothing(''), nothing(' \t', '\r\n'), nothing('\u00a0')]),
  replaced('empty array', EMPTY, [nothing(' [ ] ')], 'array'),
  stopped('page of HTML', 'no object at all: 65', '<!DOCTYPE html>\n<html></html>', { why: 'no object', at: 0 }),
  stopped('CSV for a feed', 'no object at all: 65', '\norder_id,amount\n1,2\n', { why: 'no object', at: 1 }),
  stopped('array of no object', 'no object at all: 65', '[1, "x",\nnull]', { why: 'no object', at: 0 }),
  stopped('one object over many lines', 'no object at all: 65', '{\n"order_id": 1,\n"amount": 2\n}', { why: 'no object', at: 0 }),
  prefixed('lines', 'BOM at the beginning', 'a BOM at the beginning of JSON is accepted', nothing('\ufeff', '')),
  prefixed('array', 'BOM at the beginning', 'a BOM at the beginning of JSON is accepted', nothing('\ufeff', '')),
  prefixed(
    'lines',
    'blank lines before it',
    'lines of white space, as in trim, are skipped',
    nothing(''),
    nothing(' \u00a0\t', '\r\n'),
    nothing('\u3000'),
  ),
  prefixed('array', 'blank lines before it', 'the first character that is not white decides', nothing(''), nothing(' \t', '\r\n')),
  prefixed('lines', 'comment before it', 'no JSON: malformed', { ...nothing('# orders'), is: 'malformed' }),
  overFile('lines', 'every line ends in CRLF', 'lines end in LF; CR is white', (sheet) => crlf(sheet), { isAlone: false }),
  overFile('array', 'every line ends in CRLF', 'CR is white', (sheet) => crlf(sheet), { isAlone: false }),
  overFile(
    'lines',
    'no line end at the end',
    'the end of the file ends a line',
    (sheet) => ({
      ...sheet,
      lines: sheet.lines.map((line, i, all) => (i === all.length - 1 ? { ...line, end: '' } : line)),
    }),
    { isAlone: false },
  ),
  overFile('lines', 'feed wrapped in an object', 'one object: a record, of which everything is missing', (sheet) => ({
    ...sheet,
    recordLimitBytes: 1 << 20,
    lines: [{ text: `{"orders":[${sheet.lines.map(({ text }) => text).join(',')}]}`, end: '\n', is: {} }],
  })),
  overFile('lines', 'array behind lines', 'no JSON object: malformed', (sheet) => ({
    ...sheet,
    lines: [...sheet.lines, { ...nothing('[]'), is: 'malformed' }],
  })),
  overFile('lines', 'cut off in an object', 'no JSON: malformed', (sheet) => ({
    ...sheet,
    lines: sheet.lines.map((line, i, all) => (i < all.length - 1 ? line : { text: line.text.slice(0, -5), end: '', is: 'malformed' })),
  })),
  cutArray('cut off in an object', ({ text }) => text.slice(0, -5)),
  cutArray('cut off behind an object', ({ text }) => text),
  cutArray('cut off behind a comma', ({ text }) => `${text},`),
  cutArray('cut off in a text', ({ text }) => `${text.slice(0, -1)},"x":"y`),
  behind('text behind an array', STOPS, 'oops', 0),
  behind('two arrays', STOPS, '[]', 0),
  behind('bracket too many', STOPS, ' ]', 1),
  overFile(
    'array',
    'bracket lost at the beginning',
    'lines, of which none is an object',
    (sheet): Sheet => ({
      ...sheet,
      lines: [
        {
          text: sheet.lines
            .slice(1)
            .map(({ text, end }) => text + end.replace(/\n/g, ''))
            .join(''),
          end: '\n',
          is: 'nothing',
          stop: { why: 'no object', at: 0 },
        },
      ],
    }),
  ),
  overFile('array', 'trailing comma in an array', STOPS, (sheet): Sheet => {
    const last = sheet.lines.length - 1;
    return {
      ...sheet,
      lines: sheet.lines.map((line, i): Line => {
        if (i === last) return { ...line, stop: { why: 'JSON', at: 0 } };
        return i === last - 1 ? { ...line, end: `,${line.end}` } : line;
      }),
    };
  }),
  ...encoded('archive under the name', 'binary', () => Buffer.from('1f8b0800000000000003ff', 'hex')),
  ...encoded('file in UTF-16', 'UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  ...encoded('file in UTF-16 without a mark', 'UTF-16', (text) => Buffer.from(text, 'utf16le')),
];

function crlf(sheet: Sheet): Sheet {
  const lines = sheet.lines.map((line): Line => {
    const { text, stop } = line;
    const end = line.end.replace(/\r?\n/g, '\r\n');
    const isBehind = stop?.at != null && stop.at > text.length;
    return { ...line, end, ...(isBehind && { stop: { ...stop, at: (stop.at ?? 0) + end.length - line.end.length } }) };
  });
  return { ...sheet, lines };
}

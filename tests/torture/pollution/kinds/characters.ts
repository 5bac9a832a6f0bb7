import { type Kind, overFile } from '../kind.ts';
import { RAW, type Sheet, type Why } from '../sheet.ts';
import { atRows, fieldsWith, kept, malformed, record, spoils, textWith } from './csv-row.ts';

const NUL = 'a NUL character: malformed';
const TEXT = 'a character like any other';
const BOM = 'a BOM at the beginning is accepted; elsewhere a character, white space as in trim';

/** A field with a character in it, which stays. */
const holding = (name: string, text: string): Kind =>
  atRows(name, TEXT, ([row]) => {
    const cells = fieldsWith(row, `a${text}b`);
    return [record(row, cells)];
  });

/** Bytes in a field that are no UTF-8. */
const bytes = (name: string, raw: Uint8Array, why: Why, stage: 'record' | 'last' = 'record'): Kind =>
  atRows(
    name,
    `not UTF-8: 65${why === 'Latin-1' ? ', and Latin-1 is named' : ''}`,
    ([row]) => {
      const text = stage === 'last' ? [...row.cells.slice(0, -1), `a${RAW}`].join(',') : textWith(row, `a${RAW}b`);
      return [{ text, end: stage === 'last' ? '' : '\n', is: 'nothing', raw, stop: { why, at: text.indexOf(RAW) } }];
    },
    { stage },
  );

const UTF16_SAYS = 'not UTF-8: 65, and UTF-16 is named';
const encoded = (name: string, says: string, why: Why, encode: (text: string) => Uint8Array): Kind =>
  overFile(
    'csv',
    name,
    says,
    (sheet): Sheet => ({
      ...sheet,
      encode,
      lines: sheet.lines.map((line, i) => ({ ...line, is: 'nothing', ...(i === 0 && { stop: { why, at: null } }) })),
    }),
  );

const latin1 = overFile('csv', 'file in Latin-1', 'not UTF-8: 65, and Latin-1 is named', (sheet, { between }): Sheet => {
  const lines = sheet.lines.map((line) => ({
    ...line,
    text: line.text.replace(/[^\0-\xff]/g, '?').replace(/[\x80-\xff]/g, 'e'),
    is: 'nothing' as const,
  }));
  const at = between(0, lines.length - 1);
  // One character alone is enough: the first that is no UTF-8 is named.
  const wrong = lines.map((line, i) =>
    i === at ? { ...line, text: `${line.text}\u00e9`, stop: { why: 'Latin-1' as const, at: line.text.length } } : line,
  );
  const encode = (text: string) => Buffer.from(text, 'latin1');
  return { ...sheet, lines: wrong, encode };
});

/** NULs, marks, control characters, and bytes that are no UTF-8. */
export const characters: readonly Kind[] = [
  overFile('csv', 'BOM at the beginning', BOM, (sheet) => withBom(sheet, '\ufeff'), { isAlone: false }),
  overFile('csv', 'two BOMs at the beginning', BOM, (sheet) => withBom(sheet, '\ufeff\ufeff'), { isAlone: false }),
  atRows('BOM before a record', BOM, ([row]) => [record(row, fieldsWith(row, `\ufeff${row.cells[0]}`, 0))]),
  holding('BOM in a field', '\ufeff'),
  spoils(
    'BOM before a quoted field',
    'a quote inside an unquoted field: malformed',
    (row) => `\ufeff"${row.cells[0]}",${row.cells.slice(1).join(',')}`,
  ),
  spoils('NUL in a field', NUL, (row) => textWith(row, 'a\0b')),
  spoils('NUL in quotes', NUL, (row) => textWith(row, '"a\0b"')),
  spoils('NUL before a record', NUL, (row) => `\0${row.cells.join(',')}`),
  spoils('NUL behind a record', NUL, (row) => `${row.cells.join(',')}\0`),
  spoils('record in UTF-16', NUL, (row) =>
    Buffer.from(row.cells.join(','), 'utf16le')
      .toString('latin1')
      .replace(/[\x80-\xff]/g, '?'),
  ),
  atRows('block of NULs', 'another number of fields: malformed', ([row]) => [kept(row), malformed('\0'.repeat(512))]),
  atRows('NULs at the end', 'another number of fields: malformed', ([row]) => [kept(row), malformed('\0'.repeat(300), '')], { stage: 'last' }),
  overFile('csv', 'NUL in the header', 'binary: 65', (sheet): Sheet => {
    const [header, ...rest] = sheet.lines as [Sheet['lines'][0], ...Sheet['lines']];
    return { ...sheet, lines: [{ ...header, text: `${header.text}\0`, stop: { why: 'binary', at: null } }, ...rest] };
  }),
  holding('form feed in a field', '\f'),
  holding('vertical tab in a field', '\v'),
  holding('control characters in a field', '\x01\x07\x08\x1b\x7f'),
  holding('U+2028, U+2029 and U+0085 in a field', '\u2028\u2029\u0085'),
  holding('U+FFFD in a field', '\ufffd'),
  holding('marks of direction, joiners and emoji in a field', '\u202e\u200d\u{1f469}\u200d\u{1f680}e\u0301'),
  bytes('byte FF in a field', Uint8Array.of(0xff), 'not UTF-8'),
  bytes('lone continuation byte', Uint8Array.of(0x80), 'not UTF-8'),
  bytes('overlong form', Uint8Array.of(0xc0, 0xaf), 'not UTF-8'),
  bytes('surrogate in UTF-8', Uint8Array.of(0xed, 0xa0, 0x80), 'not UTF-8'),
  bytes('character cut off in a field', Uint8Array.of(0xf0, 0x9f, 0x98), 'not UTF-8'),
  bytes('character cut off at the end of the file', Uint8Array.of(0xe2, 0x82), 'not UTF-8', 'last'),
  bytes('one field in Latin-1', Buffer.from('\u00e9', 'latin1'), 'Latin-1'),
  bytes('one field in Windows-1252', Uint8Array.of(0x93, 0x61, 0x94), 'Latin-1'),
  latin1,
  encoded('file in UTF-16, little end first', UTF16_SAYS, 'UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  encoded('file in UTF-16, big end first', UTF16_SAYS, 'UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
  encoded('file in UTF-16 without a mark', UTF16_SAYS, 'UTF-16', (text) => Buffer.from(text, 'utf16le')),
  encoded('archive under the name', 'binary: 65', 'binary', (text) =>
    Buffer.concat([Buffer.from('504b030414000600', 'hex'), Buffer.from(text), Uint8Array.of(0, 255)]),
  ),
];

function withBom(sheet: Sheet, bom: string): Sheet {
  const [header, ...rest] = sheet.lines as [Sheet['lines'][0], ...Sheet['lines']];
  return { ...sheet, lines: [{ ...header, text: bom + header.text }, ...rest] };
}

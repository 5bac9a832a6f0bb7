import { atRecords, type Kind, overFile } from '../kind.ts';
import { type Line, RAW, type Sheet } from '../sheet.ts';
import { FEEDS, keptOrder, type Order, orderOf } from './json-order.ts';

const BLANK = 'lines of white space only, as in trim, are skipped';
const STRICT = 'no JSON: malformed';

/** A kind of NDJSON, at one object or more. */
const atOrders = (name: string, says: string, work: (orders: readonly [Order, Order]) => readonly Line[], takes = 1): Kind =>
  atRecords('lines', name, says, (lines) => work(lines.map(orderOf) as unknown as [Order, Order]), { takes });

const malformed = (text: string, end = '\n'): Line => ({ text, end, is: 'malformed' });
const blank = (name: string, text: string, end = '\n'): Kind => atOrders(name, BLANK, ([order]) => [keptOrder(order), { text, end, is: 'nothing' }]);

const wrongByte = FEEDS.map((form) =>
  overFile(form, 'one text in Latin-1', 'not UTF-8: 65, and Latin-1 is named', (sheet, { between }): Sheet => {
    const at = between(1, sheet.lines.length - 2);
    const lines = sheet.lines.map((line, i): Line => {
      if (i !== at) return line;
      const text = line.text.replace('{', `{"x":"${RAW}",`);
      return { ...line, text, is: 'nothing', raw: Uint8Array.of(0xe9), stop: { why: 'Latin-1', at: text.indexOf(RAW) } };
    });
    return { ...sheet, lines };
  }),
);

/** What is planted between and in the lines of NDJSON, and between the elements of an array. */
export const jsonLines: readonly Kind[] = [
  atOrders('two objects on a line', STRICT, ([a, b]) => [malformed(`{${a.members}}{${b.members}}`)], 2),
  atOrders('two objects on a line, CR between', STRICT, ([a, b]) => [malformed(`{${a.members}}\r{${b.members}}`)], 2),
  atOrders('object over two lines', STRICT, ([{ members }]) => [malformed(`{"x":1,`), malformed(`${members}}`)]),
  atOrders('object over many lines', STRICT, ([{ members }]) => ['{', ...members.split(/(?<=,)/), '}'].map((text) => malformed(text))),
  atOrders('comma behind an object', STRICT, ([{ members }]) => [malformed(`{${members}},`)]),
  atOrders('object cut off in the middle', STRICT, ([{ members }]) => [malformed(`{${members.slice(0, -8)}`)]),
  atOrders('object without its beginning', STRICT, ([{ members }]) => [malformed(`${members.slice(8)}}`)]),
  atOrders('two objects cut and joined', STRICT, ([a, b]) => [malformed(`{${a.members.slice(0, 12)}${b.members.slice(20)}}`)], 2),
  atOrders('bracket on a line', STRICT, ([order]) => [keptOrder(order), malformed(']')]),
  atOrders('comment line', STRICT, ([order]) => [keptOrder(order), malformed('// more')]),
  atOrders('line of CSV', STRICT, ([order]) => [keptOrder(order), malformed('1,2,2024-01-01')]),
  atOrders('object twice', 'a record like any other', ([order]) => [keptOrder(order), keptOrder(order)]),
  atOrders('line ends in CRLF', 'lines end in LF; CR is white', ([order]) => [{ ...keptOrder(order), end: '\r\n' }]),
  atOrders('no-break space before an object', STRICT, ([{ members }]) => [malformed(`\u00a0{${members}}`)]),
  blank('blank line', ''),
  blank('line of spaces', '  \t'),
  blank('line of CR', '\r'),
  blank('line of a no-break space', '\u00a0'),
  blank('line of a BOM', '\ufeff'),
  ...wrongByte,
  atRecords('array', 'comma missing between lines', 'an array that does not parse: 65', ([line]) => {
    const { text, end } = line as Line;
    return [{ text, end: end.replace(',', ' '), is: 'nothing', stop: { why: 'JSON', at: text.length + end.length } }];
  }),
  atRecords('array', 'comma doubled', 'an array that does not parse: 65', ([line]) => {
    const { text, end } = line as Line;
    return [{ text, end: `,${end}`, is: 'nothing', stop: { why: 'JSON', at: text.length + 1 + end.indexOf(',') } }];
  }),
  atRecords('array', 'element over many lines', 'JSON: white space between tokens', ([line]) => {
    const order = orderOf(line as Line);
    return [{ ...keptOrder(order), text: `\n { ${order.members.replace(/,"/g, '\n,\n"')}\n}` }];
  }),
];

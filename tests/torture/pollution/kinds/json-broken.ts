import { RECORD_LIMIT_BYTES } from '../clean-csv.ts';
import { atRecords, type Kind } from '../kind.ts';
import type { Line } from '../sheet.ts';
import { FEEDS, inFeeds, keptOrder, type Order, orderOf } from './json-order.ts';

const STRICT = 'no JSON: a line is malformed, an array stops the run';
const SURROGATE = 'the escape of a lone surrogate: malformed';
const NO_OBJECT = 'no JSON object: malformed';
const LONG = 'more than limits.record: malformed';
/** Where JSON ends being JSON. */
const FAULT = '\u{1f4a5}';

/** What is no JSON, from the mark on; without a mark, from the next thing that follows it. */
const broken = (name: string, textOf: (order: Order) => string): Kind[] =>
  inFeeds(name, STRICT, (order, form) => {
    const marked = textOf(order);
    const text = marked.replace(FAULT, '');
    if (form === 'lines') return [{ text, end: order.end, is: 'malformed' }];
    const at = marked.includes(FAULT) ? marked.indexOf(FAULT) : text.length + order.end.length;
    return [{ text, end: order.end, is: 'nothing', stop: { why: 'JSON', at } }];
  });

/** An object with a member that is no JSON, from the mark on. */
const member = (name: string, source: string): Kind[] => broken(name, ({ members }) => `{${members},${source}}`);

/** What is JSON and no record. */
const refused = (name: string, says: string, textOf: (order: Order) => string): Kind[] =>
  inFeeds(name, says, (order) => [{ text: textOf(order), end: order.end, is: 'malformed' }]);

const long = (order: Order, bytes: number): string => {
  const empty = `{${order.members},"note":""}`;
  return empty.replace('""}', `"${'x'.repeat(bytes - Buffer.byteLength(empty))}"}`);
};

/** Two orders in the place of one. */
const pairs = FEEDS.map((form) =>
  atRecords(
    form,
    'comma missing between two objects',
    STRICT,
    (lines, { form: is }) => {
      const [first, second] = lines.map((line) => orderOf(line)) as [Order, Order];
      const text = `{${first.members}} {${second.members}}`;
      if (is === 'lines') return [{ text, end: second.end, is: 'malformed' }];
      return [{ text, end: second.end, is: 'nothing', stop: { why: 'JSON', at: first.members.length + 3 } }];
    },
    { takes: 2 },
  ),
);

/** Objects and values that are no JSON, or no record. */
export const jsonBroken: readonly Kind[] = [
  ...member('NaN', `"x":${FAULT}NaN`),
  ...member('Infinity', `"x":${FAULT}Infinity`),
  ...member('minus Infinity', `"x":-${FAULT}Infinity`),
  ...member('number with a plus', `"x":${FAULT}+1`),
  ...member('number with a leading zero', `"x":0${FAULT}1`),
  ...member('number that begins with a point', `"x":${FAULT}.5`),
  ...member('number that ends in a point', `"x":12.${FAULT}`),
  ...member('hexadecimal number', `"x":0${FAULT}x1F`),
  ...member('exponent without digits', `"x":1e${FAULT}`),
  ...member('thousands in a number', `"x":1${FAULT}_250`),
  ...member('apostrophes for quotes', `${FAULT}'x':1`),
  ...member('name without quotes', `${FAULT}x:1`),
  ...member('None', `"x":${FAULT}None`),
  ...member('undefined', `"x":${FAULT}undefined`),
  ...member('comment', `"x":1${FAULT}/* y */`),
  ...member('comma missing in an object', `"x":1${FAULT} "y":2`),
  ...member('comma doubled in an object', `"x":1,${FAULT},"y":2`),
  ...member('colon missing', `"x" ${FAULT}1`),
  ...member('value missing', `"x":${FAULT}`),
  ...member('trailing comma in an object', `"x":1,${FAULT}`),
  ...member('trailing comma in a list', `"x":[1,${FAULT}]`),
  ...member('unknown escape', `"x":"\\${FAULT}x41"`),
  ...member('escape cut short', `"x":"\\u12${FAULT}"`),
  ...member('raw tab in a text', `"x":"a${FAULT}\tb"`),
  ...member('raw NUL in a text', `"x":"a${FAULT}\0b"`),
  ...member('quotes not escaped in a text', `"x":"say "${FAULT}so""`),
  ...member('bracket of another kind', `"x":[1${FAULT}}`),
  ...member('no-break space between tokens', `"x":${FAULT}\u00a01`),
  ...broken('BOM before an object', ({ members }) => `${FAULT}\ufeff{${members}}`),
  ...broken('record separator before an object', ({ members }) => `${FAULT}\x1e{${members}}`),
  ...broken('brace too many', ({ members }) => `{${members}}${FAULT}}`),
  ...broken('brace missing', ({ members }) => `{${members}`),
  ...broken('comment behind an object', ({ members }) => `{${members}} ${FAULT}// x`),
  ...broken('lists opened and never closed', ({ members }) => `{${members},"x":[[[[1]]]${FAULT}}`),
  ...broken('text that is no JSON', () => `${FAULT}oops`),
  ...pairs,
  ...refused('number for an object', NO_OBJECT, () => '12'),
  ...refused('text for an object', NO_OBJECT, () => '"oops"'),
  ...refused('null for an object', NO_OBJECT, () => 'null'),
  ...refused('true for an object', NO_OBJECT, () => 'true'),
  ...refused('list for an object', NO_OBJECT, ({ members }) => `[{${members}}]`),
  ...refused('lone surrogate, first half', SURROGATE, ({ members }) => `{${members},"x":"\\ud83d!"}`),
  ...refused('lone surrogate, second half', SURROGATE, ({ members }) => `{${members},"x":"\\uDE00"}`),
  ...refused('lone surrogate in a name', SURROGATE, ({ members }) => `{${members},"\\ud83d":1}`),
  ...refused('lone surrogate deep inside', SURROGATE, ({ members }) => `{${members},"x":[[{"y":"\\ud83d\\ud83d\\ude00"}]]}`),
  ...refused('object above the limit', LONG, (order) => long(order, RECORD_LIMIT_BYTES + 1)),
  ...refused('object far above the limit', LONG, (order) => long(order, 30 * RECORD_LIMIT_BYTES)),
  ...inFeeds('object of exactly the limit', 'up to limits.record: kept', (order): Line[] => [
    { ...keptOrder(order), text: long(order, RECORD_LIMIT_BYTES) },
  ]),
];

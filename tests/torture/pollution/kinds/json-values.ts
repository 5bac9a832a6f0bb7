import type { Kind } from '../kind.ts';
import type { Fields } from '../sheet.ts';
import { freshOrder, inFeeds, type Order, withMembers } from './json-order.ts';

const NUMBER = 'numbers count by their exact decimal value, whatever their notation or length';
const LAST = 'of a key given twice the last counts';
const NAMES = 'only an absent or null first name falls back';
const IGNORED = 'strict JSON; a member that is not wanted is ignored';
const DEPTH = 60_000;

const rest = '"customer_id":10001,"date":"2024-01-02"';
const REST: Fields = { customer_id: { number: '10001' }, date: '2024-01-02' };
/** An order with one number in a notation of its own. */
const number = (source: string, column: 'order_id' | 'amount' = 'amount'): Kind[] =>
  inFeeds(`number ${source.length > 30 ? `of ${source.length} digits` : source} as ${column}`, NUMBER, ({ end }) => {
    const other = column === 'amount' ? 'order_id' : 'amount';
    return [
      freshOrder(end, `{"${column}":${source},"${other}":990001,${rest}}`, { ...REST, [column]: { number: source }, [other]: { number: '990001' } }),
    ];
  });

/** An order with one value of its own as its date. */
const value = (name: string, says: string, source: string, is: Fields[string]): Kind[] =>
  inFeeds(name, says, ({ end }) => [
    freshOrder(end, `{"order_id":990002,"customer_id":10001,"amount":5,"date":${source}}`, {
      order_id: { number: '990002' },
      customer_id: { number: '10001' },
      amount: { number: '5' },
      date: is,
    }),
  ]);

/** A legal object all the same. */
const legal = (name: string, says: string, work: (order: Order) => readonly [more: string, changed?: Fields]): Kind[] =>
  inFeeds(name, says, (order) => [withMembers(order, ...work(order))]);

/** A deep one needs room. */
const deep = (name: string, says: string, open: string, close: string): Kind[] =>
  inFeeds(name, says, (order) => [withMembers(order, `"note":${open.repeat(DEPTH)}1${close.repeat(DEPTH)}`)], {
    isAlone: true,
    recordLimitBytes: 1 << 20,
  });

/** Values that are JSON, however odd. */
export const jsonValues: readonly Kind[] = [
  ...[
    '1e3',
    '1E+2',
    '12.0',
    '12.340',
    '125e-1',
    '-0',
    '-0.0',
    '0',
    '1e-400',
    '1e400',
    '0.1e1',
    '9'.repeat(25),
    `12.5${'0'.repeat(30)}1`,
    `0.${'0'.repeat(40)}1`,
  ].flatMap((it) => number(it)),
  ...['1e3', '12.0', '-5', '12.5', '9007199254740991', '9007199254740993', '9'.repeat(25)].flatMap((it) => number(it, 'order_id')),
  ...legal('key twice', LAST, () => ['"amount":99.5,"amount":7.25', { amount: { number: '7.25' } }]),
  ...legal('key twice, null at last', LAST, () => ['"amount":99.5,"amount":null', { amount: null }]),
  ...legal('key twice, once in escapes', LAST, () => ['"\\u0061mount":8', { amount: { number: '8' } }]),
  ...legal('both names given', NAMES, () => ['"cust_id":5,"total":6', { cust_id: { number: '5' }, total: { number: '6' } }]),
  ...legal('member more', IGNORED, () => ['"note":{"amount":[1,{"order_id":null}],"x":"}\\"]"}']),
  ...legal('names of Object', IGNORED, () => ['"__proto__":{"amount":1},"constructor":2,"toString":3']),
  ...legal('empty name', IGNORED, () => ['"":"x"']),
  ...deep('lists sixty thousand deep', IGNORED, '[', ']'),
  ...deep('objects sixty thousand deep', IGNORED, '{"a":', '}'),
  ...inFeeds('empty object', 'an object: a record, of which everything is missing', ({ end }) => [freshOrder(end, '{}', {})]),
  ...inFeeds('space inside an object', 'JSON', ({ end }) => [freshOrder(end, '{ \t"order_id" :\t990003 }', { order_id: { number: '990003' } })]),
  ...value('text with escapes', 'strict JSON', '"\\u00e9\\/\\\\\\"\\t"', 'é/\\"\t'),
  ...value('pair of surrogates in escapes', 'strict JSON', '"\\ud83d\\ude00"', '\u{1f600}'),
  ...value('escape of a NUL', 'strict JSON', '"2024\\u0000"', '2024\0'),
  ...value('line ends in escapes', 'strict JSON', '"a\\nb\\r\\nc"', 'a\nb\r\nc'),
  ...value('U+2028 in a text', 'NDJSON lines end in LF', '"a\u2028b"', 'a\u2028b'),
  ...value('BOM in a text', 'a character like any other', '"a\ufeffb"', 'a\ufeffb'),
  ...value('empty text', 'an empty result is null', '""', ''),
  ...value('true', 'invalid as a date', 'true', { other: 'true' }),
  ...value('list', 'invalid as a date', '["2024-01-02"]', { other: '["2024-01-02"]' }),
  ...value('object', 'invalid as a date', '{"d":"2024-01-02"}', { other: '{"d":"2024-01-02"}' }),
];

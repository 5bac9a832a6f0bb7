import { type Order, plain, pounds } from './order-shapes.ts';

/** Refused records made from the accepted order beside them; `stranger` is an order number of their own. */
export interface OrderFault {
  /** Before: an accepted order with the same number comes later and wins. After: it wins itself, and may be refused for something else. */
  readonly place: 'before' | 'after';
  /** True where an array with this element would not parse. */
  readonly breaksArray: boolean;
  readonly text: (order: Order, stranger: string) => string;
}

const refused = (text: OrderFault['text']): OrderFault => ({ place: 'before', breaksArray: false, text });
const correction = (text: OrderFault['text']): OrderFault => ({ place: 'after', breaksArray: false, text });
const broken = (text: OrderFault['text']): OrderFault => ({ place: 'before', breaksArray: true, text });
const rest = ({ customer, pence, date }: Order): string => `"customer_id":${customer},"amount":${pounds(pence)},"date":"${date}"`;

const numbered = (id: string): OrderFault => refused((order) => `{"order_id":${id},${rest(order)}}`);
const from = (customer: string): OrderFault =>
  refused((order, id) => `{"order_id":${id},${customer}"amount":${pounds(order.pence)},"date":"${order.date}"}`);
const worth = (amount: string): OrderFault =>
  refused(({ customer, date }, id) => `{"order_id":${id},"customer_id":${customer},${amount}"date":"${date}"}`);

const DUPLICATES: readonly OrderFault[] = [
  refused(plain),
  correction((order) => plain({ ...order, pence: order.pence + 100 })),
  refused((order) => plain({ ...order, id: `"0${order.id}"`, pence: 0 })),
  refused((order) => `{"order_id":${order.id}.0,"customer_id":true,"amount":"much","date":false}`),
  correction((order) => plain({ ...order, date: '2025-12-31' })),
  correction((order) => `{"order_id":" ${order.id} ","customer_id":"${order.customer}","amount":-1,"date":"${order.date}"}`),
];

const BROKEN: readonly OrderFault[] = [
  broken((order, id) => `{"order_id":${id},${rest(order).slice(0, -12)}`),
  broken((order, id) => `{"order_id":${id},${rest(order)},}`),
  broken(({ customer, date }, id) => `{"order_id":${id},"customer_id":${customer},"amount":NaN,"date":"${date}"}`),
  broken((order, id) => `{'order_id':${id},'customer_id':${order.customer}}`),
  broken((order, id) => `{"order_id":${id},${rest(order)}} {}`),
  broken((order, id) => `{"order_id":${id},${rest(order)}}\u00a0`),
  broken(() => '# exported by the old shop'),
  broken((order, id) => `{"order_id":0${id},${rest(order)}}`),
];

const NO_OBJECTS: readonly OrderFault[] = ['42', '"an order"', 'null', 'true', '[]', '[{"order_id":1}]'].map((text) => refused(() => text));
const LONE_SURROGATES: readonly OrderFault[] = [
  refused((order, id) => `{"order_id":${id},${rest(order)},"note":"half a smile \\ud83d"}`),
  refused((order, id) => `{"order_id":${id},${rest(order)},"\\uDE00":1}`),
  refused((order, id) => `{"order_id":${id},${rest(order)},"gift":{"to":"\\uDE00\\uD83D"}}`),
];

const ORDER_IDS: readonly OrderFault[] = [
  refused((order) => `{${rest(order)}}`),
  ...[
    'null',
    '""',
    '" \u00a0"',
    'true',
    '{}',
    '[1]',
    '"12.0"',
    '"1e3"',
    '-5',
    '0',
    '-0',
    '1.5',
    '9007199254740992',
    '"9007199254740993"',
    '1e400',
    '"N-1"',
    '"٣"',
  ].map(numbered),
];

const CUSTOMERS: readonly OrderFault[] = [
  ...['', '"customer_id":null,', '"customer_id":null,"cust_id":null,', '"cust_id":" ",', '"customer_id":"","cust_id":10001,'],
  ...['"abc"', '0', '-3', '10001.5', 'true', '[10001]', '{}', '"10001.0"', '9007199254740992', '1e30', '1e-400'].map((id) => `"customer_id":${id},`),
  '"customer_id":false,"cust_id":10001,',
  ...['77', '"0077"', '900000001', '7.7e1', '9007199254740990'].map((id) => `"customer_id":${id},`),
  '"cust_id":8,',
].map(from);

const AMOUNTS: readonly OrderFault[] = [
  ...['', '"amount":null,', '"amount":null,"total":null,', '"amount":"","total":12.5,', '"total":" ",'],
  ...[
    '"12.345"',
    '12.345',
    '"1,234.56"',
    '"£12.00"',
    'true',
    '{}',
    '[12]',
    '"12."',
    '".5"',
    '"1e3"',
    '10000000000',
    '"10000000000.00"',
    '1e400',
    '1e-400',
    '12.5000000000000000001',
    '"--5"',
    '"+ 5"',
    '"٣"',
    '"N/A"',
    '9999999999.991',
  ].map((amount) => `"amount":${amount},`),
  '"amount":false,"total":12.5,',
  ...['-12.5', '"-0.01"', '-1e2', '" -20 "'].map((amount) => `"amount":${amount},`),
  '"total":-0.01,',
].map(worth);

/** Every way in which an order is refused, the kinds mixed so that a short feed has some of each. */
export const ORDER_FAULTS: readonly OrderFault[] = mixed([
  DUPLICATES,
  [...BROKEN, ...NO_OBJECTS, ...LONE_SURROGATES],
  ORDER_IDS,
  CUSTOMERS,
  DUPLICATES,
  AMOUNTS,
]);

function mixed(kinds: readonly (readonly OrderFault[])[]): OrderFault[] {
  const longest = Math.max(...kinds.map((kind) => kind.length));
  return Array.from({ length: longest }, (_, at) => kinds.flatMap((kind) => kind.slice(at, at + 1))).flat();
}

import { padded } from './text.ts';

/** An order before it is written: numbers as digits, the amount in pence. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly pence: number;
  readonly date: string;
}

/** How an order is written as one JSON object. */
export type Shape = (order: Order) => string;

/**
 * Pence as pounds with two decimals.
 *
 * @example pounds(1205) // '12.05'
 */
export function pounds(pence: number): string {
  return `${Math.floor(pence / 100)}.${padded(pence % 100, 2)}`;
}

/** The form that most of the feed has. */
export const plain: Shape = ({ id, customer, pence, date }) =>
  `{"order_id":${id},"customer_id":${customer},"amount":${Number(pounds(pence))},"date":"${date}"}`;

/** The form of the old shop: other names, everything a text. */
export const legacy: Shape = ({ id, customer, pence, date }) =>
  `{"order_id":"${id}","cust_id":"${customer}","total":"${pounds(pence)}","order_date":"${date}"}`;

const head = ({ id, customer }: Order): string => `"order_id":${id},"customer_id":${customer}`;
const tail = ({ pence, date }: Order): string => `"amount":${pounds(pence)},"date":"${date}"`;
const dated =
  (members: string): Shape =>
  (order) =>
    `{${head(order)},"amount":${pounds(order.pence)}${members}}`;
const IMPOSSIBLE = [
  '"2023-02-29"',
  '"31/04/2024"',
  '"2024-13-01"',
  '"0000-01-01"',
  '"2024-1-5"',
  '"yesterday"',
  '20240309',
  'true',
  '{"year":2024}',
  '["2024-03-09"]',
  '"05/01/24"',
  '"2024-03-09T10:00:00Z"',
  '0',
];

/** Odd forms of an order that is accepted all the same; dealt in turn. */
export const ODD_SHAPES: readonly Shape[] = [
  (order) => `{"order_id":${order.id},"customer_id":null,"cust_id":${order.customer},${tail(order)}}`,
  (order) => `{${head(order)},"amount":null,"total":${pounds(order.pence)},"date":null,"order_date":"${order.date}"}`,
  (order) => `{${head(order)},"cust_id":7,${tail(order)},"total":0.01,"order_date":"1999-12-31"}`,
  (order) => `{"order_id":"000${order.id}","customer_id":"\\t${order.customer}\u00a0","amount":" +${pounds(order.pence)} ","date":" ${order.date} "}`,
  ({ id, customer, pence, date }) => `{"order_id":${id}.0,"customer_id":${customer}.000,"amount":${pounds(pence)}0,"date":"${date}"}`,
  ({ id, customer, pence, date }) => `{"order_id":${id}e0,"customer_id":${customer}0E-1,"amount":${pence}e-2,"date":"${date}"}`,
  ({ id, customer, pence, date }) =>
    `{"order_id":${id.slice(0, 1)}.${id.slice(1)}e${id.length - 1},"customer_id":"00${customer}","amount":${pounds(pence)}00000000000000000000,"date":"${date}"}`,
  (order) => `{${head(order)},"amount":-0,"date":"${order.date}"}`,
  (order) => `{${head(order)},"amount":"-0.00","date":"${order.date}"}`,
  (order) => `{${head(order)},"amount":0e9,"date":"${order.date}"}`,
  (order) => `{"order_id":1,"amount":-5,${head(order)},${tail(order)}}`,
  (order) => `{${head(order)},"channel":"web","lines":[{"sku":"A-1","amount":-1},{"sku":"B,2"}],${tail(order)}}`,
  (order) => ` \t{ "order_id" : ${order.id} , "customer_id" : ${order.customer}, ${tail(order)} } \r`,
  (order) => `{${head(order)},"\\u0061mount":${pounds(order.pence)},"date":"${order.date.replace('-', '\\u002d')}"}`,
  (order) => `{${head(order)},"note":"thank you \\ud83d\\ude00, \\"friend\\" \u2028 {",${tail(order)}}`,
  ({ id, customer, pence, date }) => `{"date":"${date}","amount":"${Math.floor(pence / 100)}","customer_id":${customer},"order_id":"${id}"}`,
  ({ id, customer, pence, date }) => `{"order_id":"${id}","customer_id":"${customer}","amount":"00${Math.floor(pence / 100)}.5","date":"${date}"}`,
  (order) => `{${head(order)},"amount":12.50,${tail(order)}}`,
  dated(''),
  dated(',"date":null'),
  (order) => `{${head(order)},"amount":${pounds(order.pence)},"date":"","order_date":"${order.date}"}`,
  dated(',"date":" \u00a0"'),
  dated(',"date":null,"order_date":null'),
  ...IMPOSSIBLE.map((date) => dated(`,"date":${date}`)),
];

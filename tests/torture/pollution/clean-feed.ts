import type { Clean } from './clean.ts';
import { RECORD_LIMIT_BYTES } from './clean-csv.ts';
import type { Tools } from './kind.ts';
import type { Cell, Fields, Line, Sheet } from './sheet.ts';

/** The members that are wanted of an order. */
export const ORDER_COLUMNS = ['order_id', 'customer_id', 'cust_id', 'amount', 'total', 'date', 'order_date'];
const MOST_RECORDS = 60;

/** A value as the reader is to see it. */
const cellOf = (value: unknown): Cell => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? { number: String(value) } : { other: JSON.stringify(value) };
};

/** The wanted members of an object. */
export const fieldsOf = (order: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(ORDER_COLUMNS.map((name) => [name, cellOf(order[name])]));

/** A legal feed: one object a line, or an array on one line or on many. */
export function cleanFeed(clean: Clean, form: 'lines' | 'array', tools: Tools): Sheet {
  const orders = clean.orders.slice(0, MOST_RECORDS);
  const end = form === 'lines' ? '\n' : tools.pick([',\n', ',\n', ',', ' ,\n\n  ']);
  const lines = orders.map((text, i): Line => {
    const isLast = form === 'array' && i === orders.length - 1;
    return { text, end: isLast ? end.replace(',', '') : end, is: fieldsOf(JSON.parse(text) as Record<string, unknown>) };
  });
  const [open, close]: [Line, Line] = [
    { text: '[', end: tools.pick(['', '\n', '\n  ']), is: 'nothing' },
    { text: ']', end: tools.pick(['', '\n']), is: 'nothing' },
  ];
  const all = form === 'array' ? [open, ...lines, close] : lines;
  return { source: 'orders', form, columns: ORDER_COLUMNS, lines: all, recordLimitBytes: RECORD_LIMIT_BYTES };
}

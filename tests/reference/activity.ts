import { daysBetween } from './clean.ts';
import { meanPence, penceOfText, poundsOf } from './numbers.ts';
import type { Order } from './orders.ts';
import type { Ticket } from './support.ts';
import type { ReferenceSettings } from './types.ts';

/** Beyond this total doubles lose pence, and the run stops. */
const LARGEST_TOTAL = 9_007_199_254_740_991n;

/** The records of each customer. */
export function byCustomer<Row extends { readonly customer: number | null }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    if (row.customer === null) continue;
    const group = groups.get(row.customer);
    if (group) group.push(row);
    else groups.set(row.customer, [row]);
  }
  return groups;
}

/**
 * The order columns and the segment of a customer.
 *
 * @throws {RangeError} for a total above 90071992547409.91.
 */
export function spendOf(orders: readonly Order[], settings: ReferenceSettings) {
  const total = orders.reduce((sum, order) => sum + (order.pence ?? 0n), 0n);
  if (total > LARGEST_TOTAL || total < -LARGEST_TOTAL) throw new RangeError('a total is above 90071992547409.91');
  const dates = datesOf(orders);
  return {
    orders_count: orders.length,
    total_spent: poundsOf(total),
    average_order: orders.length === 0 ? null : poundsOf(meanPence(total, orders.length)),
    first_order_date: dates[0] ?? null,
    last_order_date: dates.at(-1) ?? null,
    segment: segmentOf(total, settings),
  };
}

/** The ticket columns of a customer. */
export function contactOf(tickets: readonly Ticket[], asOf: string) {
  const lastContact = datesOf(tickets).at(-1) ?? null;
  return {
    tickets_count: tickets.length,
    high_priority_tickets: tickets.filter(({ priority }) => priority === 'high').length,
    last_contact_date: lastContact,
    days_since_last_contact: lastContact === null ? null : daysBetween(lastContact, asOf),
  };
}

function datesOf(rows: readonly { readonly date: string | null }[]): string[] {
  return rows.flatMap(({ date }) => (date === null ? [] : [date])).toSorted();
}

function segmentOf(total: bigint, { segments }: ReferenceSettings): string {
  const pence = (pounds: string): bigint => {
    const value = penceOfText(pounds);
    if (value === null) throw new RangeError('a segment threshold is no amount');
    return value;
  };
  if (total >= pence(segments.vip)) return 'vip';
  if (total >= pence(segments.regular)) return 'regular';
  return total > pence(segments.occasional) ? 'occasional' : 'none';
}

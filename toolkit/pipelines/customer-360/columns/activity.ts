import { type Columns, coalesce, type Decimal, daysBetween, money } from 'daybook';

interface Activity {
  orders_count: number | null;
  total_spent: Decimal | null;
  tickets_count: number | null;
  high_priority_tickets: number | null;
  last_contact_date: Date | null;
}

/** Counts and totals of a customer, 0 where there are no orders or tickets; whole days from the last contact to the as-of date, null without contact. */
export const activity = (c: Columns<Activity>, asOf: Date) => ({
  orders_count: coalesce(c.orders_count, 0),
  total_spent: coalesce(c.total_spent, money('0.00')),
  tickets_count: coalesce(c.tickets_count, 0),
  high_priority_tickets: coalesce(c.high_priority_tickets, 0),
  days_since_last_contact: daysBetween(c.last_contact_date, asOf),
});

import { type Accepted, count, type Frame, max, meanMoney, min, sum } from 'daybook';
import type { orders } from '../contracts/orders.ts';

/**
 * What each customer ordered.
 *
 * - Shape: one row a customer with at least one accepted order.
 * - `total_spent` exact; `average_order` to the penny, half away from zero. Dates are null where no order has one.
 */
export const spendByCustomer = (accepted: Frame<Accepted<typeof orders>>) =>
  accepted
    .groupby('customer_id')
    .rollup((c) => ({ orders_count: count(), total_spent: sum(c.amount), first_order_date: min(c.date), last_order_date: max(c.date) }))
    .derive((c) => ({ average_order: meanMoney(c.total_spent, c.orders_count) }));

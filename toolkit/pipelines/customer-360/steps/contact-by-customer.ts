import { type Accepted, count, eq, type Frame, max } from 'daybook';
import type { support } from '../contracts/support.ts';

/** When and how urgently each customer was in touch: one row a customer with at least one accepted ticket. */
export const contactByCustomer = (accepted: Frame<Accepted<typeof support>>) =>
  accepted
    .rename({ customer_ref: 'customer_id' })
    .groupby('customer_id')
    .rollup((c) => ({
      tickets_count: count(),
      high_priority_tickets: count().where(eq(c.priority, 'high')),
      last_contact_date: max(c.created_date),
    }));

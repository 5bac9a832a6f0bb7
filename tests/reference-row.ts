import type { ReferenceCustomer } from './reference/index.ts';

const MONEY: ReadonlySet<string> = new Set(['total_spent', 'average_order']);

/** A customer of the reference as the warehouse holds it: money as a number, which the warehouse holds to the penny. */
export const rowOf = (customer: ReferenceCustomer): Record<string, unknown> =>
  Object.fromEntries(Object.entries(customer).map(([name, value]) => [name, MONEY.has(name) && value !== null ? Number(value) : value]));

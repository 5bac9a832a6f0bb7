import { ask } from '../../toolkit/warehouse/raw-sqlite.ts';

const pence = (column: string): string => `sum(CAST(round(${column} * 100) AS INTEGER))`;

/** Ten totals of `customer_enriched`, by what they are, as SQLite works them out. */
const TOTALS: Readonly<Record<string, string>> = {
  customers: 'count(*)',
  'sum of total_spent, pence': pence('total_spent'),
  'sum of average_order, pence': pence('average_order'),
  'sum of orders_count': 'sum(orders_count)',
  'sum of tickets_count': 'sum(tickets_count)',
  'sum of days_since_last_contact': 'sum(days_since_last_contact)',
  'sum of risk_score': 'sum(risk_score)',
  'different email': 'count(DISTINCT email)',
  'registration_date, first and last': `min(registration_date) || ' to ' || max(registration_date)`,
  'first_order_date and last_order_date': `min(first_order_date) || ' to ' || max(last_order_date)`,
};

/** The names of the totals. */
export const TOTAL_NAMES: readonly string[] = Object.keys(TOTALS);

/** The totals of a file's table, by their names. */
export async function totalsOf(path: string): Promise<Readonly<Record<string, string | number | null>>> {
  const totals = Object.entries(TOTALS).map(([name, sql]) => `${sql} AS "${name}"`);
  const [found] = await ask<Record<string, string | number | null>>(path, `SELECT ${totals.join(', ')} FROM customer_enriched`);
  return found ?? {};
}

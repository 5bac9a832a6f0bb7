import { charts, type Frame, frameOf, toMoney } from 'daybook';
import { chance } from '../../../chance.ts';

const DAY_MS = 86_400_000;
const CUSTOMERS = 480;
const REGIONS: readonly (readonly [region: string | null, weight: number])[] = [
  ['London', 18],
  ['South East', 14],
  ['North West', 11],
  ['East of England', 9],
  ['West Midlands', 9],
  ['South West', 8],
  ['Yorkshire and The Humber', 8],
  ['Scotland', 7],
  ['East Midlands', 6],
  ['Wales', 4],
  ['North East', 3],
  ['Northern Ireland', 2],
  ['Unknown', 1],
];
const ISSUES: readonly (readonly [issue: string, weight: number])[] = [
  ['late delivery', 30],
  ['wrong item', 22],
  ['refund', 17],
  ['log-in', 9],
  ['invoice', 7],
  ['damaged', 6],
  ['address', 4],
  ['discount code', 3],
  ['gift card', 1],
  ['other', 1],
];

/** An invented customer; nothing in it belongs to a person. */
export interface Customer {
  readonly customer_id: number;
  readonly region: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly registration_date: Date | null;
  readonly calculated_risk: 'Low' | 'Medium' | 'High';
  readonly total_spent: string;
  readonly issue: string;
}

function pick<T>(list: readonly (readonly [T, number])[], random: () => number): T {
  let at = random() * list.reduce((sum, [, weight]) => sum + weight, 0);
  return (list.find(([, weight]) => (at -= weight) < 0) ?? list[0])?.[0] as T;
}

function customers(): Customer[] {
  const random = chance(360);
  return Array.from({ length: CUSTOMERS }, (_, i) => {
    const region = pick(REGIONS, random);
    const risk = random() + (region === 'London' || region === 'West Midlands' ? 0.3 : 0);
    return {
      customer_id: i + 1,
      region,
      email: random() < 0.04 ? null : `customer${i}@example.org`,
      phone: random() < 0.11 ? null : '01632 960000',
      company: random() < 0.62 ? null : 'Example Ltd',
      registration_date: random() < 0.02 ? null : new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 540) * DAY_MS),
      calculated_risk: risk < 0.6 ? 'Low' : risk < 1 ? 'Medium' : 'High',
      total_spent: random() < 0.15 ? '0.00' : (-Math.log(1 - random()) * 320 + (random() < 0.01 ? 4000 : 5)).toFixed(2),
      issue: pick(ISSUES, random),
    };
  });
}

interface Order {
  readonly customer_id: number;
  readonly order_date: Date | null;
  readonly amount: number;
}

function orders(people: readonly Customer[]): Order[] {
  const random = chance(7);
  const end = Date.UTC(2025, 11, 20);
  return people.flatMap(({ customer_id, registration_date }) => {
    const made: Order[] = [];
    for (let at = +(registration_date ?? Date.UTC(2025, 0, 5)); at < end; at += (20 + random() * 130) * DAY_MS) {
      const season = new Date(at).getUTCMonth() >= 10 ? 1.5 : 1;
      if (random() < 0.9 / (made.length * 0.1 + 1)) {
        made.push({
          customer_id,
          order_date: random() < 0.01 ? null : new Date(Math.floor(at / DAY_MS) * DAY_MS),
          amount: Math.round(random() * 120 * season),
        });
      }
    }
    return made;
  });
}

const PEOPLE = customers();
const ORDERS = orders(PEOPLE);
/** The invented customers as a frame; money exact. */
export const customerFrame = frameOf(PEOPLE).derive((c) => ({ total_spent: toMoney(c.total_spent) }));
/** Their orders. */
export const orderFrame: Frame<Order> = frameOf(ORDERS);

const RUN = {
  rows: { crm: { read: 2103, accepted: 2008, rejected: 95, warned: 620 }, orders: { read: 4208, accepted: 4101, rejected: 107, warned: 40 } },
  rules: {
    crm: {
      'record.malformed': 3,
      'customer_id.missing': 5,
      'customer_id.duplicate': 87,
      'email.missing': 61,
      'email.invalid': 112,
      'phone.missing': 92,
      'phone.invalid': 178,
      'postcode.missing': 40,
      'postcode.invalid': 66,
      'status.unexpected': 0,
    },
    orders: { 'record.malformed': 2, 'amount.invalid': 21, 'amount.negative': 9, 'customer_id.orphan': 75, 'date.invalid': 40, 'date.missing': 0 },
  },
} as const;

const noun = 'customers';

/** The eight charts of the documentation: a name, and how each is made. */
export const EXAMPLES: Readonly<Record<string, () => Promise<charts.Chart> | charts.Chart>> = {
  distribution: () => charts.distribution(customerFrame, 'total_spent', { noun }),
  'missing-values': () => charts.missingValues(customerFrame, { noun }),
  'rule-breaks': () => charts.ruleBreaks(RUN),
  trend: () => charts.trend(orderFrame, 'order_date', { noun: 'orders', sum: 'amount' }),
  'risk-mix': () => charts.riskMix(customerFrame, 'calculated_risk', { by: 'region', noun }),
  'region-map': () => charts.regionMap(customerFrame, 'region', { noun }),
  cohort: () =>
    charts.cohort(customerFrame.select('customer_id', 'registration_date').join_left(orderFrame, 'customer_id'), {
      id: 'customer_id',
      start: 'registration_date',
      event: 'order_date',
      noun,
    }),
  pareto: () => charts.pareto(customerFrame, 'issue', { noun: 'tickets' }),
};

import test, { type ExecutionContext } from 'ava';
import { type Cells, csv, order, run, type SmallRun } from './room.ts';

/** The columns of the customers of a run. */
function makes(t: ExecutionContext, small: SmallRun, ...rows: readonly object[]): void {
  const { customers } = run(small);
  t.is(customers.length, rows.length);
  for (const [index, row] of rows.entries()) t.like(customers[index], row);
}

const spent = (...amounts: readonly string[]): string =>
  amounts.map((amount, index) => order(`"customer_id":1,"amount":${amount},"date":"2024-02-0${index + 1}"`, `${index + 1}`)).join('\n');
const contacts = (...days: readonly string[]): string =>
  csv('support', ...days.map((day, index) => ({ ticket_id: `${index + 1}`, created_date: day })));

// The row.
test("the business columns come in the page's order", (t) => {
  t.deepEqual(Object.keys(run({}).customers[0] ?? {}), [
    'customer_id',
    'first_name',
    'last_name',
    'email',
    'email_valid',
    'phone',
    'phone_valid',
    'postcode',
    'company',
    'is_business',
    'registration_date',
    'status',
    'orders_count',
    'total_spent',
    'average_order',
    'first_order_date',
    'last_order_date',
    'tickets_count',
    'high_priority_tickets',
    'last_contact_date',
    'days_since_last_contact',
    'region',
    'country',
    'district',
    'latitude',
    'longitude',
    'geo_enriched',
    'company_size',
    'industry',
    'annual_revenue',
    'risk_score',
    'calculated_risk',
    'risk_factors',
    'segment',
    'enrichment_status',
    'data_quality_score',
  ]);
});
test(
  'customers come by customer_id as a number',
  makes,
  { crm: csv('crm', { customer_id: '10' }, { customer_id: '9' }, { customer_id: '2' }) },
  { customer_id: 2 },
  { customer_id: 9 },
  { customer_id: 10 },
);

// Orders.
test(
  'without orders: count 0, total 0.00, average null',
  makes,
  {},
  { orders_count: 0, total_spent: '0.00', average_order: null, first_order_date: null, last_order_date: null, segment: 'none' },
);
test(
  'orders are counted, summed and dated',
  makes,
  { orders: spent('1.10', '2.20', '3.30') },
  { orders_count: 3, total_spent: '6.60', average_order: '2.20', first_order_date: '2024-02-01', last_order_date: '2024-02-03' },
);
test(
  'the first order is the earliest, not the first read',
  makes,
  { orders: `${order('"customer_id":1,"amount":1,"date":"2024-05-01"', '1')}\n${order('"customer_id":1,"amount":1,"date":"01/04/2024"', '2')}` },
  { first_order_date: '2024-04-01', last_order_date: '2024-05-01' },
);
test('an average is half away from zero', makes, { orders: spent('0.01', '0.02') }, { average_order: '0.02' });
test('an average below half is cut', makes, { orders: spent('0.01', '0.01', '0.02') }, { total_spent: '0.04', average_order: '0.01' });
test('an order of 0 counts', makes, { orders: spent('0') }, { orders_count: 1, total_spent: '0.00', average_order: '0.00', segment: 'none' });
test(
  'rejected orders do not count',
  makes,
  { orders: spent('5', '-1', '"x"') },
  { orders_count: 1, total_spent: '5.00', last_order_date: '2024-02-01' },
);
test(
  'orders go to their own customer',
  makes,
  { crm: csv('crm', {}, { customer_id: '2' }), orders: spent('5') },
  { total_spent: '5.00' },
  { total_spent: '0.00' },
);
test(
  'a large total keeps its pence',
  makes,
  { orders: spent('9999999999.99', '9999999999.99', '0.01') },
  { total_spent: '19999999999.99', average_order: '6666666666.66' },
);
test('a total above 90071992547409.91 stops the run', (t) => {
  const feed = Array.from({ length: 9008 }, (_, index) => order('"customer_id":1,"amount":9999999999.99,"date":"2024-02-01"', `${index + 1}`)).join(
    '\n',
  );
  t.throws(() => run({ orders: feed }), { instanceOf: RangeError });
});

// Segments.
for (const [amount, segment] of [
  ['1000', 'vip'],
  ['999.99', 'regular'],
  ['100', 'regular'],
  ['99.99', 'occasional'],
  ['0.01', 'occasional'],
  ['0', 'none'],
] as const) {
  test(`total ${amount} is ${segment}`, makes, { orders: spent(amount) }, { segment });
}
test(
  'segment thresholds are configuration',
  makes,
  { orders: spent('50'), settings: { segments: { vip: '50', regular: '20', occasional: '10' } } },
  { segment: 'vip' },
);

// Contact.
test(
  'without tickets: 0 and null',
  makes,
  {},
  { tickets_count: 0, high_priority_tickets: 0, last_contact_date: null, days_since_last_contact: null },
);
test(
  'the last contact is the latest date',
  makes,
  { support: contacts('2024-03-01', '2024-05-01', '2024-04-01') },
  { tickets_count: 3, last_contact_date: '2024-05-01', days_since_last_contact: 60 },
);
test('contact on the as-of date is 0 days ago', makes, { support: contacts('2024-06-30') }, { days_since_last_contact: 0 });
test('contact after the as-of date gives negative days', makes, { support: contacts('2024-07-02') }, { days_since_last_contact: -2 });
test('days go over a leap day', makes, { support: contacts('2024-02-28'), asOf: '2024-03-01' }, { days_since_last_contact: 2 });
test('days do not know of summer time', makes, { support: contacts('2024-03-30'), asOf: '2024-04-01' }, { days_since_last_contact: 2 });
test(
  'rejected tickets do not count',
  makes,
  { support: csv('support', {}, { ticket_id: '2', customer_ref: '7', priority: 'high' }) },
  { tickets_count: 1, high_priority_tickets: 0 },
);

// Risk. Customer 1 is active; its area and business are given by cells.
function risks(t: ExecutionContext, person: Cells, area: Cells, firm: Cells, score: number, level: string, factors: string): void {
  const small = { crm: csv('crm', person), postcodes: csv('postcodes', area), companies: csv('companies', firm) };
  makes(t, small, { risk_score: score, calculated_risk: level, risk_factors: factors });
}

const FIRM = { company: 'Acme' };
const MICRO = { company_size: 'Micro (1-10 employees)' };
const LARGE = { annual_revenue: '£10M+' };
test('none: Standard profile', risks, {}, {}, {}, 0, 'Low', 'Standard profile');
test('region London', risks, {}, { region: 'London' }, {}, 2, 'Medium', 'High-risk region');
test('region West Midlands', risks, {}, { region: 'West Midlands' }, {}, 2, 'Medium', 'High-risk region');
test('a region is compared as written', risks, {}, { region: 'london' }, {}, 0, 'Low', 'Standard profile');
test('a micro business', risks, FIRM, {}, MICRO, 1, 'Medium', 'Small business');
test('a micro size counts for a business alone', risks, {}, {}, MICRO, 0, 'Low', 'Standard profile');
test('a large company', risks, FIRM, {}, LARGE, -1, 'Low', 'Large company (low risk)');
test('a micro business of large revenue is small alone', risks, FIRM, {}, { ...MICRO, ...LARGE }, 1, 'Medium', 'Small business');
test('suspended', risks, { status: 'suspended' }, {}, {}, 3, 'High', 'Account suspended');
test('not geo-enriched', risks, { postcode: '' }, {}, {}, 1, 'Medium', 'Incomplete geographic data');
test(
  'suspended and large: 2 is Medium',
  risks,
  { ...FIRM, status: 'suspended' },
  {},
  LARGE,
  2,
  'Medium',
  'Large company (low risk); Account suspended',
);
test('large and London: 1 is Medium', risks, FIRM, { region: 'London' }, LARGE, 1, 'Medium', 'High-risk region; Large company (low risk)');
test(
  'large without geography: 0 is Low',
  risks,
  { ...FIRM, postcode: '' },
  {},
  LARGE,
  0,
  'Low',
  'Large company (low risk); Incomplete geographic data',
);
test(
  "factors come in the page's order",
  risks,
  { ...FIRM, status: 'suspended' },
  { region: 'London' },
  MICRO,
  6,
  'High',
  'High-risk region; Small business; Account suspended',
);
test(
  'points, regions and cut-offs are configuration',
  makes,
  {
    crm: csv('crm', { status: 'suspended' }),
    postcodes: csv('postcodes', {}),
    settings: {
      riskRegions: ['South East'],
      riskCutOffs: { low: 14, medium: 20 },
      riskPoints: { region: 10, smallBusiness: 0, largeCompany: 0, suspended: 5, noGeo: 0 },
    },
  },
  { risk_score: 15, calculated_risk: 'Medium', risk_factors: 'High-risk region; Account suspended' },
);

// Enrichment status.
test('geo and business: Fully Enriched', makes, { crm: csv('crm', FIRM), postcodes: csv('postcodes', {}) }, { enrichment_status: 'Fully Enriched' });
test('geo alone: Partially Enriched', makes, { postcodes: csv('postcodes', {}) }, { enrichment_status: 'Partially Enriched' });
test(
  'business alone, found or not: Partially Enriched',
  makes,
  { crm: csv('crm', FIRM) },
  { industry: 'Unknown', enrichment_status: 'Partially Enriched' },
);
test('neither: Basic Profile', makes, {}, { enrichment_status: 'Basic Profile' });

// Quality.
for (const [what, cells, score] of [
  ['all four', {}, 100],
  ['a first name Unknown', { first_name: 'UNKNOWN' }, 75],
  ['no last name', { last_name: '' }, 75],
  ['an invalid e-mail', { email: 'x' }, 75],
  ['an invalid phone', { phone: 'x' }, 75],
  ['none', { first_name: '', last_name: 'unknown', email: '', phone: '' }, 0],
] as const) {
  test(`quality with ${what} is ${score}`, makes, { crm: csv('crm', cells) }, { data_quality_score: score });
}

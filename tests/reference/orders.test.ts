import test from 'ava';
import { csv, order, orders, run } from './room.ts';

const amount = (value: string, id = '1'): string => order(`"customer_id":1,"amount":${value},"date":"2024-02-01"`, id);
const customer = (value: string): string => `{"order_id":1,"customer_id":${value},"amount":10,"date":"2024-02-01"}`;
const dated = (value: string): string => `{"order_id":1,"customer_id":1,"amount":10,"date":${value}}`;
const id = (value: string): string => `{"order_id":${value},"customer_id":1,"amount":10,"date":"2024-02-01"}`;

// order_id.
for (const value of [
  '7',
  '"7"',
  '" 007 "',
  '7.0',
  '7e0',
  '0.7e1',
  '70E-1',
  '9007199254740991',
  '"9007199254740991"',
  '9.007199254740991e15',
  `7.${'0'.repeat(500)}`,
]) {
  test(`order_id ${value.slice(0, 25)} is an id`, orders, id(value), [], '10.00');
}
for (const value of [
  '0',
  '-1',
  '"-1"',
  '"+1"',
  '"0"',
  '"000"',
  '7.5',
  '"12.0"',
  '"1e3"',
  '9007199254740992',
  '"9007199254740992"',
  '9007199254740991.5',
  '1e400',
  '1e-400',
  '1e99999999999999999999',
  '"NULL"',
  '"N/A"',
  'true',
  'false',
  '{}',
  '[7]',
  '"٣"',
  '"1 2"',
]) {
  test(`order_id ${value} is invalid`, orders, id(value), ['1 order_id.invalid'], '0.00');
}
for (const value of ['null', '""', '" \\t\\u00a0"']) {
  test(`order_id ${value} is missing`, orders, id(value), ['1 order_id.missing'], '0.00');
}
test('12.0 and 1e3 are ids, each its exact value', (t) => {
  const { broken } = run({ orders: `${id('12.0')}\n${id('1e3')}\n${id('"12"')}\n${id('1000')}` });
  t.like(broken, [
    { record: 1, key: '12', rule: 'order_id.duplicate' },
    { record: 2, key: '1000', rule: 'order_id.duplicate' },
  ]);
});
test('the last order of an id stays', orders, `${amount('1')}\n${amount('2')}`, ['1 order_id.duplicate'], '2.00', { orders_count: 1 });
test('order ids are compared by value', orders, `${id('7')}\n${id('"07"')}`, ['1 order_id.duplicate'], '10.00');
test(
  'the last stays even where another rule keeps it out',
  orders,
  `${id('7')}\n{"order_id":7,"customer_id":1,"date":"2024-02-01"}`,
  ['1 order_id.duplicate', '2 amount.missing'],
  '0.00',
);
test('an invalid id is no duplicate', orders, `${id('0')}\n${id('0')}`, ['1 order_id.invalid', '2 order_id.invalid'], '0.00');
test('duplicates are found over files', (t) => {
  const { broken } = run({ orders: [id('7'), id('7')] });
  t.like(broken, [{ file: 'orders-1', record: 1, rule: 'order_id.duplicate' }]);
});

// The customer.
test('cust_id where customer_id is absent', orders, '{"order_id":1,"cust_id":1,"amount":10,"date":"2024-02-01"}', [], '10.00');
test('cust_id where customer_id is null', orders, '{"order_id":1,"customer_id":null,"cust_id":"01","amount":10,"date":"2024-02-01"}', [], '10.00');
test(
  'an empty customer_id does not fall back',
  orders,
  '{"order_id":1,"customer_id":"","cust_id":1,"amount":10,"date":"2024-02-01"}',
  ['1 customer_id.missing'],
  '0.00',
);
test(
  'an invalid customer_id does not fall back',
  orders,
  '{"order_id":1,"customer_id":"x","cust_id":1,"amount":10,"date":"2024-02-01"}',
  ['1 customer_id.invalid'],
  '0.00',
);
test('a valid customer_id goes before cust_id', orders, '{"order_id":1,"customer_id":1,"cust_id":2,"amount":10,"date":"2024-02-01"}', [], '10.00');
test('a customer absent under both names is missing', orders, '{"order_id":1,"amount":10,"date":"2024-02-01"}', ['1 customer_id.missing'], '0.00');
test('customer_id null without cust_id is missing', orders, customer('null'), ['1 customer_id.missing'], '0.00');
test('customer_id true is invalid', orders, customer('true'), ['1 customer_id.invalid'], '0.00');
test('customer_id 1.0 is customer 1', orders, customer('1.0'), [], '10.00');
test('a customer who is not in the export is an orphan', orders, customer('2'), ['1 customer_id.orphan'], '0.00');
test('a customer who was rejected is an orphan', (t) => {
  const small = { crm: csv('crm', { email: 'x' }), orders: customer('1'), rules: { crm: { 'email.invalid': 'reject' } } } as const;
  const { broken, customers } = run(small);
  t.deepEqual(customers, []);
  t.like(broken[1], { source: 'orders', rule: 'customer_id.orphan', column: 'customer_id', key: '1', severity: 'reject' });
});
test('an invalid customer is no orphan', orders, customer('0'), ['1 customer_id.invalid'], '0.00');

// The amount.
for (const [value, total] of [
  ['12', '12.00'],
  ['12.3', '12.30'],
  ['12.34', '12.34'],
  ['12.340', '12.34'],
  ['1e3', '1000.00'],
  ['1234e-2', '12.34'],
  ['0', '0.00'],
  ['0.10', '0.10'],
  ['0.01', '0.01'],
  ['-0', '0.00'],
  ['-0.00', '0.00'],
  ['"-0"', '0.00'],
  ['-0e9', '0.00'],
  ['0e99999999999', '0.00'],
  ['9999999999.99', '9999999999.99'],
  ['"9999999999.99"', '9999999999.99'],
  ['"12"', '12.00'],
  ['"12.3"', '12.30'],
  ['" +12.30\\t"', '12.30'],
  ['"0012.34"', '12.34'],
  [`12.34${'0'.repeat(400)}`, '12.34'],
] as const) {
  test(`amount ${value.slice(0, 20)}${value.length > 20 ? '…' : ''} is ${total}`, orders, amount(value), [], total, { orders_count: 1 });
}
for (const value of [
  '12.345',
  '0.001',
  '1e-3',
  '1e-400',
  `12.5${'0'.repeat(30)}1`,
  '9999999999.991',
  '10000000000',
  '1e10',
  '1e400',
  '"10000000000.00"',
  '"12."',
  '".5"',
  '"12.345"',
  '"1e3"',
  '"1,000"',
  '"£5"',
  '"- 5"',
  '"--5"',
  '"NULL"',
  '"N/A"',
  '"false"',
  'true',
  'false',
  '{}',
  '[1]',
  '-1.234',
  '"٣"',
  '"Infinity"',
  '"0x10"',
]) {
  test(`amount ${value} is invalid`, orders, amount(value), ['1 amount.invalid'], '0.00', { orders_count: 0 });
}
for (const value of ['-0.01', '-5', '"-5.00"', '-1e3', '-10000000000', '-1e400']) {
  test(`amount ${value} is negative`, orders, amount(value), ['1 amount.negative'], '0.00');
}
for (const value of ['null', '""', '" \\u00a0"']) {
  test(`amount ${value} is missing`, orders, amount(value), ['1 amount.missing'], '0.00');
}
test('total where amount is absent', orders, order('"customer_id":1,"total":"3.5","date":"2024-02-01"'), [], '3.50');
test('total where amount is null', orders, order('"customer_id":1,"amount":null,"total":3.5,"date":"2024-02-01"'), [], '3.50');
test(
  'an empty amount does not fall back',
  orders,
  order('"customer_id":1,"amount":"","total":3.5,"date":"2024-02-01"'),
  ['1 amount.missing'],
  '0.00',
);
test(
  'an invalid amount does not fall back',
  orders,
  order('"customer_id":1,"amount":"x","total":3.5,"date":"2024-02-01"'),
  ['1 amount.invalid'],
  '0.00',
);
test('money is exact decimal', orders, `${amount('0.1')}\n${amount('0.2', '2')}`, [], '0.30');
test('a negative amount that only warns counts, and a mean rounds away from zero', (t) => {
  const feed = `${amount('-0.01')}\n${amount('-0.02', '2')}`;
  const { customers, rows } = run({ orders: feed, rules: { orders: { 'amount.negative': 'warn' } } });
  t.like(customers[0], { total_spent: '-0.03', average_order: '-0.02', segment: 'none' });
  t.like(rows.orders, { accepted: 2, warned: 2 });
});

// The date.
for (const [value, day] of [
  ['"2024-02-29"', '2024-02-29'],
  ['"2024/02/29"', '2024-02-29'],
  ['"29-02-2024"', '2024-02-29'],
  ['" 29/02/2024 "', '2024-02-29'],
] as const) {
  test(`date ${value} is ${day}`, orders, dated(value), [], '10.00', { first_order_date: day, last_order_date: day });
}
for (const value of ['"2023-02-29"', '"2024-1-02"', '20240102', '0', 'true', '{}', '["2024-02-01"]', '"2024-01-02T00:00:00Z"', '"NULL"']) {
  test(`date ${value} is invalid, the order still counts`, orders, dated(value), ['1 date.invalid'], '10.00', {
    orders_count: 1,
    first_order_date: null,
  });
}
test('a missing date warns, the order still counts', orders, dated('null'), ['1 date.missing'], '10.00', { orders_count: 1, last_order_date: null });
test('order_date where date is absent', orders, order('"customer_id":1,"amount":1,"order_date":"2024-02-01"'), [], '1.00', {
  first_order_date: '2024-02-01',
});
test('order_date where date is null', orders, order('"customer_id":1,"amount":1,"date":null,"order_date":"2024-02-01"'), [], '1.00', {
  first_order_date: '2024-02-01',
});
test(
  'an empty date does not fall back',
  orders,
  order('"customer_id":1,"amount":1,"date":"","order_date":"2024-02-01"'),
  ['1 date.missing'],
  '1.00',
  { first_order_date: null },
);
test(
  'every rule of an order is listed',
  orders,
  '{"order_id":0,"customer_id":9,"amount":-1,"date":"x"}',
  ['1 amount.negative', '1 customer_id.orphan', '1 date.invalid', '1 order_id.invalid'],
  '0.00',
);

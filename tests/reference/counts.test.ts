import test from 'ava';
import { csv, run, stops } from './room.ts';

// Counts.
test('read = accepted + rejected, and warned counts accepted records alone', (t) => {
  const crm = csv('crm', { email: 'x', phone: 'y' }, { customer_id: 'a', email: 'x' }, { customer_id: '3' }, { email: '' });
  t.deepEqual(run({ crm }).rows.crm, { read: 4, accepted: 2, rejected: 2, warned: 1 });
});
test('a record lists every rule it broke, rejected ones and duplicates included', (t) => {
  const crm = csv('crm', { email: 'x', phone: 'y' }, { customer_id: 'a', email: 'x' }, { email: '' });
  const { rules } = run({ crm });
  t.like(rules.crm, { 'customer_id.duplicate': 1, 'customer_id.invalid': 1, 'email.invalid': 2, 'email.missing': 1, 'phone.invalid': 1 });
});
test('every other code of a source is listed, 0 included', (t) => {
  const { rules } = run({});
  t.deepEqual(Object.keys(rules.crm).toSorted(), [
    'customer_id.duplicate',
    'customer_id.invalid',
    'customer_id.missing',
    'email.invalid',
    'email.missing',
    'first_name.missing',
    'last_name.missing',
    'phone.invalid',
    'phone.missing',
    'postcode.invalid',
    'postcode.missing',
    'record.malformed',
    'registration_date.invalid',
    'registration_date.missing',
    'status.missing',
    'status.unexpected',
  ]);
  t.deepEqual(Object.keys(rules.orders).toSorted(), [
    'amount.invalid',
    'amount.missing',
    'amount.negative',
    'customer_id.invalid',
    'customer_id.missing',
    'customer_id.orphan',
    'date.invalid',
    'date.missing',
    'order_id.duplicate',
    'order_id.invalid',
    'order_id.missing',
    'record.malformed',
  ]);
  t.deepEqual(Object.keys(rules.support).toSorted(), [
    'created_date.invalid',
    'created_date.missing',
    'customer_ref.invalid',
    'customer_ref.missing',
    'customer_ref.orphan',
    'issue_type.missing',
    'issue_type.unexpected',
    'priority.missing',
    'priority.unexpected',
    'record.malformed',
    'ticket_id.duplicate',
    'ticket_id.invalid',
    'ticket_id.missing',
  ]);
  t.deepEqual(Object.keys(rules.postcodes).toSorted(), [
    'latitude.invalid',
    'longitude.invalid',
    'outcode.duplicate',
    'outcode.missing',
    'record.malformed',
  ]);
  t.deepEqual(Object.keys(rules.companies).toSorted(), ['domain.duplicate', 'domain.missing', 'record.malformed']);
  t.true(Object.values(rules).every((counts) => Object.values(counts).every((count) => count === 0)));
});
test('a malformed record is read, rejected and counted once', (t) => {
  const { rows, rules } = run({ crm: `${csv('crm', {})}x\n` });
  t.deepEqual(rows.crm, { read: 2, accepted: 1, rejected: 1, warned: 0 });
  t.is(rules.crm['record.malformed'], 1);
});
test('the lookups have rows and rules too', (t) => {
  const { rows, rules } = run({ postcodes: csv('postcodes', {}, {}, { latitude: 'x' }), companies: csv('companies', {}, { domain: '' }) });
  t.deepEqual(rows.postcodes, { read: 3, accepted: 1, rejected: 2, warned: 0 });
  t.deepEqual(rows.companies, { read: 2, accepted: 1, rejected: 1, warned: 0 });
  t.like(rules.postcodes, { 'outcode.duplicate': 1, 'latitude.invalid': 1 });
  t.like(rules.companies, { 'domain.missing': 1 });
});
test('breaks come by source, file, record and rule', (t) => {
  const { broken } = run({
    crm: csv('crm', { phone: '', email: '' }),
    support: csv('support', { ticket_id: '' }),
    orders: ['{}', '{"order_id":1}'],
    companies: csv('companies', { domain: '' }),
  });
  t.deepEqual(
    broken.map(({ source, file, rule }) => [source, file, rule].join(' ')),
    [
      'crm crm-1 email.missing',
      'crm crm-1 phone.missing',
      'orders orders-1 amount.missing',
      'orders orders-1 customer_id.missing',
      'orders orders-1 date.missing',
      'orders orders-1 order_id.missing',
      'orders orders-2 amount.missing',
      'orders orders-2 customer_id.missing',
      'orders orders-2 date.missing',
      'support support-1 ticket_id.missing',
      'companies companies-1 domain.missing',
    ],
  );
});
test('a break has the valid key as plain digits, the column and the severity', (t) => {
  const { broken } = run({ crm: csv('crm', { customer_id: '007', email: 'x' }) });
  t.deepEqual(broken, [{ source: 'crm', file: 'crm-1', record: 1, line: 2, key: '7', rule: 'email.invalid', column: 'email', severity: 'warn' }]);
});

// Severities.
test('reject keeps the record out', (t) => {
  const { rows, customers, broken } = run({ crm: csv('crm', { email: 'x' }), rules: { crm: { 'email.invalid': 'reject' } } });
  t.deepEqual([rows.crm, customers], [{ read: 1, accepted: 0, rejected: 1, warned: 0 }, []]);
  t.is(broken[0]?.severity, 'reject');
});
test('off does not count it, and cleaning stays', (t) => {
  const { rows, rules, customers, broken } = run({ crm: csv('crm', { postcode: 'x' }), rules: { crm: { 'postcode.invalid': 'off' } } });
  t.deepEqual([rows.crm.warned, rules.crm['postcode.invalid'], broken], [0, 0, []]);
  t.is(customers[0]?.postcode, null);
});
test('a missing value breaks missing alone, though it is off', (t) => {
  const { broken } = run({ crm: csv('crm', { email: '' }), rules: { crm: { 'email.missing': 'off' } } });
  t.deepEqual(broken, []);
});
for (const [source, code] of [
  ['crm', 'record.malformed'],
  ['crm', 'customer_id.duplicate'],
  ['orders', 'customer_id.orphan'],
  ['orders', 'amount.missing'],
  ['orders', 'amount.invalid'],
  ['support', 'customer_ref.orphan'],
  ['postcodes', 'outcode.duplicate'],
  ['companies', 'domain.missing'],
] as const) {
  test(`${code} of ${source} is fixed`, (t) => void t.throws(() => run({ rules: { [source]: { [code]: 'warn' } } }), { instanceOf: RangeError }));
}
for (const [source, code] of [
  ['orders', 'amount.negative'],
  ['orders', 'date.missing'],
  ['postcodes', 'longitude.invalid'],
  ['support', 'priority.missing'],
] as const) {
  test(`${code} of ${source} is configuration`, (t) => void t.notThrows(() => run({ rules: { [source]: { [code]: 'warn' } } })));
}
test('an unknown code is refused', (t) => void t.throws(() => run({ rules: { crm: { 'company.missing': 'warn' } } }), { instanceOf: RangeError }));

// Faults: exit 65.
const CRM = csv('crm', {});
const latin1 = Buffer.from(csv('crm', { first_name: 'René' }), 'latin1');
const utf16 = Buffer.from(`\ufeff${CRM}`, 'utf16le');
test('an empty CSV stops the run', stops, { crm: '' }, 'crm', 'empty', null);
test('a CSV of blank lines is empty', stops, { support: '\n\r\n\r' }, 'support', 'empty', null);
test('a CSV of a BOM alone is empty', stops, { companies: '\ufeff' }, 'companies', 'empty', null);
test('a missing column stops the run', stops, { crm: CRM.replace('phone', 'telephone') }, 'crm', 'missing-column', 1);
test('a column of another case is missing', stops, { crm: CRM.replace('phone', 'Phone') }, 'crm', 'missing-column', 1);
test('a wrong delimiter is a missing column', stops, { postcodes: csv('postcodes').replaceAll(',', ';') }, 'postcodes', 'missing-column', 1);
test("a missing column is named by the header's line", stops, { crm: '\n\nx\n' }, 'crm', 'missing-column', 3);
test(
  'a stray quote in the header stops the run',
  stops,
  { companies: 'domain,company_size,industry,annual_revenue,x"\n' },
  'companies',
  'missing-column',
  1,
);
test(
  'a needed name twice stops the run',
  stops,
  { companies: 'domain,company_size,industry,annual_revenue, domain\n' },
  'companies',
  'duplicate-column',
  1,
);
test('Latin-1 stops the run', stops, { crm: latin1 }, 'crm', 'not-utf8', null);
test('UTF-16 stops the run', stops, { crm: utf16 }, 'crm', 'not-utf8', null);
test('UTF-16 without a BOM stops the run', stops, { crm: utf16.subarray(2) }, 'crm', 'not-utf8', 1);
test(
  'a lone surrogate in UTF-8 is not UTF-8',
  stops,
  { crm: Buffer.concat([Buffer.from(CRM), Buffer.from([0xed, 0xa0, 0x80])]) },
  'crm',
  'not-utf8',
  null,
);
test('a cut character at the end is not UTF-8', stops, { crm: Buffer.concat([Buffer.from(CRM), Buffer.from([0xc3])]) }, 'crm', 'not-utf8', null);
test('orders that are not UTF-8 stop the run', stops, { orders: latin1 }, 'orders', 'not-utf8', null);
test('binary stops the run', stops, { crm: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe, 0x41]) }, 'crm', 'binary', null);
test('binary that is UTF-8 stops the run', stops, { crm: 'SQLite format 3\0\0\0\n' }, 'crm', 'binary', 1);
test(
  'a quote open at the end stops the run, and names its line',
  stops,
  { companies: `${csv('companies', {})}x,"y\nz\n` },
  'companies',
  'open-quote',
  3,
);
test("the line is the quote's, not the record's", stops, { companies: `${csv('companies', {})}"a\nb","y\nz\n` }, 'companies', 'open-quote', 4);
test('a quote open in the header stops the run', stops, { companies: 'domain,"company_size\n' }, 'companies', 'open-quote', 1);
test('a quote at the very end is open', stops, { companies: `${csv('companies', {})}x,"` }, 'companies', 'open-quote', 3);
test('a doubled quote does not close', stops, { companies: `${csv('companies', {})}x,"y""\n` }, 'companies', 'open-quote', 3);
test('an open quote stops the run wherever reading stands', stops, { companies: `${csv('companies')}x,"y\n",zz\n` }, 'companies', 'open-quote', 3);
test('an open quote after a wrong width stops the run', stops, { companies: `${csv('companies')}a,b,c,d,e,"f\n` }, 'companies', 'open-quote', 2);
test('an array that does not parse stops the run', stops, { orders: '[{"order_id":1},\n{]' }, 'orders', 'json', 2);
test('an array with a trailing comma stops the run', stops, { orders: '[{"order_id":1},]' }, 'orders', 'json', 1);
test('an array with NaN stops the run', stops, { orders: '[{"order_id":NaN}]' }, 'orders', 'json', 1);
test('an array that is cut short stops the run', stops, { orders: '[{"order_id":1}\n' }, 'orders', 'json', 2);
test('text after an array stops the run', stops, { orders: '[{"order_id":1}]\n{}' }, 'orders', 'json', 2);
test('lines that begin with [ are an array', stops, { orders: '[1]\n[2]' }, 'orders', 'json', 2);
test('a feed without any object stops the run', stops, { orders: 'a,b\n1,2\n' }, 'orders', 'json', null);
test('an array without any object stops the run', stops, { orders: '[1, null, [{}]]' }, 'orders', 'json', null);
test('an object over lines is no NDJSON', stops, { orders: '{\n"order_id": 1\n}' }, 'orders', 'json', null);
test('a stop says its file', (t) => void t.throws(() => run({ crm: [CRM, ''] }), { message: /crm-2/ }));
test('a header without records goes on', (t) => t.deepEqual(run({ crm: csv('crm') }).customers, []));
test('a 5 MB field goes on', (t) => {
  const { rows, customers } = run({ crm: csv('crm', { company: 'x'.repeat(5_000_000) }) });
  t.like(rows.crm, { accepted: 1, rejected: 0 });
  t.is(customers[0]?.company?.length, 5_000_000);
});

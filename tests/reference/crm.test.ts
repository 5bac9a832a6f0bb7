import test from 'ava';
import { breaksOf, cleans, csv, gives, run, shown } from './room.ts';

// customer_id.
for (const [given, id] of [
  ['7', 7],
  [' 7\t', 7],
  ['\u00a07', 7],
  ['007', 7],
  [`${'0'.repeat(40)}7`, 7],
  ['9007199254740991', 9007199254740991],
] as const) {
  test(`customer_id ${shown(given)} is ${id}`, cleans, { customer_id: given }, { customer_id: id });
}
for (const given of ['0', '00', '9007199254740992', '99999999999999999999', '-1', '+1', '1.0', '1e3', '7a', '1 2', '٣', 'NULL']) {
  test(`customer_id ${shown(given)} is invalid`, gives, { crm: csv('crm', { customer_id: given }) }, 'crm', ['1 customer_id.invalid']);
}
test('customer_id of white space is missing', gives, { crm: csv('crm', { customer_id: ' \u00a0' }) }, 'crm', ['1 customer_id.missing']);
test(
  'the last record of a key in file order stays',
  gives,
  { crm: csv('crm', { first_name: 'A' }, { first_name: 'B' }, { first_name: 'C' }) },
  'crm',
  ['1 customer_id.duplicate', '2 customer_id.duplicate'],
  { first_name: 'C' },
);
test('duplicates are decided on the valid key', gives, { crm: csv('crm', { customer_id: '01' }, { customer_id: ' 1 ' }) }, 'crm', [
  '1 customer_id.duplicate',
]);
test('duplicates are decided before any other rule', (t) => {
  const result = run({ crm: csv('crm', {}, { email: 'x' }), rules: { crm: { 'email.invalid': 'reject' } } });
  t.deepEqual(breaksOf(result, 'crm'), ['1 customer_id.duplicate', '2 email.invalid']);
  t.deepEqual(result.customers, []);
});
test('a malformed record has no key and is no duplicate', gives, { crm: `${csv('crm', {})}1,x\n` }, 'crm', ['2 record.malformed'], {
  customer_id: 1,
});
test('the last file is read last', (t) => {
  const { broken, customers } = run({ crm: [csv('crm', { first_name: 'A' }), csv('crm', { first_name: 'B' })] });
  t.like(broken, [{ file: 'crm-1', record: 1, line: 2, key: '1', column: 'customer_id', rule: 'customer_id.duplicate' }]);
  t.is(customers[0]?.first_name, 'B');
});

// Names.
for (const [given, name] of [
  ['ada', 'Ada'],
  ['ADA', 'Ada'],
  ['  ada \t', 'Ada'],
  ['mary  ann', 'Mary Ann'],
  ['mary\u00a0\nann', 'Mary Ann'],
  ['anne-marie', 'Anne-Marie'],
  ["o'BRIEN", "O'Brien"],
  ['o’brien', 'O’Brien'],
  ['"bob', '"bob'],
  ['(john)', '(john)'],
  ['-x', '-X'],
  ['mcdonald', 'Mcdonald'],
  ['ΑΣ ΟΔΥΣΣΕΥΣ', 'Ας Οδυσσευς'],
  ['İPEK', 'I\u0307pek'],
  ['ßen', 'SSen'],
  ['élan', 'Élan'],
  ['j.smith', 'J.smith'],
  ['𐐨𐐨', '𐐀𐐨'],
  ['NULL', 'Null'],
  ['N/A', 'N/a'],
  ['0', '0'],
  ['false', 'False'],
] as const) {
  test(`name ${shown(given)} is ${shown(name)}`, cleans, { first_name: given, last_name: given }, { first_name: name, last_name: name });
}
test('a null first name becomes Unknown', cleans, { first_name: ' \u00a0\ufeff' }, { first_name: 'Unknown' }, ['first_name.missing']);
test('a null last name becomes Unknown', cleans, { last_name: '' }, { last_name: 'Unknown' }, ['last_name.missing']);
test('a customer literally called Unknown breaks no rule', cleans, { first_name: 'unknown' }, { first_name: 'Unknown' });

// E-mail.
test('e-mail is trimmed and lower-case', cleans, { email: '\u00a0Ada@Shop.Example ' }, { email: 'ada@shop.example', email_valid: 1 });
for (const given of ['a.b+c@x.co', "o'neil@x.co", 'a_b@sub.x-y.org']) {
  test(`e-mail ${given} is valid`, cleans, { email: given }, { email: given, email_valid: 1 });
}
for (const given of ['ada', 'ada@', '@x.co', 'ada@x', 'a b@x.co', 'a..b@x.co', '.a@x.co', 'a@b@x.co', 'null', 'n/a']) {
  test(`e-mail ${given} is invalid, its value kept`, cleans, { email: given }, { email: given, email_valid: 0 }, ['email.invalid']);
}
test('a missing e-mail is null and not valid', cleans, { email: '  ' }, { email: null, email_valid: 0 }, ['email.missing']);

// Phones.
for (const given of [
  '02079460018',
  '020 7946 0018',
  '(020) 7946-0018',
  '020.7946.0018',
  '+442079460018',
  '+44 20 7946 0018',
  '+44 (0)20 7946 0018',
  '00442079460018',
  '0044 (0) 20 7946 0018',
  '(+44) 20 79460018',
  '020\u00a07946\t0018',
  ' 020-7946-0018 ',
]) {
  test(`phone ${shown(given)} is normalised`, cleans, { phone: given }, { phone: '02079460018', phone_valid: 1 });
}
for (const given of [
  '0207946001',
  '020794600188',
  '12079460018',
  '442079460018',
  '+1 2079460018',
  '020‐7946‐0018',
  '020/79460018',
  'x',
  '-',
  '( )',
  '+44',
  '+44 002079460018',
  '+443',
  '٠٢٠٧٩٤٦٠٠١٨',
]) {
  test(`phone ${shown(given)} is invalid, stored as trimmed`, cleans, { phone: ` ${given} ` }, { phone: given, phone_valid: 0 }, ['phone.invalid']);
}
test('00 that was given stays', cleans, { phone: '00207946001' }, { phone: '00207946001', phone_valid: 1 });
test('a missing phone is null and not valid', cleans, { phone: '\t' }, { phone: null, phone_valid: 0 }, ['phone.missing']);

// Postcodes.
for (const [given, postcode] of [
  ['sw1a1aa', 'SW1A 1AA'],
  [' S W 1 A\u00a01\tAA ', 'SW1A 1AA'],
  ['gir 0aa', 'GIR 0AA'],
  ['m1 1ae', 'M1 1AE'],
  ['b33 8th', 'B33 8TH'],
  ['cr2 6xh', 'CR2 6XH'],
  ['dn55 1pt', 'DN55 1PT'],
  ['w1a 0ax', 'W1A 0AX'],
  ['ec1a 1bb', 'EC1A 1BB'],
] as const) {
  test(`postcode ${shown(given)} is ${postcode}`, cleans, { postcode: given }, { postcode }, []);
}
for (const given of [
  'Q1 1AA',
  'V1 1AA',
  'X1 1AA',
  'AI1 1AA',
  'AJ1 1AA',
  'AZ1 1AA',
  'W1I 1AA',
  'W1L 1AA',
  'EC1C 1AA',
  'M1 1CA',
  'M1 1AI',
  'M1 1KA',
  'M1 1MA',
  'M1 1OA',
  'M1 1VA',
  'M1',
  'M1 AAA',
  'M123 1AA',
  'SW1A 1A',
  'SW1A-1AA',
  'GIR 0AB',
  'xM1 1AEx',
  'NULL',
]) {
  test(`postcode ${given} is invalid and null`, cleans, { postcode: given }, { postcode: null }, ['postcode.invalid']);
}
test('a missing postcode is null', cleans, { postcode: ' ' }, { postcode: null }, ['postcode.missing']);

// Company.
test('company: inner white space to one space', cleans, { company: ' Acme\t\n Widgets ' }, { company: 'Acme Widgets', is_business: 1 });
test('company keeps its case', cleans, { company: 'aCME' }, { company: 'aCME', is_business: 1 });
test('a null company is no business, and breaks no rule', cleans, { company: '\u00a0' }, { company: null, is_business: 0 });
test('N/A is text, and a company', cleans, { company: 'N/A' }, { company: 'N/A', is_business: 1 });

// Dates.
for (const given of ['2024-02-29', '2024/02/29', '29-02-2024', '29/02/2024', ' 29/02/2024\u00a0']) {
  test(`registration_date ${shown(given)} is read`, cleans, { registration_date: given }, { registration_date: '2024-02-29' });
}
for (const given of [
  '2023-02-29',
  '1900-02-29',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
  '2024-1-02',
  '1/2/2024',
  '02-29-2024',
  '24-01-02',
  '2024.01.02',
  '2024-01/02',
  '20240102',
  '0000-01-01',
  '2024-01-02 10:00',
  '٢٠٢٤-01-02',
  '+2024-01-02',
  'NULL',
  '0',
]) {
  test(`registration_date ${given} is invalid and null`, cleans, { registration_date: given }, { registration_date: null }, [
    'registration_date.invalid',
  ]);
}
test('2000 is a leap year', cleans, { registration_date: '2000-02-29' }, { registration_date: '2000-02-29' });
test('year 0001 is a year', cleans, { registration_date: '0001-01-01' }, { registration_date: '0001-01-01' });
test('the day goes before the month', cleans, { registration_date: '03/04/2024' }, { registration_date: '2024-04-03' });
test('a missing registration_date is null', cleans, { registration_date: ' ' }, { registration_date: null }, ['registration_date.missing']);

// Status.
for (const given of ['active', 'inactive', 'suspended']) {
  test(`status ${given}`, cleans, { status: ` ${given.toUpperCase()} ` }, { status: given });
}
for (const given of ['closed', 'unknown', 'actıve', '0']) {
  test(`status ${given} is unexpected`, cleans, { status: given }, { status: 'unknown' }, ['status.unexpected']);
}
test('a missing status is unknown', cleans, { status: '' }, { status: 'unknown' }, ['status.missing']);

import test from 'ava';
import { csv, gives, run, shown } from './room.ts';

const crm = csv('crm', { company: 'Acme' });
const areas = (...records: Parameters<typeof csv>[1][]) => ({ crm, postcodes: csv('postcodes', ...records) });
const firms = (...records: Parameters<typeof csv>[1][]) => ({ crm, companies: csv('companies', ...records) });
const FOUND = { region: 'South East', country: 'England', district: 'Kent', latitude: 51.5, longitude: -0.1, geo_enriched: 1 };
const NOWHERE = { region: 'Unknown', country: 'Unknown', district: 'Unknown', latitude: null, longitude: null, geo_enriched: 0 };

// Postcodes.
test('an area is found by the outcode', gives, areas({}), 'postcodes', [], FOUND);
test('outcodes are trimmed and upper-case', gives, areas({ outcode: '\u00a0sw1a ' }), 'postcodes', [], FOUND);
test('an outcode not found gives Unknown and null', gives, areas({ outcode: 'SW1' }), 'postcodes', [], NOWHERE);
test('a customer without a postcode is not found', gives, { ...areas({}), crm: csv('crm', { postcode: '' }) }, 'postcodes', [], NOWHERE);
test('a missing outcode is rejected', gives, areas({ outcode: ' ' }), 'postcodes', ['1 outcode.missing'], NOWHERE);
test('a malformed row is rejected', gives, { crm, postcodes: `${csv('postcodes', {})}SW1A,x\n` }, 'postcodes', ['2 record.malformed'], FOUND);
test('texts are trimmed', gives, areas({ region: ' South East\t' }), 'postcodes', [], FOUND);
test('an empty text cell gives Unknown, and stays geo_enriched', gives, areas({ region: ' ', country: '', district: '\u00a0' }), 'postcodes', [], {
  region: 'Unknown',
  country: 'Unknown',
  district: 'Unknown',
  geo_enriched: 1,
  risk_factors: 'Standard profile',
});
test('an empty coordinate is null, and stays geo_enriched', gives, areas({ latitude: '', longitude: ' ' }), 'postcodes', [], {
  latitude: null,
  longitude: null,
  geo_enriched: 1,
});
for (const given of ['90', '-90', '+90.000', '0', '-0', '051.50', ' 1 ', '0.0000000001']) {
  test(`latitude ${shown(given)} is in range`, gives, areas({ latitude: given }), 'postcodes', [], { latitude: Number(given) + 0, geo_enriched: 1 });
}
for (const given of ['90.1', '-90.00000000000000000001', '91', '1000', '51.', '.5', '5e1', '51,5', 'N/A', '51.5N', '--5', '- 5']) {
  test(`latitude ${shown(given)} is invalid`, gives, areas({ latitude: given }), 'postcodes', ['1 latitude.invalid'], NOWHERE);
}
for (const given of ['180', '-180', '179.999', '100']) {
  test(`longitude ${shown(given)} is in range`, gives, areas({ longitude: given }), 'postcodes', [], { longitude: Number(given), geo_enriched: 1 });
}
for (const given of ['180.01', '-181', '180.000000000000000001', 'x']) {
  test(`longitude ${shown(given)} is invalid`, gives, areas({ longitude: given }), 'postcodes', ['1 longitude.invalid'], NOWHERE);
}
test(
  'both coordinates may be invalid',
  gives,
  areas({ latitude: 'x', longitude: 'y' }),
  'postcodes',
  ['1 latitude.invalid', '1 longitude.invalid'],
  NOWHERE,
);
test(
  'among the good rows of an outcode all but the last are duplicates',
  gives,
  areas({ region: 'A' }, { outcode: 'sw1a', region: 'B' }),
  'postcodes',
  ['1 outcode.duplicate'],
  { region: 'B' },
);
test(
  'a bad row does not take the place of a good one',
  gives,
  areas({ region: 'A' }, { region: 'B', latitude: 'x' }),
  'postcodes',
  ['2 latitude.invalid'],
  { region: 'A' },
);
test('a bad row is no duplicate', gives, areas({ region: 'A', latitude: 'x' }, { region: 'B' }), 'postcodes', ['1 latitude.invalid'], {
  region: 'B',
});
test(
  'a coordinate that only warns is null, its row good',
  gives,
  { ...areas({ region: 'A' }, { region: 'B', latitude: 'x' }), rules: { postcodes: { 'latitude.invalid': 'warn' } } },
  'postcodes',
  ['1 outcode.duplicate', '2 latitude.invalid'],
  { region: 'B', latitude: null, geo_enriched: 1 },
);

// Companies.
test('a business is found by the domain', gives, firms({}), 'companies', [], { company_size: 'Small', industry: 'Retail', annual_revenue: '£1M' });
test('domains are trimmed and lower-case', gives, firms({ domain: ' SHOP.example\t' }), 'companies', [], { industry: 'Retail' });
test('a domain not found gives Unknown', gives, firms({ domain: 'example' }), 'companies', [], {
  company_size: 'Unknown',
  industry: 'Unknown',
  annual_revenue: 'Unknown',
});
test('no business: Individual, Personal, N/A', gives, { ...firms({}), crm: csv('crm', {}) }, 'companies', [], {
  company_size: 'Individual',
  industry: 'Personal',
  annual_revenue: 'N/A',
});
test('an empty text cell of a company gives Unknown', gives, firms({ company_size: '', industry: ' ', annual_revenue: '' }), 'companies', [], {
  company_size: 'Unknown',
  industry: 'Unknown',
  annual_revenue: 'Unknown',
});
test('a missing domain is rejected', gives, firms({ domain: '' }), 'companies', ['1 domain.missing'], { industry: 'Unknown' });
test('a malformed company row is rejected', gives, { crm, companies: `${csv('companies', {})}x\n` }, 'companies', ['2 record.malformed'], {
  industry: 'Retail',
});
test(
  'all but the last of a domain are duplicates',
  gives,
  firms({ industry: 'A' }, { domain: 'Shop.Example', industry: 'B' }),
  'companies',
  ['1 domain.duplicate'],
  { industry: 'B' },
);
test(
  'the company is looked up by what follows the last @',
  gives,
  { ...firms({}), crm: csv('crm', { company: 'Acme', email: 'a@x.co@shop.example' }) },
  'companies',
  [],
  { email_valid: 0, industry: 'Retail' },
);
test(
  'a business with an e-mail without @ is not found',
  gives,
  { ...firms({}), crm: csv('crm', { company: 'Acme', email: 'shop.example' }) },
  'companies',
  [],
  { industry: 'Unknown' },
);
test('a business without an e-mail is not found', gives, { ...firms({}), crm: csv('crm', { company: 'Acme', email: '' }) }, 'companies', [], {
  industry: 'Unknown',
});
test('a lookup break carries the key as matched', (t) => {
  const { broken } = run(areas({ outcode: 'sw1a' }, {}));
  t.like(broken, [
    { source: 'postcodes', file: 'postcodes-1', record: 1, line: 2, key: 'SW1A', column: 'outcode', rule: 'outcode.duplicate', severity: 'reject' },
  ]);
});

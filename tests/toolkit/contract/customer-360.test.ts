import assert from 'node:assert/strict';
import test from 'ava';
import { crm } from '../../../toolkit/pipelines/customer-360/contracts/crm.ts';
import { support } from '../../../toolkit/pipelines/customer-360/contracts/support.ts';
import { type Cleaned, cleanChoice, cleanCompany, cleanDate, cleanEmail, cleanName, cleanPhone, cleanPostcode } from '../../reference/clean.ts';
import { holds } from '../frame/rows.ts';
import { judge, manyTexts, textsOf } from './texts.ts';

const NAMES = [
  "anne-MARIE  o'neil",
  'ΟΔΥΣΣΕΥΣ',
  'İSTANBUL',
  'STRASSE ẞ',
  "o’Brien-smith d'arc",
  '--a',
  "''b",
  '"bob',
  '(john',
  'a\u00a0\u2003b',
  'ǆ',
  'ﬁn',
  '1st',
  'Unknown',
  ' x ',
  'É-é',
  '😀a 😀b',
  'ß',
  'a\tb\nc',
  'NULL',
  'N/A',
  '0',
];
const PHONES = [
  '+44 (0)20 7946-0018',
  '0044 20 7946 0018',
  '+4402079460018',
  '020 7946 0018',
  '(020) 7946.0018',
  '+44',
  '0044',
  '00',
  '+4400207946001',
  '02079460018',
  '2079460018',
  '+1 202 555 0100',
  '-',
  '().',
  '020–7946–0018',
  '００',
  '004402079460018',
  '+440020794600',
];
const POSTCODES = [
  'sw1a 1aa',
  'GIR 0AA',
  'g i r 0 a a',
  'm1 1ae',
  'B33 8TH',
  'ec1a1bb',
  'Q1 1AA',
  'AI1 1AA',
  'SW1A 1CA',
  'W1A\u00a00AX',
  'ı1 1aa',
  'ß1 1aa',
  'DN55 1PT',
  'A9A 9AA',
  'AA9A 9AA',
  'AA9I 9AA',
  'sw1a1a',
  'sw1a1aaa',
  'ﬀ1 1aa',
];
const EMAILS = [
  'A@B.Co',
  ' x.y+z@sub.example.org ',
  'ann.o-b@mail-1.example.org',
  'a@b',
  'a..b@c.de',
  'İ@x.com',
  'K@kelvin.com',
  "o'x@x.yz",
  'a@@b.co',
  'a b@c.de',
  'a@b.co.',
  'NULL',
];
const TEXTS = {
  name: textsOf("abcXYZ éßΣİ-'’ ", NAMES, 12),
  phone: textsOf('0123456789+-.() ', PHONES, 16),
  postcode: textsOf('abcdeghiswxyzABCDEGHISWXYZ0123456789 ', POSTCODES, 9),
  email: textsOf("abzAZ09._-+'@ ", EMAILS, 14),
  date: textsOf('0123456789-/ ', ['2024-02-29', '29/02/2024', '30-02-2024', ' 2024/01/31 '], 10),
  word: textsOf(
    'activeinsupodhghmlwbrACTIVE ',
    ['Active', ' SUSPENDED', 'inactıve', 'HİGH', 'high', 'Medium', 'LOW', 'BİLLING', 'Billing', 'unknown', 'other', 'technical', 'İnactive'],
    9,
  ),
};

const day = (value: unknown): unknown => (value instanceof Date ? value.toISOString().slice(0, 10) : (value ?? null));
interface Restated {
  readonly contract: typeof crm | typeof support;
  readonly key: string;
  readonly clean: (text: string) => Cleaned<string | null>;
  readonly flag?: string;
}
/** Holds a field of customer-360 against the JavaScript restatement of its contract: value, rule, flag. */
const restated = test.macro(async (t, field: string, texts: (typeof TEXTS)[keyof typeof TEXTS], { contract, key, clean, flag }: Restated) =>
  holds(
    manyTexts(texts, 400),
    async (list) => {
      const records = list.map((text, i) => ({ [key]: String(i + 1), customer_ref: '1', [field]: text }));
      const { accepted, codes } = await judge(contract as typeof crm, records);
      const kept = new Map(accepted.map((row) => [row[key], row]));
      assert.equal(kept.size, list.length);
      list.forEach((text, i) => {
        const { value, fault } = clean(text);
        const row = kept.get(i + 1) ?? {};
        const own = {
          value: day(row[field]),
          fault: codes[i]?.find((code) => code.startsWith(`${field}.`)) ?? null,
          ...(flag && { flag: row[flag] }),
        };
        assert.deepEqual(
          own,
          { value, fault: fault === null ? null : `${field}.${fault}`, ...(flag && { flag: fault === null ? 1 : 0 }) },
          JSON.stringify(text),
        );
      });
    },
    4,
  )(t),
);

const CRM = { contract: crm, key: 'customer_id' };
const SUPPORT = { contract: support, key: 'ticket_id' };
test('first_name', restated, 'first_name', TEXTS.name, { ...CRM, clean: cleanName });
test('last_name', restated, 'last_name', TEXTS.name, { ...CRM, clean: cleanName });
test('email', restated, 'email', TEXTS.email, { ...CRM, clean: cleanEmail, flag: 'email_valid' });
test('phone', restated, 'phone', TEXTS.phone, { ...CRM, clean: cleanPhone, flag: 'phone_valid' });
test('postcode', restated, 'postcode', TEXTS.postcode, { ...CRM, clean: cleanPostcode });
test('company', restated, 'company', TEXTS.name, { ...CRM, clean: (text) => ({ value: cleanCompany(text), fault: null }) });
test('registration_date', restated, 'registration_date', TEXTS.date, { ...CRM, clean: cleanDate });
test('status', restated, 'status', TEXTS.word, { ...CRM, clean: (text) => cleanChoice(text, ['active', 'inactive', 'suspended'], 'unknown') });
test('issue_type', restated, 'issue_type', TEXTS.word, {
  ...SUPPORT,
  clean: (text) => cleanChoice(text, ['billing', 'technical', 'general'], 'other'),
});
test('priority', restated, 'priority', TEXTS.word, { ...SUPPORT, clean: (text) => cleanChoice(text, ['high', 'medium', 'low'], 'unknown') });
test('created_date', restated, 'created_date', TEXTS.date, { ...SUPPORT, clean: cleanDate });

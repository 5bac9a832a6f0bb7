import test from 'ava';
import {
  amount,
  check,
  contract,
  type DaybookError,
  type Fields,
  frameOf,
  id,
  lower,
  nullIf,
  replaceMatches,
  type Severity,
  text,
  upper,
  word,
} from 'daybook';
import * as z from 'zod';
import { session } from '../frame/rows.ts';
import { judge, type Raw } from './texts.ts';

const title = 'T';
const people = contract(
  'people',
  {
    k: id({ title: 'Number' }),
    email: text({ title: 'E-mail', clean: lower, rules: { invalid: z.email(), foreign: z.string().regex(/uk$/) }, flag: 'email_ok' }),
    status: word({ title: 'Status', words: ['on', 'off'], otherwise: 'unknown' }),
    site: text({ title: 'Site', rules: { invalid: z.url() }, required: false, otherwise: { value: null } }),
  },
  { key: 'k' },
);
const good = { k: '1', email: 'a@b.uk', status: 'on', site: 'https://a.example' };

const breaks = test.macro(async (t, record: Raw, codes: readonly string[], severities: Record<string, Severity> = {}) => {
  const { codes: given, counts } = await judge(people, [record], { severities });
  t.deepEqual(given[0], codes);
  t.deepEqual(
    Object.entries(counts.rules)
      .flatMap(([code, n]) => (n > 0 ? [code] : []))
      .sort(),
    [...codes].sort(),
  );
});
test('a good record breaks nothing', breaks, good, []);
test('a field breaks at most one of its rules: missing', breaks, { ...good, email: '\u00a0' }, ['email.missing']);
test('a field breaks at most one of its rules: the first that fails', breaks, { ...good, email: 'no' }, ['email.invalid']);
test('a field breaks at most one of its rules: the second where the first holds', breaks, { ...good, email: 'a@b.co' }, ['email.foreign']);
test('every field is looked at, of rejected records too', breaks, { k: 'x', email: null, status: 'maybe', site: 'no' }, [
  'email.missing',
  'k.invalid',
  'site.invalid',
  'status.unexpected',
]);
test('what need not be there is not missed', breaks, { ...good, site: null }, []);
test('what is off is not counted', breaks, { ...good, email: 'no', status: 'x' }, ['status.unexpected'], { 'email.invalid': 'off' });
test('a fixed rule keeps its severity whatever is configured', breaks, { ...good, k: '0' }, ['k.invalid'], {
  'k.invalid': 'off',
  'k.duplicate': 'warn',
});
test('a rule that only zod can decide: the URL', breaks, { ...good, site: 'nowhere' }, ['site.invalid']);
test('NULL and 0 are texts', breaks, { ...good, email: 'NULL', status: '0' }, ['email.invalid', 'status.unexpected']);

test('severities decide who is accepted, rejected and warned', async (t) => {
  const records = [good, { ...good, k: '2', email: 'no' }, { ...good, k: '3', status: 'x' }, { ...good, k: '4', email: 'no', status: 'x' }];
  const rows = async (severities: Record<string, Severity>) => (await judge(people, records, { severities })).counts.rows;
  t.deepEqual(await rows({}), { read: 4, accepted: 4, rejected: 0, warned: 3 });
  t.deepEqual(await rows({ 'email.invalid': 'reject' }), { read: 4, accepted: 2, rejected: 2, warned: 1 });
  t.deepEqual(await rows({ 'email.invalid': 'off' }), { read: 4, accepted: 4, rejected: 0, warned: 2 });
  t.deepEqual(await rows({ 'email.invalid': 'reject', 'status.unexpected': 'off' }), { read: 4, accepted: 2, rejected: 2, warned: 0 });
  t.deepEqual((await judge(people, records, { malformed: 3 })).counts.rows, { read: 7, accepted: 4, rejected: 3, warned: 3 });
});

test('every rule of the contract is listed, 0 included, in the order of the fields', async (t) => {
  const { counts } = await judge(people, []);
  t.deepEqual(
    Object.entries(counts.rules),
    [
      'record.malformed',
      'k.missing',
      'k.invalid',
      'k.duplicate',
      'email.missing',
      'email.invalid',
      'email.foreign',
      'status.missing',
      'status.unexpected',
      'site.invalid',
    ].map((code) => [code, 0]),
  );
  t.deepEqual(counts.rows, { read: 0, accepted: 0, rejected: 0, warned: 0 });
});

const ok = z.string().regex(/^[a-z]+$/);
const keeps = test.macro(async (t, field: Fields[string], raw: string | null, kept: unknown, flag?: number) => {
  const { accepted } = await judge(contract('c', { k: id({ title }), v: field }, { key: 'k' }), [{ k: '1', v: raw }]);
  t.deepEqual(accepted, [{ k: 1, v: kept, ...(flag !== undefined && { good: flag }) }]);
});
const rules = { invalid: ok };
test('kept where a rule broke: the cleaned text', keeps, text({ title, clean: lower, rules }), ' A1 ', 'a1');
test('kept where a rule broke: the text as trimmed', keeps, text({ title, clean: lower, rules, otherwise: 'trimmed' }), ' A1 ', 'A1');
test('kept where a rule broke: a fixed value', keeps, text({ title, rules, otherwise: { value: 'none' } }), '1', 'none');
test('kept where a rule broke: null', keeps, text({ title, rules, otherwise: { value: null } }), '1', null);
test('kept where the field is missing: the fixed value', keeps, text({ title, otherwise: { value: 'Unknown' } }), '', 'Unknown');
test('kept where the field is missing: null', keeps, text({ title, clean: lower }), '  ', null);
test('the stored form of a good text', keeps, text({ title, rules, keep: upper, otherwise: 'trimmed' }), 'ab', 'AB');
test('the stored form is not for a text that broke a rule', keeps, text({ title, rules, keep: upper }), 'a1', 'a1');
test('a flag is 1 where the text is there and good', keeps, text({ title, rules, flag: 'good' }), 'ab', 'ab', 1);
test('a flag is 0 where a rule broke', keeps, text({ title, rules, flag: 'good' }), 'a1', 'a1', 0);
test('a flag is 0 where the text is missing', keeps, text({ title, rules, flag: 'good' }), null, null, 0);
test('a word that is none of the list is what stands for it', keeps, word({ title, words: ['on'], otherwise: 'off' }), 'ON!', 'off');
test(
  'a text that cleaning leaves empty is kept empty, not null',
  keeps,
  text({ title, clean: (it) => replaceMatches(it, '-', '', 'all') }),
  '--',
  '',
);

const cleanedAway = test.macro(async (t, schemas: Record<string, z.ZodType>) => {
  const field = text({ title, clean: (it) => nullIf(replaceMatches(it, '-', '', 'all'), ''), rules: schemas });
  const { codes } = await judge(contract('c', { k: id({ title }), v: field }, { key: 'k' }), [
    { k: '1', v: '--' },
    { k: '2', v: '' },
    { k: '3', v: 'on' },
  ]);
  t.deepEqual(codes, [['v.first'], ['v.missing'], []]);
});
test('a text that cleaning takes away has not passed its rules: one pattern', cleanedAway, { first: ok });
test('a text that cleaning takes away has not passed its rules: an enumeration before a pattern', cleanedAway, { first: z.enum(['on']), second: ok });
test('a text that cleaning takes away has not passed its rules: a test in zod before a pattern', cleanedAway, {
  first: z.string().refine(() => true),
  second: ok,
});

const orders = contract(
  'orders',
  { k: id({ title }), customer: id({ title, from: ['customer_id', 'cust_id'] }), v: amount({ title, from: ['amount', 'total'] }) },
  { key: 'k', references: { customer: 'crm' } },
);
test('several names: an absent or null first one falls back, an empty one does not', async (t) => {
  const { codes, accepted } = await judge(orders, [
    { k: '1', customer_id: '5', cust_id: '6', amount: null, total: '2.50' },
    { k: '2', customer_id: null, cust_id: '6', amount: '', total: '2.50' },
    { k: '3', customer_id: ' ', cust_id: '6', amount: '1', total: 'x' },
  ]);
  t.deepEqual(codes, [[], ['v.missing'], ['customer.missing']]);
  t.deepEqual(accepted, [{ k: 1, customer: 5, v: 2.5 }]);
});

test('a reference that is not among the accepted keys is an orphan; one that is not valid is not', async (t) => {
  const parents = { crm: { accepted: frameOf([{ customer_id: 5, customer: 9 }]), key: 'customer_id' } };
  const records = ['5', '6', 'x', null].map((cust_id, i) => ({ k: String(i + 1), cust_id, amount: '1' }));
  const { codes, counts } = await judge(orders, records, { parents });
  t.deepEqual(codes, [[], ['customer.orphan'], ['customer.invalid'], ['customer.missing']]);
  t.deepEqual(counts.rows, { read: 4, accepted: 1, rejected: 3, warned: 0 });
});
test('without its parent a reference is not looked up, nor listed', async (t) => {
  const { counts } = await judge(orders, [{ k: '1', cust_id: '77', amount: '1' }]);
  t.is(counts.rows.accepted, 1);
  t.false('customer.orphan' in counts.rules);
});
test('a record may be a duplicate and an orphan at once', async (t) => {
  const parents = { crm: { accepted: frameOf<{ customer_id: number }>([], ['customer_id']), key: 'customer_id' } };
  const { codes } = await judge(
    orders,
    [
      { k: '1', cust_id: '5', amount: '-1' },
      { k: '01', cust_id: '5', amount: '1' },
    ],
    { parents },
  );
  t.deepEqual(codes, [['customer.orphan', 'k.duplicate', 'v.negative'], ['customer.orphan']]);
});

test('by key: the last of a valid key stays, whatever else it breaks', async (t) => {
  const { codes, accepted } = await judge(orders, [
    { k: '1', cust_id: '5', amount: '1' },
    { k: ' 001 ', cust_id: '5', amount: 'x' },
    { k: '2', cust_id: '5', amount: '2' },
    { k: '1x', cust_id: '5', amount: '2' },
    { k: '1x', cust_id: '5', amount: '2' },
  ]);
  t.deepEqual(codes, [['k.duplicate'], ['v.invalid'], [], ['k.invalid'], ['k.invalid']]);
  t.deepEqual(
    accepted.map(({ k }) => k),
    [2],
  );
});
const places = contract(
  'places',
  { code: text({ title: 'Code', clean: upper }), v: amount({ title: 'Value' }) },
  { key: 'code', duplicates: 'among good' },
);
test('among good: the last of a key that breaks no other rejecting rule stays', async (t) => {
  const { codes, accepted } = await judge(places, [
    { code: 'a', v: '1' },
    { code: 'A ', v: '2' },
    { code: 'a', v: 'x' },
    { code: '', v: '4' },
    { code: '', v: '5' },
  ]);
  t.deepEqual(codes, [['code.duplicate'], [], ['v.invalid'], ['code.missing'], ['code.missing']]);
  t.deepEqual(accepted, [{ code: 'A', v: 2 }]);
});
test('a text key that is not valid is no key: no duplicate, and not shown as one', async (t) => {
  const keyed = contract('keyed', { code: text({ title: 'Code', rules: { invalid: ok } }) }, { key: 'code' });
  const { codes, broken } = await judge(keyed, [{ code: 'A1' }, { code: 'A1' }, { code: 'ab' }, { code: 'ab' }]);
  t.deepEqual(codes, [['code.invalid'], ['code.invalid'], ['code.duplicate'], []]);
  t.deepEqual(
    broken.map(({ key }) => key),
    [null, null, 'ab'],
  );
});

test('broken: place, key, column, severity, a reason without values, the raw text; the record where it was rejected', async (t) => {
  const { broken } = await judge(people, [
    { ...good, email: 'Jane "J" Doe\n' },
    { k: 'x9', email: 'a@b.uk', status: 'Ünknown', site: null },
  ]);
  t.deepEqual(broken, [
    {
      row: 1,
      key: '1',
      rule: 'email.invalid',
      column: 'email',
      severity: 'warn',
      reason: 'E-mail is not in the expected form.',
      value: 'Jane "J" Doe\n',
      record: null,
    },
    {
      row: 2,
      key: null,
      rule: 'k.invalid',
      column: 'k',
      severity: 'reject',
      reason: 'Number is not in the expected form.',
      value: 'x9',
      record: '{"k":"x9","email":"a@b.uk","status":"Ünknown","site":null}',
    },
    {
      row: 2,
      key: null,
      rule: 'status.unexpected',
      column: 'status',
      severity: 'warn',
      reason: 'Status is not in the expected form.',
      value: 'Ünknown',
      record: '{"k":"x9","email":"a@b.uk","status":"Ünknown","site":null}',
    },
  ]);
});

test('records that bring their place keep it', async (t) => {
  const where = await session;
  const found = await check(
    places,
    frameOf([
      { row: 7, code: 'a', v: 'x' },
      { row: 3, code: 'b', v: '1' },
    ]),
    { session: where },
  );
  t.deepEqual((await found.broken.collect({ session: where })).array('row'), [7]);
  await found.release();
});

test('a raw name that is not there is named', async (t) => {
  const fault = await t.throwsAsync<DaybookError>(async () => check(places, frameOf([{ code: 'a', w: '1' }]), { session: await session }));
  t.is(fault?.code, 'frame.unknown-column');
  t.regex(fault?.message ?? '', /"v"/);
});

test('a column of texts that is called row is data, and no place of the records', async (t) => {
  const numbered = contract(
    'numbered',
    { k: id({ title: 'K' }), v: text({ title: 'V', required: true }), of_row: text({ title: 'Row', from: ['row'] }) },
    { key: 'k' },
  );
  const raw = frameOf([
    { k: '1', row: '1', v: null },
    { k: '2', row: '1', v: 'b' },
    { k: '2', row: '1', v: null },
  ]);
  const { counts, broken } = await check(numbered, raw);
  t.like(counts.rules, { 'k.duplicate': 1, 'v.missing': 2 });
  t.deepEqual((await broken.orderby('row').collect()).array('row'), [1, 2, 3]);
});

test('a column whose name begins as those of a check do is not taken for another', async (t) => {
  const plain = contract('plain', { k: id({ title: 'K' }), v: text({ title: 'V' }) }, { key: 'k' });
  for (const places of [{}, { row: 1 }]) {
    const { accepted } = await check(plain, frameOf([{ ...places, k: '1', v: 'right', 'raw:v': 'wrong' }]));
    t.deepEqual((await accepted.collect()).array('v'), ['right']);
  }
});

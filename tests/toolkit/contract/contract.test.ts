import test from 'ava';
import { contract, type DaybookError, type Fields, id, MASK_BITS, personalFields, rawColumns, rulesOf, text } from 'daybook';
import * as z from 'zod';
import { judge } from './texts.ts';

const k = id({ title: 'K' });
const t1 = text({ title: 'T' });
/** A contract of `n` rules: three of the key, one each of the rest. */
const ofRules = (n: number) =>
  contract(
    'wide',
    { k, ...Object.fromEntries(Array.from({ length: n - 3 }, (_, i) => [`f${i}`, text({ title: `F${i}` })])) } as Fields & { k: typeof k },
    { key: 'k' },
  );

test('sixty-two rules fit, and each is told apart', async (t) => {
  const wide = ofRules(MASK_BITS);
  const { counts, codes } = await judge(wide, [{ k: '1' }, { k: '1', f58: 'x' }]);
  t.is(codes[0]?.length, MASK_BITS - 2);
  t.is(counts.rules['f58.missing'], 1);
  t.is(counts.rules['f57.missing'], 2);
});

const unsound = test.macro((t, build: () => unknown, message: RegExp) => {
  t.throws(build as () => void, { instanceOf: TypeError, message });
});
test(
  'one rule more is refused where the contract is stated',
  unsound,
  () => ofRules(MASK_BITS + 1),
  /^contract "wide" has 63 rules and can hold 62: split the source/,
);
test('a key that is no field', unsound, () => contract('c', { k }, { key: 'key' as 'k' }), /has no field "key"/);
test('a reference from no field', unsound, () => contract('c', { k }, { key: 'k', references: { who: 'crm' } as never }), /has no field "who"/);
test(
  'a rule called as one of our own',
  unsound,
  () => contract('c', { k, v: text({ title: 'V', rules: { missing: z.email() } }) }, { key: 'k' }),
  /has two rules "v\.missing"/,
);
test('a column that a check uses itself', unsound, () => contract('c', { k, Bits: t1 }, { key: 'k' }), /calls a column "Bits"/);
test(
  'a flag that a check uses itself',
  unsound,
  () => contract('c', { k, v: text({ title: 'V', flag: 'row' }) }, { key: 'k' }),
  /calls a column "row"/,
);
const clash = test.macro((t, build: () => unknown) => {
  t.is(t.throws<DaybookError>(build as () => void)?.code, 'frame.name-clash');
});
test('fields that differ in case alone', clash, () => contract('c', { k, v: t1, V: t1 }, { key: 'k' }));
test('a flag called as a field', clash, () => contract('c', { k, v: text({ title: 'V', flag: 'k' }) }, { key: 'k' }));
test('raw names that differ in case alone', clash, () => contract('c', { k, v: text({ title: 'V', from: ['Mail', 'mail'] }) }, { key: 'k' }));

test('fields called as what a rejects table calls its columns are only fields', async (t) => {
  const odd = contract('odd', { key: k, value: t1, record: t1, rule: t1, column: t1, constructor: t1 } as Fields & { key: typeof k }, { key: 'key' });
  const { broken, accepted } = await judge(odd, [{ key: '1', value: 'v', record: null, rule: 'r', column: 'c', constructor: 'x' }]);
  t.deepEqual(
    broken.map(({ rule, value, key }) => ({ rule, value, key })),
    [{ rule: 'record.missing', value: null, key: '1' }],
  );
  t.is(accepted.length, 1);
});

test('rules: codes, severities, what may be changed, and a reason each', (t) => {
  const crm = contract(
    'crm',
    {
      k,
      who: id({ title: 'Customer' }),
      v: text({ title: 'V', rules: { invalid: z.email() }, severity: { invalid: 'reject' }, reasons: { invalid: 'V is odd.' } }),
    },
    { key: 'k', references: { who: 'people' } },
  );
  t.deepEqual(
    rulesOf(crm as never, { 'v.missing': 'off', 'k.missing': 'off' }).map(({ code, severity, fixed, reason }) => [code, severity, fixed, reason]),
    [
      ['record.malformed', 'reject', true, 'The record is not well formed.'],
      ['k.missing', 'reject', true, 'K is empty.'],
      ['k.invalid', 'reject', true, 'K is not in the expected form.'],
      ['k.duplicate', 'reject', true, 'A later record has the same k.'],
      ['who.missing', 'reject', true, 'Customer is empty.'],
      ['who.invalid', 'reject', true, 'Customer is not in the expected form.'],
      ['who.orphan', 'reject', true, 'Customer is not among the accepted records of "people".'],
      ['v.missing', 'off', false, 'V is empty.'],
      ['v.invalid', 'reject', false, 'V is odd.'],
    ],
  );
});

test('raw columns and personal fields, under all their names', (t) => {
  const it = contract(
    'c',
    { k: id({ title: 'K', personal: 'identifier', from: ['id', 'no'] }), v: t1, w: text({ title: 'W', from: ['v', 'x'] }) },
    { key: 'k' },
  ) as never;
  t.deepEqual(rawColumns(it), ['id', 'no', 'v', 'x']);
  t.deepEqual(personalFields(it), ['k', 'id', 'no']);
});

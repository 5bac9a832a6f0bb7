import test from 'ava';
import { compactPostcode, type Expr, emailDomain, frameOf, outwardCode, personName, spacedPostcode, UK_PHONE, UK_POSTCODE, ukPhone } from 'daybook';
import { rowsOf } from '../frame/rows.ts';

const gives = test.macro(
  async (t, make: (text: Expr<string | null>) => Expr<string | null>, rows: readonly (readonly [string | null, string | null])[]) => {
    const texts = rows.map(([text], i) => ({ i, text }));
    const given = await rowsOf(
      frameOf(texts, ['i', 'text'])
        .derive((c) => ({ out: make(c.text) }))
        .orderby('i'),
    );
    t.deepEqual(
      given.map(({ out }) => out),
      rows.map(([, out]) => out),
    );
  },
);
test('personName', gives, personName, [
  ["anne-MARIE  o'neil", "Anne-Marie O'Neil"],
  ['ΟΔΟΣ', 'Οδος'],
  ['d’ARC\u00a0x', 'D’Arc X'],
  [null, null],
]);
test('ukPhone', gives, ukPhone, [
  ['+44 (0)20 7946-0018', '02079460018'],
  ['0044 20 7946 0018', '02079460018'],
  ['020.7946.0018', '02079460018'],
  ['020–7946', '020–7946'],
  ['().-', ''],
  ['+440', '0'],
  [null, null],
]);
test('compactPostcode', gives, compactPostcode, [
  [' sw1a\u00a01aa ', 'SW1A1AA'],
  ['', ''],
  [null, null],
]);
test('spacedPostcode', gives, spacedPostcode, [
  ['SW1A1AA', 'SW1A 1AA'],
  ['GIR0AA', 'GIR 0AA'],
  [null, null],
]);
test('outwardCode', gives, outwardCode, [
  ['SW1A 1AA', 'SW1A'],
  ['GIR 0AA', 'GIR'],
  [null, null],
]);
test('emailDomain', gives, emailDomain, [
  ['a@b@c.de', 'c.de'],
  ['a', null],
  ['a@', ''],
  [null, null],
]);

const form = test.macro((t, pattern: RegExp, good: readonly string[], bad: readonly string[]) => {
  t.deepEqual([good.filter((text) => !pattern.test(text)), bad.filter((text) => pattern.test(text))], [[], []]);
});
test(
  'UK_PHONE: 0 and ten more digits',
  form,
  UK_PHONE,
  ['02079460018'],
  ['2079460018', '0207946001', '020794600180', '+442079460018', '０2079460018', '02079460018\n'],
);
test(
  'UK_POSTCODE: the forms of Royal Mail',
  form,
  UK_POSTCODE,
  ['GIR0AA', 'M11AE', 'M600NW', 'CR26XH', 'DN551PT', 'W1A1HQ', 'EC1A1BB', 'SW1A1AA'],
  ['GIR0AB', 'Q11AA', 'V11AA', 'X11AA', 'AI11AA', 'AJ11AA', 'AZ11AA', 'W1L1HQ', 'SW1C1AA', 'M11CE', 'M11AO', 'M1AE', 'M1111AE', 'm11ae', 'SW1A 1AA'],
);

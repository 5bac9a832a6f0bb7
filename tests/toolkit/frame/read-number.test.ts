import test from 'ava';
import { frameOf, toNumber, toWhole } from 'daybook';
import { rowsOf } from './rows.ts';

const reads = test.macro(async (t, text: string, whole: number | null, number: number | null) => {
  t.deepEqual(
    await rowsOf(
      frameOf([{ text }])
        .derive((c) => ({ whole: toWhole(c.text), number: toNumber(c.text) }))
        .select('whole', 'number'),
    ),
    [{ whole, number }],
  );
});
test('read as a number: digits', reads, '0012', 12, 12);
test('read as a number: signs', reads, '-5', -5, -5);
test('read as a number: a plus', reads, '+5', 5, 5);
test('read as a number: a point is no whole number', reads, '1.5', null, 1.5);
test('read as a number: a point before digits', reads, '.5', null, 0.5);
test('read as a number: an exponent', reads, '1e3', null, 1000);
test('read as a number: white space is none', reads, ' 1', null, null);
test('read as a number: an underscore is none', reads, '1_000', null, null);
test('read as a number: hexadecimal is none', reads, '0x1F', null, null);
test('read as a number: infinite is none', reads, 'inf', null, null);
test('read as a number: too large for 64 bits', reads, '9223372036854775808', null, 2 ** 63);
test('read as a number: nothing', reads, '', null, null);

import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { canonicalNumber } from '../../../toolkit/source/json/number.ts';
import { decimalOf } from '../../reference/numbers.ts';

const becomes = (t: ExecutionContext, source: string, expected: string) => t.is(canonicalNumber(source), expected);

for (const [source, expected] of [
  ['12', '12'],
  ['12.0', '12'],
  ['12.340', '12.34'],
  ['1e3', '1000'],
  ['1E+3', '1000'],
  ['1200e-2', '12'],
  ['123456e-2', '1234.56'],
  ['0.001', '0.001'],
  ['5e-3', '0.005'],
  ['-5.50', '-5.5'],
  ['0', '0'],
  ['-0', '-0'],
  ['-0.00', '-0'],
  ['0e9', '0'],
  ['-0e-9', '-0'],
  ['100', '100'],
  ['1.5e1', '15'],
  ['10.010e1', '100.1'],
  ['9007199254740993', '9007199254740993'],
  ['12.5000000000000000001', '12.5000000000000000001'],
  ['1e39', `1${'0'.repeat(39)}`],
  ['1e40', '1e40'],
  ['1e400', '1e400'],
  ['1e-400', '1e-400'],
  ['1e999999999999999999999', '1e999999999999999999999'],
  [`1${'0'.repeat(60)}e-60`, '1'],
  [`12.${'0'.repeat(60)}`, '12'],
  ['7'.repeat(41), '7'.repeat(41)],
  ['0e999999999999999999999', '0'],
] as const)
  test(`${source.slice(0, 30)} becomes ${expected.slice(0, 30)}`, becomes, source, expected);

const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fc.stringMatching(/^(\.[0-9]{1,8})?$/),
    fc.stringMatching(/^([eE][+-]?[0-9]{1,2})?$/),
  )
  .map((parts) => parts.join(''));
test('the value is kept, and where it is short the notation is plain', (t) => {
  const property = fc.property(number, (source) => {
    const text = canonicalNumber(source);
    t.deepEqual(decimalOf(text), decimalOf(source));
    t.true(text === source || /^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/.test(text));
  });
  t.notThrows(() => fc.assert(property, { numRuns: 2000 }));
});

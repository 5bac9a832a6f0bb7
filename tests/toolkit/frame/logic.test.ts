import assert from 'node:assert/strict';
import test from 'ava';
import {
  and,
  asMoney,
  asText,
  coalesce,
  count,
  type DaybookError,
  type Decimal,
  daysBetween,
  type Expr,
  eq,
  firstOf,
  flag,
  frameOf,
  greatest,
  gt,
  isoDate,
  literal,
  lookup,
  lte,
  meanMoney,
  minus,
  money,
  month,
  not,
  oneOf,
  or,
  passed,
  plus,
  round,
  same,
  sum,
  times,
  toDate,
  toInteger,
  toMoney,
  total,
  when,
  year,
} from 'daybook';
import fc from 'fast-check';
import { daysBetween as daysBetweenOf } from '../../reference/clean.ts';
import { meanPence, poundsOf } from '../../reference/numbers.ts';
import { holds, rowsOf } from './rows.ts';

interface Pair {
  a: string | null;
  b: string | null;
}
const both = frameOf<Pair>([
  { a: 'x', b: 'x' },
  { a: 'x', b: 'y' },
  { a: 'x', b: null },
  { a: null, b: null },
]);
const said = test.macro(async (t, make: (c: { a: Expr<string | null>; b: Expr<string | null> }) => Expr<unknown>, gives: readonly unknown[]) => {
  const rows = await rowsOf(both.derive((c) => ({ out: make(c) as Expr<string> })));
  t.deepEqual(
    rows.map(({ out }) => out),
    gives as unknown[],
  );
});
test('eq of a null is unknown', said, (c) => eq(c.a, c.b), [true, false, null, null]);
test('same takes two nulls for the same', said, (c) => same(c.a, c.b), [true, false, false, true]);
test('passed takes unknown for not passed', said, (c) => passed(eq(c.a, c.b)), [true, false, false, false]);
test('flag takes unknown for 0', said, (c) => flag(eq(c.a, c.b)), [1, 0, 0, 0]);
test('not of unknown is unknown', said, (c) => not(eq(c.a, c.b)), [false, true, null, null]);
test('and of nothing is true, or of nothing false', said, () => and(and(), not(or())), [true, true, true, true]);
test('oneOf', said, (c) => oneOf(c.b, ['x', "it's"]), [true, false, null, null]);
test('oneOf of nothing is false, of null too', said, (c) => oneOf(c.b, []), [false, false, false, false]);
test('coalesce', said, (c) => coalesce(c.b, 'none'), ['x', 'y', 'none', 'none']);
test('firstOf', said, (c) => firstOf(c.b, c.a), ['x', 'y', 'x', null]);
test('when: unknown does not pass', said, (c) => when(eq(c.b, 'x'), 1).when(eq(c.a, 'x'), 2).otherwise(3), [1, 2, 2, 3]);
test('when: null where nothing passes', said, (c) => when(eq(c.b, 'x'), 'yes').orNull(), ['yes', null, null, null]);
test('lookup: null and what is not listed are otherwise', said, (c) => lookup(c.b, { x: 3, "it's": 2 }, 1), [3, 1, 1, 1]);
test('lookup in nothing', said, (c) => lookup(c.b, {}, 1), [1, 1, 1, 1]);
test('flags add up', said, (c) => times(total(flag(eq(c.a, 'x')), flag(eq(c.b, 'x'))), 25), [50, 25, 25, 0]);

const refused = test.macro((t, value: unknown) => {
  t.is(t.throws<DaybookError>(() => literal(value as string))?.code, 'frame.bad-value');
});
test('no expression of NaN', refused, Number.NaN);
test('no expression of an infinite number', refused, Number.POSITIVE_INFINITY);
test('no expression of an invalid date', refused, new Date(Number.NaN));
test('no expression of a text with a NUL', refused, 'a\0b');
test('no expression of an object', refused, { toString: () => '1); DROP TABLE x' });
test('no expression of an aggregate', refused, count());
test('no expression of cases without an end', refused, when(literal(true), 1));

const anyDay = fc.integer({ min: -719_162, max: 2_932_896 }).map((days) => new Date(days * 86_400_000));
test(
  'daysBetween, year, month and isoDate are those of the calendar',
  holds(
    fc.array(fc.tuple(anyDay, anyDay), { minLength: 1, maxLength: 100 }),
    async (pairs) => {
      const rows = await rowsOf(
        frameOf(pairs.map(([a, b], i) => ({ i, a, b })))
          .derive((c) => ({
            days: daysBetween(c.a, c.b),
            to: daysBetween(c.a, new Date('2024-02-29')),
            year: year(c.a),
            month: month(c.a),
            iso: isoDate(c.a),
            back: toDate(isoDate(c.a)),
          }))
          .orderby('i'),
      );
      pairs.forEach(([a, b], i) => {
        const iso = a.toISOString().slice(0, 10);
        const { days, to, year: y, month: m, iso: text, back } = rows[i] as Record<string, unknown>;
        assert.deepEqual(
          [days, to, y, text, back, (m as Date).toISOString().slice(0, 10)],
          [
            daysBetweenOf(iso, b.toISOString().slice(0, 10)),
            daysBetweenOf(iso, '2024-02-29'),
            Number(iso.slice(0, 4)),
            iso,
            a,
            `${iso.slice(0, 8)}01`,
          ],
        );
      });
    },
    15,
  ),
);

const readsDate = test.macro(async (t, text: string, day: string | null) => {
  const [row] = await rowsOf(frameOf([{ text }]).derive((c) => ({ day: asText(toDate(c.text)) })));
  t.is(row?.['day'], day);
});
for (const [text, day] of Object.entries({
  '2024-02-29': '2024-02-29',
  '2023-02-29': null,
  '2024-2-9': null,
  '2024/02/29': null,
  '2024-02-29 10:00': null,
  epoch: null,
  infinity: null,
  '10000-01-01': null,
  '': null,
}))
  test(`read as a date: "${text}"`, readsDate, text, day);

const pence = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
const small = fc.tuple(pence, fc.integer({ min: 0, max: 17 })).map(([value, digits]) => value / 10n ** BigInt(digits));
const moneyOf = (c: { text: Expr<string> }) => toMoney(c.text);
test(
  'meanMoney is exact, to the penny, half away from zero, below zero too',
  holds(
    fc.array(fc.tuple(small, fc.integer({ min: 1, max: 1_000 })), { minLength: 1, maxLength: 200 }),
    async (rows) => {
      const given = await rowsOf(
        frameOf(rows.map(([value, n], i) => ({ i, text: poundsOf(value), n })))
          .derive((c) => ({ mean: asText(meanMoney(moneyOf(c), c.n)) }))
          .orderby('i'),
      );
      for (const [i, [value, n]] of rows.entries()) assert.equal(given[i]?.['mean'], poundsOf(meanPence(value, n)), `${value} / ${n}`);
    },
    20,
  ),
);

const means = test.macro(async (t, text: string, n: number | null, mean: string | null) => {
  t.deepEqual(
    await rowsOf(
      frameOf([{ text, n }], ['text', 'n'])
        .derive((c) => ({ mean: asText(meanMoney(moneyOf(c), c.n)) }))
        .select('mean'),
    ),
    [{ mean }],
  );
});
test('a half is rounded up', means, '0.05', 2, '0.03');
test('a half below zero is rounded down', means, '-0.05', 2, '-0.03');
test('less than a half is dropped', means, '1.00', 3, '0.33');
test('no penny below zero', means, '-0.01', 3, '0.00');
test('round keeps so many decimals and null', async (t) => {
  const given = await rowsOf(frameOf([{ n: 2.345 }, { n: -2.5 }, { n: null }]).derive((c) => ({ two: round(c.n, 2), whole: round(c.n) })));
  t.deepEqual(given, [
    { n: 2.345, two: 2.35, whole: 2 },
    { n: -2.5, two: -2.5, whole: -3 },
    { n: null, two: null, whole: null },
  ]);
});
test('a mean of none is null', means, '1.00', 0, null);
test('a mean of unknown number is null', means, '1.00', null, null);

test(
  'the mean of a sum that the engine has widened to DECIMAL(38,2)',
  holds(
    fc.array(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), { minLength: 1, maxLength: 60 }),
    async (values) => {
      const [row] = await rowsOf(
        frameOf(values.map((value) => ({ text: poundsOf(value) })))
          .derive((c) => ({ v: moneyOf(c) }))
          .rollup((c) => ({ total: sum(c.v), n: count() }))
          .derive((c) => ({ mean: asText(meanMoney(c.total, c.n)), total: asText(c.total) })),
      );
      const all = values.reduce((a, b) => a + b, 0n);
      assert.deepEqual([row?.['mean'], row?.['total']], [poundsOf(meanPence(all, values.length)), poundsOf(all)]);
    },
    20,
  ),
);

test(
  'money is added, taken away and multiplied exactly, never in binary',
  holds(
    fc.array(fc.tuple(small, small, fc.integer({ min: -99, max: 99 })), { minLength: 1, maxLength: 100 }),
    async (rows) => {
      const given = await rowsOf(
        frameOf(rows.map(([a, b, n], i) => ({ i, a: poundsOf(a / 100n), b: poundsOf(b / 100n), n })))
          .derive((c) => ({ a: toMoney(c.a), b: toMoney(c.b) }))
          .derive((c) => ({
            sum: asText(plus(c.a, c.b)),
            less: asText(minus(c.a, c.b)),
            tenth: asText(plus(plus(c.a, money('0.10')), money('0.20'))),
            same: eq(minus(plus(c.a, c.b), c.b), c.a),
            above: gt(c.a, 0.3),
            times: asText(asMoney(times(minus(c.a, c.a), c.b) as Expr<Decimal | null>)),
          }))
          .orderby('i'),
      );
      rows.forEach(([x, y], i) => {
        const [a, b] = [x / 100n, y / 100n];
        const { sum: added, less, tenth, same: equal, above, times: none } = given[i] as Record<string, unknown>;
        assert.deepEqual([added, less, tenth, equal, above, none], [poundsOf(a + b), poundsOf(a - b), poundsOf(a + 30n), true, a > 30n, '0.00']);
      });
    },
    15,
  ),
);

test('money that does not fit is null when read, and a fault when cut', async (t) => {
  t.deepEqual(await rowsOf(frameOf([{ v: '10000000000000000' }, { v: '1e2' }, { v: 'x' }]).derive((c) => ({ v: toMoney(c.v) }))), [
    { v: null },
    { v: 100 },
    { v: null },
  ]);
  const wide = frameOf(Array.from({ length: 2 }, () => ({ v: '9999999999999999.99' })))
    .derive((c) => ({ v: toMoney(c.v) }))
    .rollup((c) => ({ v: sum(c.v) }));
  await t.throwsAsync(() => rowsOf(wide.derive((c) => ({ v: asMoney(c.v) }))), { code: 'engine.failed' });
});

test('greatest is null where the first is null; toInteger refuses what does not fit', async (t) => {
  const frame = frameOf([{ n: null as number | null }, { n: 2 }, { n: -2 }]);
  t.deepEqual(await rowsOf(frame.derive((c) => ({ n: greatest(c.n, 0) }))), [{ n: null }, { n: 2 }, { n: 0 }]);
  t.deepEqual(await rowsOf(frame.filter((c) => lte(c.n, 2)).derive((c) => ({ n: toInteger(c.n) }))), [{ n: 2 }, { n: -2 }]);
  await t.throwsAsync(() => rowsOf(frameOf([{ n: 2 ** 31 }]).derive((c) => ({ n: toInteger(c.n) }))), { code: 'engine.failed' });
});

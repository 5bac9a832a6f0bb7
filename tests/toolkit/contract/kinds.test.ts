import assert from 'node:assert/strict';
import test from 'ava';
import { amount, asText, contract, date, degrees, type Fields, frameOf, id, matches, rowsOf } from 'daybook';
import fc from 'fast-check';
import { digitsUpTo } from '../../../toolkit/contract/digits.ts';
import { cleanDate } from '../../reference/clean.ts';
import { coordinateOf, idOfText, penceOfText, poundsOf } from '../../reference/numbers.ts';
import { holds, session } from '../frame/rows.ts';
import { judge, manyTexts, passing, textsOf } from './texts.ts';

/** What a field keeps and which rule it breaks, for each raw text: every record is kept, its rules warn or not. */
async function read(fields: Fields, texts: readonly string[]): Promise<{ value: unknown; broken: string | null }[]> {
  const every = contract('c', { k: id({ title: 'K' }), ...fields }, { key: 'k' });
  const off = Object.fromEntries(['missing', 'invalid', 'negative'].map((suffix) => [`v.${suffix}`, 'warn'] as const));
  const { accepted, codes } = await judge(
    every,
    texts.map((v, i) => ({ k: String(i + 1), v })),
    { severities: off },
  );
  const byKey = new Map(accepted.map((row) => [row['k'], row['v']]));
  return texts.map((_, i) => ({ value: byKey.get(i + 1) ?? null, broken: codes[i]?.[0] ?? null }));
}

test(
  'digitsUpTo: the whole numbers from 1 to a limit, and nothing else',
  holds(
    fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.infiniteStream(fc.bigInt({ min: -3n, max: 10n ** 19n }))),
    async ([limit, numbers]) => {
      const pattern = digitsUpTo(String(limit));
      for (const n of [0n, 1n, limit - 1n, limit, limit + 1n, limit * 10n, limit / 10n, ...numbers.take(20)])
        assert.equal(pattern.test(String(n)), n >= 1n && n <= limit, `${n} up to ${limit}`);
      for (const text of ['', '01', ' 1', '1\n', '1.0', '+1', '１']) assert.equal(pattern.test(text), false, text);
    },
    500,
  ),
);

test('digitsUpTo: every number about a small limit, in the engine too', async (t) => {
  for (const limit of [1, 9, 10, 19, 99, 100, 325, 1000, 1099]) {
    const numbers = Array.from({ length: 1_200 }, (_, n) => n);
    const ok = await passing(numbers.map(String), (text) => matches(text, digitsUpTo(String(limit)).source));
    t.deepEqual(
      ok,
      numbers.map((n) => n >= 1 && n <= limit),
      String(limit),
    );
  }
});

const ids = contract('ids', { k: id({ title: 'K' }) }, { key: 'k' });
test(
  'an id is digits only, as the reference reads it',
  holds(
    manyTexts(
      textsOf('0123456789', ['9007199254740991', '9007199254740992', '0009007199254740991', '000', '0', '1.0', '+1', '-1', ' 12\u00a0', '1e3'], 18),
      300,
    ),
    async (texts) => {
      const { counts, accepted } = await judge(
        ids,
        texts.map((k) => ({ k })),
      );
      const values = texts.map((text) => idOfText(text.trim()));
      assert.deepEqual(accepted.map(({ k }) => k).sort(), [...new Set(values.filter((value) => value !== null))].sort());
      assert.equal(counts.rules['k.missing'], texts.filter((text) => text.trim() === '').length);
      assert.equal(counts.rules['k.invalid'], texts.filter((text, i) => text.trim() !== '' && values[i] === null).length);
    },
    6,
  ),
);

const pad = (n: number, digits = 2): string => String(n).padStart(digits, '0');
const FORMS: readonly ((y: string, m: string, d: string) => string)[] = [
  (y, m, d) => `${y}-${m}-${d}`,
  (y, m, d) => `${y}/${m}/${d}`,
  (y, m, d) => `${d}-${m}-${y}`,
  (y, m, d) => `${d}/${m}/${y}`,
];
const everyDay = test.macro(async (t, years: readonly number[]) => {
  // every day from 0 to 32 of every month from 0 to 13, in all four forms in turn
  const texts = years.flatMap((year) =>
    Array.from({ length: 14 * 33 }, (_, i) => FORMS[(i + year) % 4]?.(pad(year, 4), pad(Math.floor(i / 33)), pad(i % 33)) as string),
  );
  const given = await read({ v: date({ title: 'V' }) }, texts);
  const wrong = texts.filter((text, i) => {
    const { value, fault } = cleanDate(text);
    const own = given[i];
    return (
      (own?.value === null ? null : (own?.value as Date | undefined)?.toISOString().slice(0, 10)) !== value ||
      own?.broken !== (fault === null ? null : `v.${fault}`)
    );
  });
  t.deepEqual(wrong.slice(0, 5), []);
});
const years = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
test('dates: every day of 1895 to 1905', everyDay, years(1895, 1905));
test('dates: every day of 1996 to 2005', everyDay, years(1996, 2005));
test('dates: every day of 2096 to 2104', everyDay, years(2096, 2104));
test('dates: the first years and the last', everyDay, [0, 1, 4, 99, 100, 400, 999, 1000, 1582, 1752, 9999]);

const NEAR_DATES = [
  '2024-02-29',
  '29/02/2024',
  '2024/02/29',
  '29-02-2024',
  '2024-2-29',
  '2024-02/29',
  '2024/02-29',
  '29/02-2024',
  '24-02-29',
  '2024-02-29T00:00',
  '２０２４-02-29',
  '2024.02.29',
  '20240229',
  '00-01-2024',
  '01-00-2024',
  '0000-01-01',
  '01/01/0000',
  '9999-12-31',
  '10000-01-01',
  '-2024-01-01',
  '2024-02-29\n',
  '2023-02-29',
  '31/04/2024',
];
test(
  'dates: near misses, as the reference reads them',
  holds(
    manyTexts(textsOf('0123456789-/', NEAR_DATES, 10), 400),
    async (texts) => {
      const given = await read({ v: date({ title: 'V' }) }, texts);
      texts.forEach((text, i) => {
        const { value, fault } = cleanDate(text);
        const own = given[i]?.value as Date | null;
        assert.deepEqual(
          [own === null ? null : own.toISOString().slice(0, 10), given[i]?.broken],
          [value, fault === null ? null : `v.${fault}`],
          JSON.stringify(text),
        );
      });
    },
    5,
  ),
);

const NEAR_AMOUNTS = [
  '0',
  '-0',
  '-0.00',
  '+0.0',
  '12.3',
  '12.30',
  '12.345',
  '12.',
  '.5',
  '1e3',
  '1,000',
  '£5',
  '9999999999.99',
  '9999999999.995',
  '10000000000',
  '0000000000009999999999.99',
  '10000000000.00',
  '-9999999999.99',
  '-10000000000',
  '-0.01',
  '+1',
  '--1',
  '+-1',
  '１２',
  '12 ',
  '1_000',
  '0x1F',
  'NaN',
  '-',
  '+',
  '',
];
test(
  'amounts are exact, as the reference reads them; one below zero is kept where that only warns',
  holds(
    manyTexts(textsOf('0123456789.+-', NEAR_AMOUNTS, 12), 400),
    async (texts) => {
      const money = contract('m', { k: id({ title: 'K' }), v: amount({ title: 'V' }) }, { key: 'k' });
      const { accepted, codes, counts } = await judge(
        money,
        texts.map((v, i) => ({ k: String(i + 1), v })),
        { severities: { 'v.negative': 'warn' } },
      );
      const values = texts.map((text) => (text.trim() === '' ? null : penceOfText(text.trim())));
      texts.forEach((text, i) => {
        const value = values[i] ?? null;
        const code = text.trim() === '' ? ['v.missing'] : value === null ? ['v.invalid'] : value < 0n ? ['v.negative'] : [];
        assert.deepEqual(codes[i], code, JSON.stringify(text));
      });
      assert.deepEqual(
        new Map(accepted.map((row) => [row['k'], row['v']])),
        new Map(values.flatMap((value, i) => (value === null ? [] : [[i + 1, Number(poundsOf(value)) + 0]]))),
      );
      assert.equal(counts.rows.accepted, values.filter((value) => value !== null).length);
    },
    5,
  ),
);

test('an amount is a decimal in the engine, to the penny', async (t) => {
  const raw = frameOf([
    { k: '1', v: '9999999999.99' },
    { k: '2', v: '0.07' },
  ]);
  const money = contract('m', { k: id({ title: 'K' }), v: amount({ title: 'V' }) }, { key: 'k' });
  const { check } = await import('daybook');
  const found = await check(money, raw, { session: await session });
  t.deepEqual(
    await rowsOf(
      await session,
      found.accepted
        .derive((c) => ({ v: asText(c.v) }))
        .orderby('k')
        .select('v'),
    ),
    [{ v: '9999999999.99' }, { v: '0.07' }],
  );
  await found.release();
});

const coordinates = test.macro(async (t, limit: 90 | 180) => {
  const near = [
    `${limit}`,
    `-${limit}.000`,
    `${limit}.0000001`,
    `${limit + 1}`,
    `${limit - 1}.999999999`,
    '0',
    '-0',
    '+5',
    '1.',
    '.5',
    '1e1',
    '000051.5',
    '51.5 ',
    '٥',
    `-00${limit}`,
  ];
  return holds(
    manyTexts(textsOf('0123456789.+-', near, 7), 400),
    async (texts) => {
      const given = await read({ v: degrees({ title: 'V', limit }) }, texts);
      const off = texts.filter((text, i) => {
        const value = text.trim() === '' ? null : coordinateOf(text.trim(), limit);
        const broken = text.trim() !== '' && value === null ? 'v.invalid' : null;
        return given[i]?.broken !== broken || (given[i]?.value ?? null) !== value;
      });
      assert.deepEqual(off, []);
    },
    4,
  )(t);
});
test('degrees of latitude, as the reference reads them', coordinates, 90);
test('degrees of longitude, as the reference reads them', coordinates, 180);

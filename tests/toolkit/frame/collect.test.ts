import assert from 'node:assert/strict';
import test from 'ava';
import {
  asMoney,
  asText,
  count,
  type DaybookError,
  discard,
  eq,
  frameOf,
  isNull,
  keep,
  length,
  money,
  rowsOf as plainRows,
  plus,
  sum,
  toDate,
  toMoney,
} from 'daybook';
import fc from 'fast-check';
import { agrees, anyText, frameOfItems, holds, ITEM, items, rowsOf, session, tableOfItems } from './rows.ts';

test(
  'frameOf and collect give back what they were given, whatever the values',
  holds(items(), async (rows) => agrees(frameOfItems(rows), tableOfItems(rows))),
);

test('whole numbers, decimals, dates, times, truths and nulls come back as what they are', async (t) => {
  const row = {
    whole: -7,
    large: 9007199254740991,
    part: -0.125,
    money: '12.30',
    day: new Date('0001-01-01'),
    time: new Date('2024-02-29T12:34:56.789Z'),
    yes: true,
    none: null,
    text: 'é',
  };
  const [given] = await rowsOf(frameOf([row]).derive((c) => ({ money: toMoney(c.money) })));
  t.deepEqual(given, { ...row, money: 12.3 });
});

test('a whole number beyond a double’s is a bigint, never a rounded number', async (t) => {
  const table = await frameOf([{ n: 9007199254740993n }, { n: -9223372036854775808n }, { n: 5n }]).collect({ session: await session });
  t.deepEqual(table.array('n'), [9007199254740993n, -9223372036854775808n, 5]);
});

const pence = fc.bigInt({ min: -999_999_999_999_999_999n, max: 999_999_999_999_999_999n });
const smaller = fc.tuple(pence, fc.integer({ min: 0, max: 16 })).map(([value, digits]) => value / 10n ** BigInt(digits));
const pounds = (value: bigint): string =>
  `${value < 0n ? '-' : ''}${String(value < 0n ? -value : value)
    .padStart(3, '0')
    .replace(/..$/, '.$&')}`;
test(
  'a decimal comes back as the double nearest to it, by collect and as a plain row',
  holds(
    fc.array(smaller, { minLength: 1, maxLength: 200 }),
    async (values) => {
      const texts = values.map(pounds);
      const frame = frameOf(texts.map((text) => ({ text }))).derive((c) => ({ money: toMoney(c.text) }));
      assert.deepEqual(
        (await rowsOf(frame)).map((row) => row['money']),
        texts.map(Number).map((value) => value + 0),
      );
      assert.deepEqual(
        (await plainRows(await session, frame)).map((row) => row.money as number),
        texts.map(Number).map((value) => value + 0),
      );
    },
    15,
  ),
);

test('an empty frame keeps its columns', async (t) => {
  const table = await frameOfItems([])
    .derive((c) => ({ more: plus(c.n, 1), size: length(c.text) }))
    .collect({ session: await session });
  t.is(table.numRows(), 0);
  t.deepEqual(table.columnNames(), [...ITEM, 'more', 'size']);
});

test('batches come in order, of about the size asked for, and are all rows', async (t) => {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ n }));
  const seen: number[] = [];
  const sizes: number[] = [];
  for await (const batch of frameOf(rows)
    .orderby('n')
    .batches({ session: await session, rows: 6_000 })) {
    sizes.push(batch.numRows());
    seen.push(...(batch.array('n') as number[]));
  }
  t.deepEqual(
    seen,
    rows.map(({ n }) => n),
  );
  t.true(
    sizes.slice(0, -1).every((size) => size >= 6_000 && size < 6_000 + 2_048),
    String(sizes),
  );
});

test('batches of nothing are none', async (t) => {
  for await (const _ of frameOfItems([]).batches({ session: await session })) t.fail();
  t.pass();
});

test('leaving batches early leaves the session well', async (t) => {
  const frame = frameOf(Array.from({ length: 20_000 }, (_, n) => ({ n })));
  for await (const batch of frame.batches({ session: await session, rows: 1 })) {
    t.true(batch.numRows() > 0);
    break;
  }
  t.is(await frame.count({ session: await session }), 20_000);
});

test(
  'count counts',
  holds(
    items(),
    async (rows) => {
      assert.equal(
        await frameOfItems(rows)
          .filter((c) => isNull(c.n))
          .count({ session: await session }),
        rows.filter(({ n }) => n === null).length,
      );
    },
    15,
  ),
);

test('a frame that keeps a common part twice runs, and works it out once', async (t) => {
  const base = frameOf([
    { g: 'a', n: 1 },
    { g: 'a', n: 2 },
    { g: 'b', n: 5 },
  ]).derive((c) => ({ m: plus(c.n, 10) }));
  const joined = base.join(
    base.groupby('g').rollup((c) => ({ total: sum(c.m) })),
    'g',
  );
  t.is(joined.explain().match(/\+ 10/g)?.length, 1);
  t.deepEqual(await rowsOf(joined.concat(joined).orderby('n').slice(0, 3)), [
    { g: 'a', n: 1, m: 11, total: 23 },
    { g: 'a', n: 1, m: 11, total: 23 },
    { g: 'a', n: 2, m: 12, total: 23 },
  ]);
});

test('explain shows one query, in which names and texts are quoted, and it runs', async (t) => {
  const frame = frameOf([
    { 'o"x': "it's", n: 1 },
    { 'o"x': 'b', n: 2 },
  ])
    .filter((c) => eq(c['o"x'], "it's"))
    .derive((c) => ({ m: plus(c.n, 0.5) }))
    .groupby('m')
    .rollup(() => ({ rows: count() }))
    .orderby('m')
    .slice(0, 5);
  const table = /rows_of_frame_\d+/;
  t.is(
    frame.explain().replace(table, 'rows'),
    'SELECT "m", "rows" FROM (SELECT "m", "rows" FROM (SELECT "m", (count(*))::BIGINT AS "rows" FROM (SELECT "o""x", "n", ("n" + 0.5) AS "m" FROM (SELECT "o""x", "n" FROM (SELECT "o""x", "n" FROM "rows") AS "t" WHERE ("o""x" = \'it\'\'s\')) AS "t") AS "t" GROUP BY "m") AS "t" ORDER BY "m" ASC NULLS LAST) AS "t" LIMIT 5 OFFSET 0',
  );
  t.deepEqual(await rowsOf(frame), [{ m: 1.5, rows: 1 }]);
});

test('a chain of three hundred verbs runs', async (t) => {
  let frame = frameOf([{ n: 0 }]);
  for (let i = 0; i < 300; i++) frame = frame.derive((c) => ({ n: plus(c.n, 1) })) as typeof frame;
  t.deepEqual(await rowsOf(frame), [{ n: 300 }]);
});

const typed = test.macro(async (t, values: readonly unknown[], given: readonly unknown[]) => {
  const table = await frameOf(values.map((v) => ({ v }))).collect({ session: await session });
  t.deepEqual(table.array('v') as unknown[], given as unknown[]);
});
const day = new Date('2024-02-29');
const time = new Date('2024-02-29T10:00:00.001Z');
test('frameOf: whole numbers and parts in one column are numbers', typed, [1, 2.5, -0.5, null], [1, 2.5, -0.5, null]);
test('frameOf: whole numbers and bigints', typed, [1, 2n, 2n ** 62n], [1, 2, 2n ** 62n]);
test('frameOf: numbers beyond the whole ones', typed, [1e300, 2 ** 60], [1e300, 2 ** 60]);
test('frameOf: days stay days, times keep their milliseconds', typed, [day, time], [day, time]);
test('frameOf: a day before 1970', typed, [new Date('1583-10-15'), null], [new Date('1583-10-15'), null]);
test('frameOf: undefined is null', typed, [undefined, 'x'], [null, 'x']);
test('frameOf: nothing but nulls', typed, [null, undefined], [null, null]);
test('frameOf: mixed values are texts', typed, [true, 1, 'x', day], ['true', '1', 'x', '2024-02-29T00:00:00.000Z']);
test('frameOf: a lone surrogate, which UTF-8 cannot hold, is U+FFFD', typed, ['\ud800x'], ['\ufffdx']);

const bad = test.macro(async (t, value: unknown, named: string) => {
  const fault = await t.throwsAsync<DaybookError>(async () => frameOf([{ v: value }, { v: 'x' }]).collect({ session: await session }));
  t.is(fault?.code, 'frame.bad-value');
  t.true(fault?.message.includes(`"${named}"`), fault?.message);
});
test('no column holds NaN', bad, Number.NaN, 'NaN');
test('no column holds an infinite number', bad, Number.NEGATIVE_INFINITY, '-Infinity');
test('no column holds an invalid date', bad, new Date(Number.NaN), 'Invalid Date');
test('no column holds a whole number beyond 64 bits', bad, 2n ** 63n, 'a whole number beyond 64 bits');
test('no column holds an object', bad, { secret: 'x' }, 'a value of type object');

test('a column of nulls alone goes with every function', async (t) => {
  const frame = frameOf<{ n: number | null; text: string | null; day: Date | null }>([{ n: null, text: null, day: null }]);
  const [row] = await rowsOf(
    frame
      .derive((c) => ({ n2: plus(c.n, 1), size: length(c.text), day: asText(c.day), same: eq(c.day, day) }))
      .concat(frame.derive(() => ({ n2: 5, size: 1, day: 'x', same: true })) as never),
  );
  t.deepEqual(row, { n: null, text: null, day: null, n2: null, size: null, same: null });
});

test('keep works a frame out once; discard frees it', async (t) => {
  const where = await session;
  const kept = await keep(
    where,
    frameOf([{ n: 1 }, { n: 2 }]).derive((c) => ({ m: plus(c.n, 1) })),
    'kept "x"',
  );
  t.deepEqual(await rowsOf(kept.frame.filter((c) => eq(c.m, 3))), [{ n: 2, m: 3 }]);
  await discard(where, kept);
  await t.throwsAsync(() => kept.frame.count({ session: where }), { code: 'engine.failed' });
  await discard(where, kept);
});

test('many frames at once in one session do not disturb each other', async (t) => {
  const given = await Promise.all(
    Array.from({ length: 200 }, (_, n) => rowsOf(frameOf([{ n, text: 'é'.repeat(n % 9) }]).derive((c) => ({ size: length(c.text) })))),
  );
  t.deepEqual(
    given,
    Array.from({ length: 200 }, (_, n) => [{ n, text: 'é'.repeat(n % 9), size: n % 9 }]),
  );
});

test('a date that no Date can hold is refused in our words', async (t) => {
  const frame = frameOf([{ text: 'infinity' }]).derive((c) => ({ day: toDate(c.text) }));
  t.deepEqual(await rowsOf(frame), [{ text: 'infinity', day: null }]);
});

test(
  'money is exact beside any text',
  holds(
    fc.array(fc.tuple(anyText, smaller), { minLength: 1, maxLength: 50 }),
    async (rows) => {
      const exact = rows.map(([, value]) => value / 100n);
      const frame = frameOf(exact.map((value) => ({ text: pounds(value) })))
        .derive((c) => ({ m: toMoney(c.text) }))
        .rollup((c) => ({ total: sum(c.m) }))
        .derive((c) => ({ total: asText(plus(asMoney(c.total), money('0.10'))) }));
      assert.deepEqual(await rowsOf(frame), [{ total: pounds(exact.reduce((a, b) => a + b, 10n)) }]);
    },
    15,
  ),
);

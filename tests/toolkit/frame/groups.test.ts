import assert from 'node:assert/strict';
import * as aq from 'arquero';
import test from 'ava';
import { approxDistinct, count, distinct, eq, frameOf, gte, max, mean, min, quantiles, runningTotal, sum } from 'daybook';
import { agrees, frameOfItems, holds, items, rowsOf, tableOfItems } from './rows.ts';

const { op } = aq;
// Arquero says undefined of the least and greatest of nothing
const ofNothing = (value: string) => aq.escape((d: Record<string, unknown>) => d[value] ?? null);

test(
  'groupby and rollup: count, distinct, sum, mean, min, max by one key',
  holds(items(), async (rows) => {
    const frame = frameOfItems(rows)
      .groupby('group')
      .rollup((c) => ({
        rows: count(),
        days: distinct(c.day),
        total: sum(c.x),
        mean: mean(c.n),
        first: min(c.day),
        last: max(c.day),
        least: min(c.x),
        most: max(c.n),
      }));
    const table = tableOfItems(rows)
      .groupby('group')
      .rollup({
        rows: op.count(),
        days: (d: { day: Date }) => op.distinct(d.day),
        nulls: (d: { day: Date }) => op.invalid(d.day),
        total: (d: { x: number }) => op.sum(d.x),
        numbers: (d: { n: number }) => op.valid(d.n),
        sum: (d: { n: number }) => op.sum(d.n),
        first: (d: { day: Date }) => op.min(d.day),
        last: (d: { day: Date }) => op.max(d.day),
        least: (d: { x: number }) => op.min(d.x),
        most: (d: { n: number }) => op.max(d.n),
      })
      // a null is no value: see differences.test.ts
      .derive({
        days: aq.escape((d: { days: number; nulls: number }) => d.days - (d.nulls > 0 ? 1 : 0)),
        mean: aq.escape((d: { sum: number; numbers: number }) => (d.numbers === 0 ? null : d.sum / d.numbers)),
        first: ofNothing('first'),
        last: ofNothing('last'),
        least: ofNothing('least'),
        most: ofNothing('most'),
      })
      .select('group', 'rows', 'days', 'total', 'mean', 'first', 'last', 'least', 'most');
    await agrees(frame, table, 'as a set');
  }),
);

test(
  'groupby several keys, nulls as one group',
  holds(items(), async (rows) => {
    await agrees(
      frameOfItems(rows)
        .groupby('group', 'day')
        .rollup(() => ({ rows: count() })),
      tableOfItems(rows).groupby('group', 'day').rollup({ rows: op.count() }),
      'as a set',
    );
  }),
);

test(
  'rollup without keys is one row, without rows too',
  holds(
    items(6),
    async (rows) => {
      await agrees(
        frameOfItems(rows).rollup((c) => ({ rows: count(), groups: count().where(eq(c.group, 'a')) })),
        tableOfItems(rows)
          .rollup({ rows: op.count(), groups: (d: { group: string }) => op.sum(d.group === 'a' ? 1 : 0) })
          .impute({ groups: () => 0 }),
      );
    },
    60,
  ),
);

test(
  'an aggregate takes only the rows that pass its `where`',
  holds(items(), async (rows) => {
    const [row] = await rowsOf(
      frameOfItems(rows).rollup((c) => ({
        n: count().where(gte(c.n, 0)),
        total: sum(c.n).where(gte(c.n, 0)),
        groups: distinct(c.group).where(gte(c.n, 0)),
      })),
    );
    const kept = rows.filter(({ n }) => n !== null && n >= 0);
    assert.deepEqual(row, {
      n: kept.length,
      total: kept.length === 0 ? null : kept.reduce((total, { n }) => total + (n ?? 0), 0),
      groups: new Set(kept.flatMap(({ group }) => (group === null ? [] : [group]))).size,
    });
  }),
);

test('whole numbers add up exactly beyond what a double holds', async (t) => {
  const most = Number.MAX_SAFE_INTEGER;
  t.deepEqual(await rowsOf(frameOf([{ n: most }, { n: most }, { n: 1 }]).rollup((c) => ({ total: sum(c.n) }))), [{ total: 2n * BigInt(most) + 1n }]);
});

test(
  'exact quantiles interpolate between neighbours as Arquero’s do, and those of nothing are null',
  holds(items(), async (rows) => {
    const shares = [0, 0.25, 0.5, 0.75, 1];
    const [row] = await rowsOf(frameOfItems(rows).rollup((c) => ({ at: quantiles(c.x, shares), first: min(c.x) })));
    const present = rows.flatMap(({ x }) => (x === null ? [] : [x]));
    const expected = shares.map(
      (share) =>
        aq
          .table({ x: present })
          .rollup({ q: op.quantile('x', share) })
          .get('q', 0) as number,
    );
    assert.deepEqual(row?.['at'], present.length === 0 ? null : expected);
  }),
);

test('approximate quantiles and counts of different values are near the exact ones', async (t) => {
  const frame = frameOf(Array.from({ length: 5000 }, (_, i) => ({ n: (i * 7919) % 5000 })));
  const [row] = await rowsOf(frame.rollup((c) => ({ at: quantiles(c.n, [0.1, 0.5], 'about'), about: approxDistinct(c.n) })));
  const [low = 0, middle = 0] = row?.['at'] as number[];
  t.true(Math.abs(low - 500) < 50 && Math.abs(middle - 2500) < 50, `${low} ${middle}`);
  t.true(Math.abs((row?.['about'] as number) - 5000) < 750, String(row?.['about']));
  t.throws(() => quantiles(frameOf([{ n: 1 }]).columns as never, [1.5]), { instanceOf: RangeError });
});

test(
  'a running total adds up the rows before and this one, nulls as nothing',
  holds(items(), async (rows) => {
    const given = await rowsOf(runningTotal(frameOfItems(rows), { of: 'n', by: 'id', as: 'upTo' }).orderby('id').select('upTo'));
    let upTo: number | null = null;
    const expected = rows.toSorted((a, b) => a.id - b.id).map(({ n }) => (upTo = n === null ? upTo : (upTo ?? 0) + n));
    assert.deepEqual(
      given.map((row) => row['upTo']),
      expected,
    );
  }),
);

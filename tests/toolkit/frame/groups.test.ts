import * as aq from 'arquero';
import test from 'ava';
import { count, distinct, eq, frameOf, gte, max, mean, min, sum } from 'daybook';
import { agrees, frameOfItems, holds, items, rowsOf, tableOfItems } from './rows.ts';

const { op } = aq;
// Arquero says undefined of the least, greatest and mean of nothing, and 0 of the sum of nothing
const ofNothing = (value: string) => aq.escape((d: Record<string, unknown>) => d[value] ?? null);

test('groupby and rollup: count, distinct, sum, mean, min, max by one key', holds(items(), async (t, rows) => {
  const frame = frameOfItems(rows).groupby('group').rollup((c) => ({ rows: count(), days: distinct(c.day), total: sum(c.x), mean: mean(c.n), first: min(c.day), last: max(c.day), least: min(c.x), most: max(c.n) }));
  const table = tableOfItems(rows)
    .groupby('group')
    .rollup({
      rows: op.count(),
      days: (d: { day: Date }) => op.distinct(d.day),
      nulls: (d: { day: Date }) => op.invalid(d.day),
      valid: (d: { x: number }) => op.valid(d.x),
      total: (d: { x: number }) => op.sum(d.x),
      mean: (d: { n: number }) => op.mean(d.n),
      first: (d: { day: Date }) => op.min(d.day),
      last: (d: { day: Date }) => op.max(d.day),
      least: (d: { x: number }) => op.min(d.x),
      most: (d: { n: number }) => op.max(d.n),
    })
    // where we differ on purpose (see differences.test.ts): a null is no value, and nothing adds up to null
    .derive({ days: aq.escape((d: { days: number; nulls: number }) => d.days - (d.nulls > 0 ? 1 : 0)), total: aq.escape((d: { total: number; valid: number }) => (d.valid === 0 ? null : d.total)), mean: ofNothing('mean'), first: ofNothing('first'), last: ofNothing('last'), least: ofNothing('least'), most: ofNothing('most') })
    .select('group', 'rows', 'days', 'total', 'mean', 'first', 'last', 'least', 'most');
  await agrees(t, frame, table, 'as a set');
}));

test('groupby several keys, nulls as one group', holds(items(), async (t, rows) => {
  await agrees(t, frameOfItems(rows).groupby('group', 'day').rollup(() => ({ rows: count() })), tableOfItems(rows).groupby('group', 'day').rollup({ rows: op.count() }), 'as a set');
}));

test('rollup without keys is one row, without rows too', holds(items(6), async (t, rows) => {
  await agrees(t, frameOfItems(rows).rollup((c) => ({ rows: count(), groups: count().where(eq(c.group, 'a')) })), tableOfItems(rows).rollup({ rows: op.count(), groups: aq.escape(() => 0) }).derive({ groups: aq.escape(() => rows.filter((row) => row.group === 'a').length) }));
}, 60));

test('an aggregate takes only the rows that pass its `where`', holds(items(), async (t, rows) => {
  const [row] = await rowsOf(frameOfItems(rows).rollup((c) => ({ n: count().where(gte(c.n, 0)), total: sum(c.n).where(gte(c.n, 0)), groups: distinct(c.group).where(gte(c.n, 0)) })));
  const kept = rows.filter(({ n }) => n !== null && n >= 0);
  t.deepEqual(row, { n: kept.length, total: kept.length === 0 ? null : kept.reduce((total, { n }) => total + (n ?? 0), 0), groups: new Set(kept.flatMap(({ group }) => (group === null ? [] : [group]))).size });
}));

test('whole numbers add up exactly beyond what a double holds', async (t) => {
  const most = Number.MAX_SAFE_INTEGER;
  t.deepEqual(await rowsOf(frameOf([{ n: most }, { n: most }, { n: 1 }]).rollup((c) => ({ total: sum(c.n) }))), [{ total: 2n * BigInt(most) + 1n }]);
});

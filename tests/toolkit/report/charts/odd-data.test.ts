import test from 'ava';
import { charts, frameOf, toMoney } from 'daybook';

const total = (rows: readonly Readonly<Record<string, unknown>>[], column: string): number => rows.reduce((all, row) => all + Number(row[column]), 0);

test('a trend of times by day has its last day, however early in the day it ends', async (t) => {
  const at = ['1969-12-30T23:30:00Z', '1969-12-31T10:00:00Z', '1970-01-01T00:30:00Z'].map((text) => ({ at: new Date(text) }));
  const { table, title } = await charts.trend(frameOf([...at, { at: new Date('1970-01-01T01:30:00Z') }]), 'at');
  t.deepEqual(
    table.map((row) => [row['day'], row['value']]),
    [
      ['1969-12-30', 1],
      ['1969-12-31', 1],
      ['1970-01-01', 2],
    ],
  );
  t.is(title, 'Number of rows was highest on 1 January 1970, at 2');
});

test('sums above a hundred million keep their pennies', async (t) => {
  const rows = frameOf([{ day: new Date('2024-02-29'), region: 'Wales', paid: '12345678901.23' }]).derive((c) => ({ paid: toMoney(c.paid) }));
  t.is((await charts.trend(rows, 'day', { sum: 'paid' })).title, 'Sum of paid: 12,345,678,901.23, all on 29 February 2024');
  t.is((await charts.pareto(rows, 'region', { sum: 'paid' })).table[0]?.['value'], 12_345_678_901.23);
  t.regex((await charts.regionMap(rows, 'region', { mean: 'paid' })).title, /is 12,345,678,901\.23 in Wales, the only region$/);
});

test('numbers beyond what a double holds are drawn, and a null that adds nothing to a sum is said', async (t) => {
  t.is(total((await charts.distribution(frameOf([{ id: 9_007_199_254_740_993n }, { id: 1n }]), 'id')).table, 'rows'), 2);
  const [one, two] = [new Date('2024-01-01'), new Date('2024-01-02')];
  const some = frameOf<{ day: Date; n: number | null }>([
    { day: one, n: 3 },
    { day: two, n: null },
  ]);
  t.regex((await charts.trend(some, 'day', { sum: 'n' })).summary, /; 1 of 2 rows have no n and add nothing\./);
  const none = frameOf<{ day: Date; n: number | null }>([{ day: one, n: null }]);
  t.is((await charts.trend(none, 'day', { sum: 'n' })).title, 'Nothing to show: N is null throughout (1 row)');
  t.notRegex((await charts.riskMix(frameOf([{ k: 'Low' }]), 'k', { order: ['Low'] })).title, /undefined/);
});

test('small steps beside large numbers stay apart', async (t) => {
  const times = Array.from({ length: 40 }, (_, i) => ({ ms: 1_764_547_200_123 + i * 25, x: 1e9 + (i + 0.5) / 1000 }));
  for (const [column, step] of [
    ['ms', 50],
    ['x', 0.002],
  ] as const) {
    const { table } = await charts.distribution(frameOf(times), column);
    for (const { from, to } of table as readonly { from: number; to: number }[]) t.true(Math.abs(to - from - step) < step / 1000, `${from} ${to}`);
    t.is(total(table, 'rows'), 40);
    t.true(table.length <= 21 && table.every(({ rows }) => Number(rows) <= 2));
  }
});

test('a title does not call one the greatest where others are as great, nor a fall below zero a percentage', async (t) => {
  const mixOf = async (groups: string) =>
    (await charts.riskMix(frameOf([...groups].map((g, i) => ({ g, k: i % 2 ? 'Low' : 'High' }))), 'k' as never, { by: 'g' as never })).title;
  t.is(await mixOf('aabb'), 'Half of the rows are at medium risk or above');
  t.is(await mixOf('abcb'), 'Half of the rows are at medium risk or above, most of all in a and 1 other group (100\u00a0%)');
  const mapOf = async (means: Record<string, number>) =>
    (await charts.regionMap(frameOf(Object.entries(means).map(([r, n]) => ({ r, n }))), 'r', { mean: 'n' })).title;
  t.is(await mapOf({ Wales: 0, London: 0 }), 'Mean n is 0 in London and 1 other region');
  t.is(await mapOf({ Wales: 2, London: 2, Scotland: 1 }), 'Mean n is highest in London and 1 other region (2) and lowest in Scotland (1)');
  const months = Array.from({ length: 24 }, (_, i) => ({ day: new Date(Date.UTC(2023, i)), n: i === 22 ? -5 : i + 1 }));
  t.is((await charts.trend(frameOf(months), 'day', { sum: 'n' })).title, 'Sum of n was highest in December 2024, at 24');
});

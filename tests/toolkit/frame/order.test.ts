import assert from 'node:assert/strict';
import * as aq from 'arquero';
import test from 'ava';
import { desc, frameOf, gte, plus } from 'daybook';
import fc from 'fast-check';
import { agrees, asSet, frameOfItems, holds, type Item, items, rowsOf, tableOfItems } from './rows.ts';

const KEYS = ['group', 'n', 'x', 'day'] as const;
type Key = (typeof KEYS)[number];
const keys = fc
  .tuple(fc.shuffledSubarray([...KEYS], { minLength: 1, maxLength: 2 }), fc.infiniteStream(fc.boolean()))
  .map(([names, down]) => names.map((name) => ({ name, down: down.next().value as boolean })));
const solid = (rows: readonly Item[], names: readonly Key[]) => rows.filter((row) => names.every((name) => row[name] !== null));

test(
  'orderby sorts up and down by several keys; what ties is a set',
  holds(fc.tuple(items(), keys), async ([all, by]) => {
    const names = by.map(({ name }) => name);
    const rows = solid(all, names);
    const ours = await rowsOf(frameOfItems(rows).orderby(...by.map(({ name, down }) => (down ? desc(name) : name))));
    const theirs = tableOfItems(rows)
      .orderby(...by.map(({ name, down }) => (down ? aq.desc(name) : name)))
      .objects() as Item[];
    const keyOf = (row: object) =>
      names.map((name) => String((row as Item)[name] instanceof Date ? +(row as { day: Date }).day : (row as Item)[name])).join('|');
    assert.deepEqual(ours.map(keyOf), theirs.map(keyOf));
    assert.deepEqual(asSet(ours), asSet(theirs));
  }),
);

test(
  'orderby, then the verbs that keep order',
  holds(items(), async (rows) => {
    await agrees(
      frameOfItems(rows)
        .orderby(desc('id'))
        .derive((c) => ({ next: plus(c.id, 1) }))
        .filter((c) => gte(c.n, 0))
        .select('next', 'group'),
      tableOfItems(rows)
        .orderby(aq.desc('id'))
        .derive({ next: (d: { id: number }) => d.id + 1 })
        .filter(aq.escape((d: Item) => d.n !== null && d.n >= 0))
        .select('next', 'group'),
    );
  }),
);

const bounds = fc.tuple(fc.nat(12), fc.option(fc.nat(14), { nil: undefined }));
test(
  'slice after orderby',
  holds(fc.tuple(items(10), bounds), async ([rows, [from, to]]) => {
    await agrees(
      frameOfItems(rows).orderby(desc('id')).slice(from, to),
      tableOfItems(rows)
        .orderby(aq.desc('id'))
        .slice(from, to ?? Infinity),
    );
  }),
);

test(
  'dedupe keeps the first of each key by an order',
  holds(items(), async (rows) => {
    await agrees(
      frameOfItems(rows).dedupe(['group', 'day'], desc('id')),
      tableOfItems(rows).orderby(aq.desc('id')).dedupe('group', 'day'),
      'as a set',
    );
  }),
);

test(
  'dedupe without an order keeps one row a key',
  holds(items(), async (rows) => {
    const ours = await rowsOf(frameOfItems(rows).dedupe('group'));
    const theirs = tableOfItems(rows).dedupe('group').objects();
    assert.deepEqual(asSet(ours.map(({ group }) => ({ group }))), asSet(theirs.map((row) => ({ group: (row as Item).group }))));
    for (const row of ours) assert.ok(asSet(rows).includes(asSet([row])[0] as string));
  }),
);

test(
  'concat sets frames one after another, by column name',
  holds(
    fc.tuple(items(5), items(5), items(3)),
    async ([a, b, c]) => {
      const other = frameOfItems(b).select('day', 'text', 'x', 'n', 'group', 'id');
      await agrees(frameOfItems(a).concat(other, frameOfItems(c)), tableOfItems(a).concat(tableOfItems(b), tableOfItems(c)));
    },
    80,
  ),
);

test('concat of a frame with itself, sliced differently', async (t) => {
  const frame = frameOf([{ n: 3 }, { n: 1 }, { n: 2 }]).orderby('n');
  t.deepEqual(
    await rowsOf(frame.slice(1).concat(frame.slice(0, 1), frame)),
    [2, 3, 1, 1, 2, 3].map((n) => ({ n })),
  );
});

import * as aq from 'arquero';
import test from 'ava';
import {
  and,
  append,
  contains,
  eq,
  gt,
  gte,
  isNotNull,
  isNull,
  length,
  lower,
  lt,
  lte,
  minus,
  neq,
  not,
  or,
  plus,
  replace,
  times,
  upper,
  when,
} from 'daybook';
import fc from 'fast-check';
import { agrees, frameOfItems, holds, ITEM, items, tableOfItems } from './rows.ts';

const names = fc.shuffledSubarray([...ITEM], { minLength: 1 });

test(
  'select keeps the columns named, in that order',
  holds(
    fc.tuple(items(8), names),
    async ([rows, keep]) => {
      await agrees(frameOfItems(rows).select(...keep), tableOfItems(rows).select(...keep));
    },
    60,
  ),
);

test(
  'rename keeps place and values, also where two names change places',
  holds(
    fc.tuple(items(8), names),
    async ([rows, which]) => {
      const cycle = Object.fromEntries(which.map((name, i) => [name, which[(i + 1) % which.length] as string]));
      await agrees(frameOfItems(rows).rename(cycle as { n: 'm' }), tableOfItems(rows).rename(cycle));
    },
    60,
  ),
);

test(
  'derive: arithmetic on numbers and nulls',
  holds(items(), async (rows) => {
    // Arquero's own null in arithmetic is JavaScript's 0, so the row says null where a side is
    const either = (make: (n: number, x: number) => number) =>
      aq.escape((d: { n: number | null; x: number | null }) => (d.n === null || d.x === null ? null : make(d.n, d.x)));
    await agrees(
      frameOfItems(rows).derive((c) => ({ sum: plus(c.n, c.x), x: minus(c.n, c.x), product: times(c.n, times(c.x, 3)) })),
      tableOfItems(rows).derive({ sum: either((n, x) => n + x), x: either((n, x) => n - x), product: either((n, x) => n * x * 3) }),
    );
  }),
);

test(
  'derive sees the columns as they were: two columns change places',
  holds(
    items(8),
    async (rows) => {
      await agrees(
        frameOfItems(rows).derive((c) => ({ n: c.x, x: c.n })),
        tableOfItems(rows).derive({ n: (d: { x: number }) => d.x, x: (d: { n: number }) => d.n }),
      );
    },
    60,
  ),
);

test(
  'derive: plain values stand in every row',
  holds(
    items(4),
    async (rows) => {
      const values = { text: "it's 😀", whole: -7, part: 0.5, yes: true, none: null, day: new Date('2024-02-29') };
      await agrees(
        frameOfItems(rows).derive(() => values),
        tableOfItems(rows).derive(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, aq.escape(() => value)]))),
      );
    },
    40,
  ),
);

test(
  'derive: texts',
  holds(items(), async (rows) => {
    const kept = (make: (text: string) => unknown) => aq.escape((d: { text: string | null }) => (d.text === null ? null : make(d.text)));
    await agrees(
      frameOfItems(rows).derive((c) => ({
        low: lower(c.text),
        up: upper(c.text),
        more: append(c.text, '’s'),
        bare: replace(c.text, 'é', 'e'),
        has: contains(c.text, '😀'),
        size: length(c.text),
      })),
      tableOfItems(rows).derive({
        low: kept((text) => text.toLowerCase()),
        up: kept((text) => text.toUpperCase()),
        more: kept((text) => `${text}’s`),
        bare: kept((text) => text.replaceAll('é', 'e')),
        has: kept((text) => text.includes('😀')),
        size: kept((text) => [...text].length),
      }),
    );
  }),
);

test(
  'derive: conditions, the first that passes',
  holds(items(), async (rows) => {
    await agrees(
      frameOfItems(rows).derive((c) => ({ size: when(gte(c.n, 100), 'large').when(gte(c.n, 0), 'small').otherwise('none') })),
      tableOfItems(rows).derive({
        size: aq.escape(({ n }: { n: number | null }) => (n === null ? 'none' : n >= 100 ? 'large' : n >= 0 ? 'small' : 'none')),
      }),
    );
  }),
);

const limit = fc.integer({ min: -1000, max: 1000 });
test(
  'filter: numbers, with every null out of the way',
  holds(fc.tuple(items(), limit), async ([rows, at]) => {
    await agrees(
      frameOfItems(rows).filter((c) => and(isNotNull(c.n), isNotNull(c.x), or(gt(c.n, at), lte(c.x, at), eq(c.n, c.x)))),
      tableOfItems(rows).filter(
        aq.escape(({ n, x }: { n: number | null; x: number | null }) => n !== null && x !== null && (n > at || x <= at || n === x)),
      ),
    );
  }),
);

test(
  'filter: texts and dates, by code point',
  holds(fc.tuple(items(), items(1)), async ([rows, [one]]) => {
    const [text, day] = [one?.text ?? 'é', one?.day ?? new Date(0)];
    const before = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
    await agrees(
      frameOfItems(rows).filter((c) => and(or(isNull(c.text), neq(c.text, text)), or(lt(c.text, text), not(lt(c.day, day))))),
      tableOfItems(rows).filter(
        aq.escape(
          (d: { text: string | null; day: Date | null }) =>
            (d.text === null || d.text !== text) && ((d.text !== null && before(d.text, text)) || (d.day !== null && +d.day >= +day)),
        ),
      ),
    );
  }),
);

test(
  'filter keeps the order of the rows',
  holds(items(), async (rows) => {
    await agrees(
      frameOfItems(rows)
        .filter((c) => eq(c.group, 'a'))
        .derive((c) => ({ id2: c.id })),
      tableOfItems(rows)
        .filter(aq.escape((d: { group: string }) => d.group === 'a'))
        .derive({ id2: (d: { id: number }) => d.id }),
    );
  }),
);

import test from 'ava';
import { frameOf } from 'daybook';
import fc from 'fast-check';
import { agrees, holds, joinable, tableOf } from './rows.ts';

type Row = { group: string | null; n: number | null; value: number | null };
const LEFT = ['group', 'n', 'value'] as const;
const RIGHT = ['group', 'n', 'other'] as const;
const sides = (nulls: boolean) =>
  fc.tuple(joinable(nulls), joinable(nulls)).map(([left, right]) => ({ left, right: right.map(({ value, ...row }) => ({ ...row, other: value })) }));
const of = ({ left, right }: { left: Row[]; right: (Omit<Row, 'value'> & { other: number | null })[] }) => ({
  ours: [frameOf(left, [...LEFT]), frameOf(right, [...RIGHT])] as const,
  theirs: [tableOf(left, LEFT), tableOf(right, RIGHT)] as const,
});
const ON = ['group', 'n'] as const;
/** Arquero takes the keys of each side. */
const BOTH: [string[], string[]] = [[...ON], [...ON]];

test(
  'join: rows that match on both sides, as often as they match',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].join(ours[1], ON), theirs[0].join(theirs[1], BOTH), 'as a set');
  }),
);

test(
  'join_left: every row of the left',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].join_left(ours[1], ON), theirs[0].join_left(theirs[1], BOTH), 'as a set');
  }),
);

test(
  'join_right: every row of the right, under the key of the right',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(
      ours[0].join_right(ours[1], ON).select('group', 'n', 'value', 'other'),
      theirs[0].join_right(theirs[1], BOTH).select('group', 'n', 'value', 'other'),
      'as a set',
    );
  }),
);

test(
  'join_full: every row of both',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].join_full(ours[1], ON), theirs[0].join_full(theirs[1], BOTH).select('group', 'n', 'value', 'other'), 'as a set');
  }),
);

test(
  'a join on one key that both sides may repeat',
  holds(
    sides(true),
    async (given) => {
      const { ours, theirs } = of(given);
      const [left, right] = [ours[0].select('group', 'value'), ours[1].select('group', 'other')];
      await agrees(
        left.join_left(right, 'group'),
        theirs[0].select('group', 'value').join_left(theirs[1].select('group', 'other'), 'group'),
        'as a set',
      );
    },
    80,
  ),
);

test(
  'cross: every row beside every row',
  holds(
    sides(true).filter(({ left, right }) => left.length > 0 && right.length > 0),
    async (given) => {
      const { ours, theirs } = of(given);
      await agrees(ours[0].cross(ours[1].select('other')), theirs[0].cross(theirs[1].select('other')), 'as a set');
    },
    80,
  ),
);

test(
  'semijoin: rows with a match, once each, columns as they were',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].semijoin(ours[1], ON), theirs[0].semijoin(theirs[1], BOTH), 'as a set');
  }),
);

test(
  'antijoin: rows without a match',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].antijoin(ours[1], ON), theirs[0].antijoin(theirs[1], BOTH), 'as a set');
  }),
);

test(
  'semijoin and antijoin share the rows out, nulls included',
  holds(sides(true), async (given) => {
    const { ours, theirs } = of(given);
    await agrees(ours[0].semijoin(ours[1], ON).concat(ours[0].antijoin(ours[1], ON)), theirs[0], 'as a set');
  }),
);

test(
  'columns called like the aliases of a query, or like SQL, are only columns',
  holds(
    joinable(false),
    async (rows) => {
      const left = rows.map(({ group, n }) => ({ l: group, r: n, t: n, 'select "x"': group }));
      const right = rows.map(({ group, value }) => ({ l: group, shared_1: value }));
      const [a, b] = [frameOf(left, ['l', 'r', 't', 'select "x"']), frameOf(right, ['l', 'shared_1'])];
      await agrees(
        a.join(b, 'l').concat(a.join(b, 'l')),
        tableOf(left, ['l', 'r', 't', 'select "x"'])
          .join(tableOf(right, ['l', 'shared_1']), 'l')
          .concat(tableOf(left, ['l', 'r', 't', 'select "x"']).join(tableOf(right, ['l', 'shared_1']), 'l')),
        'as a set',
      );
    },
    60,
  ),
);

import { inspect } from 'node:util';
import * as aq from 'arquero';
import test, { type ExecutionContext } from 'ava';
import {
  append,
  type Checked,
  check,
  contract,
  count,
  type DaybookError,
  DISPLAY,
  displayOf,
  distinct,
  emailDomain,
  eq,
  type Frame,
  frameOf,
  id,
  length,
  max,
  personalColumns,
  show,
  text,
  toDanfo,
  toMoney,
} from 'daybook';
import fc from 'fast-check';
import { goldenFile } from '../../golden-file.ts';

const golden = (t: ExecutionContext, name: string, said: string): void => goldenFile(t, new URL(`golden/${name}`, import.meta.url), `${said}\n`);

const people = contract(
  'people',
  {
    person_id: id({ title: 'Number', personal: 'identifier' }),
    name: text({ title: 'Name', personal: 'name', mask: 'initial' }),
    email: text({ title: 'E-mail', personal: 'contact', mask: 'email' }),
    phone: text({ title: 'Phone', personal: 'contact', mask: 'phone' }),
    town: text({ title: 'Town' }),
  },
  { key: 'person_id' },
);
const ANN = { person_id: '7', name: 'Ann', email: 'ann@example.org', phone: '01314960380', town: 'Leeds' };
const BOB = { person_id: '8', name: 'Bob', email: null, phone: 'none', town: null };
const checked: Promise<Checked<typeof people.fields>> = check(people, frameOf([ANN, BOB]));

const shownAs = async (value: unknown, mime: 'text/plain' | 'text/html' = 'text/plain') => String((await displayOf(value))?.[mime]);
const hidden = (...words: readonly string[]) => new RegExp(words.join('|'), 'i');
const PERSONAL = hidden('Ann', 'ann@', '01314960', 'Bob');

test('a frame is a table of types, nulls, first and last rows and how many are between', async (t) => {
  const rows = Array.from({ length: 1219 }, (_, i) => ({
    n: i,
    name: i === 1 ? null : `row <${i}>`,
    price: `${i}.5`,
    day: new Date(i * 86_400_000),
    share: i / 8,
    ok: i % 2 === 0,
  }));
  const frame = frameOf(rows).derive((c) => ({ price: toMoney(c.price) }));
  golden(t, 'frame.txt', await shownAs(frame));
  golden(t, 'frame.html', await shownAs(frame, 'text/html'));
  t.regex(await shownAs(show(frame, { first: 1, last: 0 })), /0\.50.*\n… 1,218 more rows\n\n1,219 rows × 6 columns$/);
});

test('a fraction that runs on is shown to six decimals, a short or a small one as it is', async (t) => {
  const numbers = [65 / 3, 123456789.1234567, 0.00001234567891, 1e-9, 0.1, -2.25, 7];
  const text = await show(frameOf(numbers.map((mean) => ({ mean })))).text();
  for (const said of ['21.666667', '123456789.123457', '0.0000123457', '1e-9', '0.1', '-2.25', '7']) t.regex(text, new RegExp(`^ *${said}$`, 'm'));
});

test('no row twice and none lost, wherever the chunks of the engine end', async (t) => {
  for (const size of [0, 1, 14, 15, 16, 2047, 2048, 2049, 4100]) {
    const said = await shownAs(
      frameOf(
        Array.from({ length: size }, (_, n) => ({ n })),
        ['n'],
      ),
    );
    const numbers = said.split('\n').flatMap((line) => (/^ *\d+$/.test(line) ? [Number(line)] : []));
    const first = Array.from({ length: Math.min(10, size) }, (_, i) => i);
    const last = Array.from({ length: Math.min(5, Math.max(0, size - 10)) }, (_, i) => size - Math.min(5, size - 10) + i);
    t.deepEqual(numbers, [...first, ...last], String(size));
    t.is(/… ([\d,]+) more/.exec(said)?.[1]?.replaceAll(',', ''), size > 15 ? String(size - 15) : undefined);
  }
});

test('what a contract calls personal is masked, and shown when it is asked for', async (t) => {
  const { accepted, broken } = await checked;
  const said = await shownAs(accepted);
  golden(t, 'masked.txt', said);
  t.notRegex(said, PERSONAL);
  t.notRegex(await shownAs(accepted, 'text/html'), PERSONAL);
  t.notRegex(await shownAs(broken), PERSONAL);
  t.regex(await shownAs(show(accepted, { personal: true })), /ann@example\.org/);
  const some = await show(accepted, { personal: ['name'] }).text();
  t.regex(some, /Ann/);
  t.notRegex(some, /ann@|01314960/);
});

const derived: readonly (readonly [
  string,
  (it: Frame<{ person_id: number; name: string | null; email: string | null; phone: string | null; town: string | null }>) => Frame<object>,
])[] = [
  ['select', (it) => it.select('email')],
  ['rename', (it) => it.rename({ email: 'town_', town: 'email' }).select('town_')],
  ['derive', (it) => it.derive((c) => ({ town: emailDomain(c.email) })).select('town')],
  [
    'derive twice',
    (it) =>
      it
        .derive((c) => ({ a: append(c.name, '!') }))
        .derive((c) => ({ b: append(c.a, '?') }))
        .select('b'),
  ],
  [
    'filter and orderby',
    (it) =>
      it
        .filter((c) => eq(c.town, 'Leeds'))
        .orderby('email')
        .select('email'),
  ],
  ['dedupe and slice', (it) => it.dedupe('email').slice(0, 5).select('email')],
  [
    'a key of a group',
    (it) =>
      it
        .groupby('email')
        .rollup(() => ({ n: count() }))
        .select('email'),
  ],
  ['an aggregate', (it) => it.rollup((c) => ({ most: max(c.email) }))],
  ['concat', (it) => frameOf([{ m: 'x@y.z' as string | null }]).concat(it.select('email').rename({ email: 'm' }))],
  [
    'join_left',
    (it) =>
      frameOf([{ person_id: 7 }])
        .join_left(it.select('person_id', 'email'), 'person_id')
        .select('email'),
  ],
  [
    'join_right',
    (it) =>
      it
        .select('person_id', 'email')
        .join_right(frameOf([{ person_id: 7 }]), 'person_id')
        .select('email'),
  ],
  ['a key that only the other side knows', (it) => frameOf([{ person_id: 7 }]).join(it.select('person_id'), 'person_id')],
  [
    'join_full',
    (it) =>
      it
        .select('person_id', 'email')
        .join_full(frameOf([{ person_id: 7 }]), 'person_id')
        .select('person_id'),
  ],
  [
    'cross',
    (it) =>
      frameOf([{ one: 1 }])
        .cross(it.select('email'))
        .select('email'),
  ],
  ['semijoin', (it) => it.semijoin(frameOf([{ person_id: 7 }]), 'person_id').select('email')],
  ['read twice', (it) => it.select('person_id', 'email').join(it.select('person_id'), 'person_id').select('email')],
];
for (const [verb, make] of derived) {
  test(`a personal column stays personal through ${verb}`, async (t) => {
    const frame = make((await checked).accepted);
    t.is(personalColumns(frame).size, 1);
    t.regex(await shownAs(frame), /•••/);
    t.notRegex(await shownAs(frame), /ann|bob|(?<!@)example|\b[78]\b/i);
  });
}

test('what does not come from a personal column is not masked, nor is a count of one', async (t) => {
  const { accepted } = await checked;
  const groups = accepted.groupby('town').rollup((c) => ({ people: count(), mails: distinct(c.email), named: count().where(eq(c.name, 'Ann')) }));
  t.is(personalColumns(groups).size, 0);
  t.is(personalColumns(frameOf([{ email: 'x' }]).semijoin(accepted.select('email'), 'email')).size, 0);
  t.deepEqual(personalColumns(accepted.derive((c) => ({ email: c.town }))).has('email'), false);
});

test('a value that is worked out is masked whole, a copy as what it copies', async (t) => {
  const { accepted } = await checked;
  const tags = personalColumns(accepted.derive((c) => ({ copy: c.email, size: length(c.email), both: append(c.name, c.email) })));
  t.deepEqual(
    ['copy', 'size', 'both'].map((name) => tags.get(name)),
    [
      { classes: ['contact'], mask: 'email' },
      { classes: ['contact'], mask: 'all' },
      { classes: ['contact', 'name'], mask: 'all' },
    ],
  );
});

test('an Arquero table is shown, and one that was collected remembers what is personal', async (t) => {
  const { accepted } = await checked;
  const table = await accepted.collect();
  for (const it of [
    table,
    table.select('email', 'town'),
    table.rename({ email: 'm' }),
    table.filter('d => d.town != null'),
    table.filter('d => d.town != null').reify(),
    table.groupby('email').count(),
    table.join(aq.table({ town: ['Leeds'], n: [1] })),

    table.orderby(aq.desc('town')).slice(0, 1),
  ]) {
    t.regex(await shownAs(it), /a•••@example\.org/);
    t.notRegex(await shownAs(it), PERSONAL);
  }
  for (const holder of [table, [table], { table: table.filter('d => d.town != null') }]) {
    t.notRegex(inspect(holder), PERSONAL);
    t.regex(inspect(holder), /\[Table: \d+ cols x \d+ rows, personal: .*email/);
  }
  const own = aq.table({
    n: [1, 2.5, null],
    big: [1n, 2n, 3n],
    when: [new Date(0), null, new Date(1)],
    any: [1, 'a', { b: 1n }],
    none: [null, null, undefined],
  });
  golden(t, 'arquero.txt', await shownAs(own.filter('d => d.big < 3')));
  t.regex(await shownAs(own.orderby(aq.desc('big'))), /\n +null +3/);
});

test('a copy of the package, or a thing of one’s own, is shown by its symbol; other values are not shown', async (t) => {
  t.is(DISPLAY as symbol, Symbol.for('daybook.display'));
  t.deepEqual(await displayOf({ [Symbol.for('daybook.display')]: () => ({ 'text/plain': 'mine' }) }), { 'text/plain': 'mine' });
  for (const value of [null, undefined, 1, 'x', {}, [], () => 1]) t.is(await displayOf(value), null);
});

test('whatever a cell or a name holds is text in HTML, and one line of plain text', async (t) => {
  const hostile = '<img src=x onerror="alert(1)">&amp;\'\n\u202e\u0007';
  const frame = frameOf([{ [hostile]: hostile }]);
  const html = await shownAs(frame, 'text/html');
  t.false(html.includes('<img'));
  t.true(html.includes('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;amp;&#39;\\n\\u202e\\u0007'));
  t.is((await shownAs(frame)).split('\n').length, 6);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (value) => {
      const shown = await shownAs(aq.table({ v: [value] }), 'text/html');
      const cell = /<td[^>]*>([\s\S]*?)<\/td>/.exec(shown)?.[1] ?? '';
      t.false(/[<>"'\p{Cc}\u202a-\u202e]/u.test(cell), JSON.stringify(value));
    }),
    { numRuns: 200 },
  );
});

test('many columns: plain text shows those that fit and names the others', async (t) => {
  const wide = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`column_${i}`, i]));
  const said = await shownAs(frameOf([wide]));
  t.true(said.split('\n').every((line, i) => line.length <= 120 || i > 4));
  t.regex(said, /18 more columns: column_12, .*column_29\n1 row × 30 columns$/);
});

test('a small frame becomes a danfojs DataFrame, a large one does not', async (t) => {
  const rows = [
    { n: 1, x: 1.5, day: new Date(0), name: 'a' },
    { n: 3, x: null, day: null, name: 'b' },
  ];
  const danfo = await toDanfo(frameOf(rows));
  t.deepEqual(
    [danfo.shape, danfo.columns],
    [
      [2, 4],
      ['n', 'x', 'day', 'name'],
    ],
  );
  t.deepEqual(danfo.values, [
    [1, 1.5, '1970-01-01', 'a'],
    [3, null, null, 'b'],
  ]);
  const numbers = await toDanfo(frameOf(rows).select('n', 'x'));
  t.throws(() => numbers.describe(), { instanceOf: TypeError });
  t.is(numbers.dropNa({ axis: 1 }).describe().shape[0], 7);
  const fault = await t.throwsAsync<DaybookError>(toDanfo(frameOf(rows), { limit: 1 }));
  t.is(fault?.code, 'danfo.too-many-rows');
});

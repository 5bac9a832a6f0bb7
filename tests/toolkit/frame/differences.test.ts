import * as aq from 'arquero';
import test from 'ava';
import { and, count, type DaybookError, desc, distinct, eq, type Frame, frameOf, gt, neq, not, or, plus } from 'daybook';
import { asSet, type Rows, rowsOf } from './rows.ts';

interface Case {
  readonly ours: Frame<object>;
  readonly gives: Rows;
  /** What Arquero gives for the same, to notice where that changes. */
  readonly arquero: aq.ColumnTable;
  readonly theirs: Rows;
}
/** Where frames go another way than Arquero, on purpose. */
const differs = test.macro(async (t, { ours, gives, arquero, theirs }: Case) => {
  t.deepEqual(asSet(await rowsOf(ours)), asSet(gives));
  t.deepEqual(asSet(arquero.objects()), asSet(theirs));
});

const { op } = aq;
const numbers = [{ n: null }, { n: 0 }, { n: 2 }] as { n: number | null }[];
const nothing = [{ g: 'a', n: null }] as { g: string; n: number | null }[];
const [N, Z] = [frameOf(numbers), frameOf(nothing)];

test('cross with nothing is nothing (Arquero keeps the other side)', differs, {
  ours: frameOf<{ a: number }>([], ['a']).cross(frameOf([{ b: 1 }])),
  gives: [],
  arquero: aq.table({ a: [] }).cross(aq.from([{ b: 1 }])),
  theirs: [{ a: undefined, b: 1 }],
});
test('arithmetic with a null is null (Arquero: JavaScript’s 0)', differs, {
  ours: N.derive((c) => ({ m: plus(c.n, 1) })),
  gives: [
    { n: null, m: null },
    { n: 0, m: 1 },
    { n: 2, m: 3 },
  ],
  arquero: aq.from(numbers).derive({ m: (d: { n: number }) => d.n + 1 }),
  theirs: [
    { n: null, m: 1 },
    { n: 0, m: 1 },
    { n: 2, m: 3 },
  ],
});
test('a null passes no comparison, not even "not equal"', differs, {
  ours: N.filter((c) => neq(c.n, 0)),
  gives: [{ n: 2 }],
  arquero: aq.from(numbers).filter((d: { n: number }) => d.n !== 0),
  theirs: [{ n: null }, { n: 2 }],
});
test('the contrary of an unknown comparison is unknown', differs, {
  ours: N.filter((c) => not(gt(c.n, 1))),
  gives: [{ n: 0 }],
  arquero: aq.from(numbers).filter((d: { n: number }) => !(d.n > 1)),
  theirs: [{ n: null }, { n: 0 }],
});
test('unknown or true is true, unknown and false is false', differs, {
  ours: N.derive((c) => ({ either: or(gt(c.n, 1), eq(1 as never, 1 as never)), both: and(gt(c.n, 1), not(eq(1 as never, 1 as never))) })),
  gives: [
    { n: null, either: true, both: false },
    { n: 0, either: true, both: false },
    { n: 2, either: true, both: false },
  ],
  arquero: aq.from(numbers).derive({ either: (d: { n: number }) => d.n > 1 || true, both: (d: { n: number }) => d.n > 1 && false }),
  theirs: [
    { n: null, either: true, both: false },
    { n: 0, either: true, both: false },
    { n: 2, either: true, both: false },
  ],
});
test('a null is no value to count among the distinct', differs, {
  ours: N.rollup((c) => ({ d: distinct(c.n) })),
  gives: [{ d: 2 }],
  arquero: aq.from(numbers).rollup({ d: (d: { n: number }) => op.distinct(d.n) }),
  theirs: [{ d: 3 }],
});
test('an aggregate named as its key is refused, not silently in its place', async (t) => {
  t.is(t.throws<DaybookError>(() => Z.groupby('g').rollup(() => ({ g: count() }) as never))?.code, 'frame.name-clash');
  t.deepEqual(aq.from(nothing).groupby('g').rollup({ g: op.count() }).objects(), [{ g: 1 }]);
});

test('nulls sort last in both directions', async (t) => {
  t.deepEqual(await rowsOf(N.orderby('n')), [{ n: 0 }, { n: 2 }, { n: null }]);
  t.deepEqual(await rowsOf(N.orderby(desc('n'))), [{ n: 2 }, { n: 0 }, { n: null }]);
});
test('texts sort by code point (JavaScript: by UTF-16 unit)', async (t) => {
  const texts = ['\uff41', '😀', 'Z', 'a', 'é'].map((text) => ({ text }));
  t.deepEqual(
    (await rowsOf(frameOf(texts).orderby('text'))).map((row) => row['text']),
    ['Z', 'a', 'é', '\uff41', '😀'],
  );
  t.deepEqual(aq.from(texts).orderby('text').array('text'), ['Z', 'a', 'é', '😀', '\uff41']);
});
test('columns of both sides clash in a join (Arquero: suffixes)', (t) => {
  const left = frameOf([{ k: 1, v: 2 }]);
  const fault = t.throws<DaybookError>(() => left.join(frameOf([{ k: 1, v: 3 }]), 'k'));
  t.is(fault?.code, 'frame.name-clash');
  t.true(fault?.message.includes('"v"'));
  t.is(t.throws<DaybookError>(() => left.cross(frameOf([{ k: 1 }])))?.code, 'frame.name-clash');
});

const A = frameOf([{ a: 1, b: 2 }]);
const oneName = test.macro((t, build: () => unknown) => {
  t.is(t.throws<DaybookError>(build as () => void)?.code, 'frame.name-clash');
});
test('names that differ in case alone are one to the engine: frameOf', oneName, () => frameOf([{ a: 1, A: 2 }]));
test('names that differ in case alone: derive', oneName, () => A.derive((c) => ({ A: c.a })));
test('names that differ in case alone: rename', oneName, () => A.rename({ b: 'A' }));
test('names that differ in case alone: join', oneName, () => A.join(frameOf([{ a: 1, B: 2 }]), 'a'));
test('names that differ in case alone: rollup', oneName, () => A.groupby('a').rollup(() => ({ A: count() })));
test('two columns of one name: rename', oneName, () => A.rename({ b: 'a' }));

const unknown = test.macro((t, build: () => unknown, verb: string) => {
  const fault = t.throws<DaybookError>(build as () => void);
  t.is(fault?.code, 'frame.unknown-column');
  t.is(fault?.message, `${verb}: there is no column "emal". Did you mean "email"?`);
});
const P = frameOf([{ email: 'x' as string | null, k: 1 }]);
const loose = P as never as { [verb: string]: (...args: unknown[]) => unknown };
test('a name that no compiler checked: select', unknown, () => loose['select']?.('emal'), 'select');
test('a name that no compiler checked: derive', unknown, () => P.derive((c) => ({ x: (c as never as { emal: never }).emal })), 'derive');
test('a name that no compiler checked: filter', unknown, () => P.filter((c) => eq((c as never as { emal: never }).emal, 'x' as never)), 'filter');
test('a name that no compiler checked: join', unknown, () => loose['join']?.(frameOf([{ k: 1 }]), 'emal'), 'join');
test('a name that no compiler checked: dedupe', unknown, () => loose['dedupe']?.('emal'), 'dedupe');
test('a name that no compiler checked: orderby', unknown, () => loose['orderby']?.('emal'), 'orderby');
test(
  'a name that no compiler checked: groupby',
  unknown,
  () => (loose['groupby']?.('emal') as { rollup(make: unknown): unknown }).rollup(() => ({ n: count() })),
  'groupby',
);

const some = test.macro((t, build: () => unknown) => {
  t.throws(build as () => void, { instanceOf: TypeError, message: /: name at least one column$/ });
});
test('no columns to select', some, () => A.select());
test('no key to join by', some, () => A.join(frameOf([{ a: 1 }]), []));
test('no key to dedupe by', some, () => A.dedupe([]));
test('no columns in a frame', some, () => frameOf([]));

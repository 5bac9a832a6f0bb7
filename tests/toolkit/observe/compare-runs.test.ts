import test from 'ava';
import fc from 'fast-check';
import { compareRuns, MOVE_AREAS, type Move } from '../../../toolkit/observe/compare-runs.ts';
import { emptyDocument, type RunDocument, type StepFigures } from '../../../toolkit/run/document.ts';

const figure = fc.nat({ max: 10_000_000_000 });
const few = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom('crm', 'orders', 'support'), value, { noNullPrototype: true });
const step: fc.Arbitrary<StepFigures> = fc.record({
  name: fc.constant(''),
  rowsIn: figure,
  rowsOut: figure,
  startMs: figure,
  ms: figure,
  cpuMs: figure,
  peakBytes: figure,
  spilledBytes: figure,
});
const document: fc.Arbitrary<RunDocument> = fc
  .record({
    rows: few(fc.record({ read: figure, accepted: figure, rejected: figure, warned: figure })),
    rules: few(fc.dictionary(fc.constantFrom('email.invalid', 'phone.missing'), figure, { noNullPrototype: true })),
    load: few(fc.record({ inserted: figure, updated: figure, unchanged: figure, deleted: figure })),
    steps: few(step),
    gates: few(fc.record({ limit: figure, actual: figure, passed: fc.boolean() })),
    tookMs: figure,
  })
  .map(({ steps, gates, tookMs, ...counts }) => ({
    ...emptyDocument,
    ...counts,
    startedAt: new Date(0).toISOString(),
    finishedAt: new Date(tookMs).toISOString(),
    steps: Object.entries(steps).map(([name, figures]) => ({ ...figures, name })),
    gates: Object.entries(gates).map(([name, gate]) => ({ ...gate, name })),
  }));

const keyOf = ({ area, name }: Move) => `${area} ${name}`;

test('a run that is compared with itself has not moved', (t) => {
  t.notThrows(() => fc.assert(fc.property(document, (run) => compareRuns(run, run).length === 0)));
});

test('compared the other way round every move has the other sign', (t) => {
  const there = (a: RunDocument, b: RunDocument) => new Map(compareRuns(a, b).map((move) => [keyOf(move), move]));
  fc.assert(
    fc.property(document, document, (a, b) => {
      const [forth, back] = [there(a, b), there(b, a)];
      return (
        forth.size === back.size &&
        [...forth].every(([key, move]) => {
          const other = back.get(key);
          return other?.change === 0 - move.change && other.isSmall === move.isSmall && other.from === move.to && other.to === move.from;
        })
      );
    }),
  );
  t.pass();
});

test('areas stand in their order, and the largest move of each first', (t) => {
  fc.assert(
    fc.property(document, document, (a, b) => {
      const moves = compareRuns(a, b).filter(({ area }) => area !== 'gates');
      return moves.every((move, at) => {
        const next = moves[at + 1];
        if (!next) return true;
        if (next.area !== move.area) return MOVE_AREAS.indexOf(next.area) > MOVE_AREAS.indexOf(move.area);
        return Math.abs(next.change) <= Math.abs(move.change);
      });
    }),
  );
  t.pass();
});

const took = (ms: number): RunDocument => ({ ...emptyDocument, startedAt: new Date(0).toISOString(), finishedAt: new Date(ms).toISOString() });
const isSmall = test.macro((t, from: RunDocument, to: RunDocument, expected: boolean) => t.is(compareRuns(from, to)[0]?.isSmall, expected));
const crm = (email: number): RunDocument => ({ ...emptyDocument, rules: { crm: { 'email.invalid': email } } });
test('a twentieth more time is small', isSmall, took(10_000), took(10_500), true);
test('a tenth of a second is small, whatever its share', isSmall, took(100), took(200), true);
test('half as much time again is not', isSmall, took(10_000), took(15_000), false);
test('one record in a thousand is small', isSmall, crm(1_000), crm(1_001), true);
test('the first record that breaks a rule is not', isSmall, crm(0), crm(1), false);

test('a gate that changed its verdict comes first, however small its figure', (t) => {
  const gates = (name: string, limit: number, actual: number) => ({ name, limit, actual, passed: actual <= limit });
  const before = { ...emptyDocument, gates: [gates('crm.maxRejectedPercent', 5, 5), gates('crm.minRows', 10_000, 1)] };
  const after = { ...emptyDocument, gates: [gates('crm.maxRejectedPercent', 5, 5.01), gates('crm.minRows', 10_000, 9_000)] };
  t.deepEqual(
    compareRuns(before, after).map(({ name, isSmall, passed }) => [name, isSmall, passed]),
    [
      ['crm.maxRejectedPercent', false, { from: true, to: false }],
      ['crm.minRows', false, { from: true, to: true }],
    ],
  );
});

test('what only one run has is told with nothing on the other side', (t) => {
  t.like(compareRuns(crm(3), emptyDocument)[0], { from: 3, to: null, change: -3, percent: -100 });
  t.like(compareRuns(emptyDocument, crm(3))[0], { from: null, to: 3, change: 3, percent: null });
});

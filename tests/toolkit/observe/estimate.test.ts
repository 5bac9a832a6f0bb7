import test from 'ava';
import fc from 'fast-check';
import { advance, type Estimate, type PastRun, startEstimate, timeLeft } from '../../../toolkit/observe/index.ts';
import { emptyDocument, type StepFigures } from '../../../toolkit/run/document.ts';
import type { PlannedStep, RunEvent } from '../../../toolkit/run/events.ts';

type Load = PastRun['document']['load'];

/** What each step of the last run took, milliseconds. */
const durations = fc.array(fc.integer({ min: 40, max: 60_000 }), { minLength: 2, maxLength: 15 });
const nameOf = (at: number, count: number): string => (at === count - 1 ? 'publish' : `step ${at}`);
const plan = (count: number): PlannedStep[] =>
  Array.from({ length: count }, (_, at) => ({ name: nameOf(at, count), kind: at === count - 1 ? 'publish' : 'step', bytes: 1_000_000 }));

/** A run whose steps took so long, one after another. */
function ran(ms: readonly number[], rows = 1_000, load: Load = {}): PastRun {
  let startMs = 0;
  const steps = ms.map((took, at): StepFigures => {
    const step = { name: nameOf(at, ms.length), rowsIn: rows, rowsOut: rows, startMs, ms: took, cpuMs: took, peakBytes: 1, spilledBytes: 0 };
    startMs += took;
    return step;
  });
  return { document: { ...emptyDocument, steps, load }, files: null };
}

/** The events of a run whose steps take so long, with their times. */
function events(ms: readonly number[], rows = 1_000): (readonly [number, RunEvent])[] {
  let atMs = 0;
  return [
    [0, { type: 'run-planned', steps: plan(ms.length) }],
    ...ms.flatMap((took, at): (readonly [number, RunEvent])[] => {
      const step = nameOf(at, ms.length);
      const figures = { name: step, rowsIn: rows, rowsOut: rows, startMs: atMs, ms: took, cpuMs: took, peakBytes: 1, spilledBytes: 0 };
      const started = [atMs, { type: 'step-started', step, rows }] as const;
      atMs += took;
      return [started, [atMs, { type: 'step-finished', figures }]];
    }),
  ];
}

/** The estimate when the clock stands at a time. */
const at = (told: readonly (readonly [number, RunEvent])[], past: PastRun | null, nowMs: number): Estimate =>
  told.filter(([atMs]) => atMs <= nowMs).reduce((now, [atMs, event]) => advance(now, event, atMs), startEstimate(past));

const total = (ms: readonly number[]): number => ms.reduce((sum, one) => sum + one, 0);

test('a run that goes as the last one did has exactly the time left that is left', (t) => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 0.98, noNaN: true }), (ms, share) => {
      const nowMs = total(ms) * share;
      const left = timeLeft(at(events(ms), ran(ms), nowMs), nowMs)?.leftMs ?? 0;
      const works = ms.find((_, i) => total(ms.slice(0, i + 1)) > nowMs) ?? 0;
      // In the last tenth of a step it is said to be about to end.
      return Math.abs(left - (total(ms) - nowMs)) <= works / 10 + 0.001;
    }),
  );
  t.pass();
});

test('from half-way on, a machine that is slower or faster throughout is told to within a fifth between any two steps', (t) => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0.3, max: 3, noNaN: true }), (past, factor) => {
      const ms = past.map((one) => one * factor);
      const told = events(ms);
      return ms.every((_, i) => {
        const nowMs = total(ms.slice(0, i));
        const left = total(ms) - nowMs;
        if (nowMs < total(ms) / 2) return true;
        return Math.abs((timeLeft(at(told, ran(past), nowMs), nowMs)?.leftMs ?? 0) - left) <= left / 5;
      });
    }),
  );
  t.pass();
});

test('whatever a run does, the time left is a number, never below zero, and the share lies between 0 and 1', (t) => {
  const history = fc.option(durations.map((ms) => ran(ms)));
  const progress = fc.record({
    done: fc.nat(),
    total: fc.option(fc.nat()),
    unit: fc.constantFrom('rows' as const, 'bytes' as const, 'percent' as const),
  });
  fc.assert(
    fc.property(history, durations, fc.nat({ max: 2_000_000 }), fc.array(progress), (past, ms, nowMs, words) => {
      const noisy = events(ms).flatMap(([atMs, event]) => [
        [atMs, event] as const,
        ...words.map((word, i) => [atMs + i, { type: 'step-progress', step: `step ${i % 3}`, ...word }] as const),
      ]);
      const found = timeLeft(
        at(
          noisy.toSorted(([a], [b]) => a - b),
          past,
          nowMs,
        ),
        nowMs,
      );
      return found === null || (Number.isFinite(found.leftMs) && found.leftMs >= 0 && found.share >= 0 && found.share <= 1);
    }),
  );
  t.pass();
});

test('ten times the rows take ten times as long', (t) => {
  const past = ran([10_000, 10_000, 10_000]);
  const told = events([100_000, 100_000, 100_000], 10_000);
  const left = timeLeft(at(told, past, 200_000), 200_000)?.leftMs ?? 0;
  t.true(Math.abs(left - 100_000) < 5_000, String(left));
});

test('after a first load, publishing is expected to cost what comparing costs, until it says how much there is to write', (t) => {
  const first: Load = { people: { inserted: 1_000, updated: 0, unchanged: 0, deleted: 0 } };
  const told = events([10_000, 10_000]);
  const begun = at(told, ran([10_000, 10_000], 1_000, first), 10_000);
  t.true((timeLeft(begun, 10_000)?.leftMs ?? 0) < 2_500);
  const word: RunEvent = { type: 'step-progress', step: 'publish', done: 0, total: 1_000, unit: 'rows' };
  t.true((timeLeft(advance(begun, word, 10_000), 10_000)?.leftMs ?? 0) > 9_500);
});

test('a step that says how far it is, is believed the more, the further it is', (t) => {
  const told = events([10_000, 40_000]);
  const word = (atMs: number, done: number): [number, RunEvent] => [
    atMs,
    { type: 'step-progress', step: 'publish', done, total: 1_000, unit: 'rows' },
  ];
  const paced = [...told, word(10_000, 0), word(46_000, 900)].toSorted(([a], [b]) => a - b);
  const left = timeLeft(at(paced, ran([10_000, 10_000]), 46_000), 46_000)?.leftMs ?? 0;
  // A tenth of the rows is left, and what comes after all rows.
  t.true(left > 4_000 && left < 13_000, String(left));
});

test('without an earlier run nothing is said before a step is done, then by the usual proportions', (t) => {
  const told = events([1_000, 1_000]);
  t.is(timeLeft(at(told, null, 500), 500), null);
  t.not(timeLeft(at(told, null, 1_000), 1_000), null);
});

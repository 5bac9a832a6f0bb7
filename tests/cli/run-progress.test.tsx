import test from 'ava';
import { render } from 'ink-testing-library';
import { glyphsOf } from '../../cli/render/glyphs.ts';
import { paperOf } from '../../cli/render/paper.ts';
import { plainProgress } from '../../cli/screens/plain-progress.ts';
import { RunProgressView } from '../../cli/screens/run-progress.tsx';
import { perSecond, type RunProgress, reduce, startProgress } from '../../cli/screens/run-progress-state.ts';
import { runText, stepText } from '../../cli/screens/step-text.ts';
import type { RunEvent } from '../../toolkit/run/events.ts';
import { ranWell } from './run-document.ts';
import { collector } from './scene.ts';

const started: RunEvent = { type: 'run-started', runId: 'r', pipeline: 'customer-360', environment: 'production', at: new Date(0), mode: 'publish' };
const figures = ranWell.steps[0] as (typeof ranWell.steps)[number];
const after = (...events: readonly (readonly [atMs: number, event: RunEvent])[]): RunProgress =>
  events.reduce((state, [atMs, event]) => reduce(state, { event, atMs }), startProgress(0));
const working = after(
  [0, started],
  [0, { type: 'step-started', step: 'read crm', rows: null }],
  [2_000, { type: 'step-progress', step: 'read crm', done: 20_000_000, total: 80_000_000, unit: 'bytes' }],
);

test('a run has its name, its environment and its steps', (t) => {
  t.like(working, { pipeline: 'customer-360', environment: 'production', mode: 'publish', nowMs: 2_000 });
  t.like(working.steps[0], { name: 'read crm', ms: null, done: 20_000_000 });
});

test('a step that is done has its rows and time', (t) => {
  const done = reduce(working, { event: { type: 'step-finished', figures }, atMs: 2_100 });
  t.like(done.steps[0], { ms: 1_900, rows: 1_002_082 });
  t.is(stepText(done.steps[0] as (typeof done.steps)[number], 2_100), '1,002,082 rows, 1.9 s');
});

test('a step that works has its share and its rate, or the rows that went in', (t) => {
  t.is(stepText(working.steps[0] as (typeof working.steps)[number], 2_000), '25 %, 10 MB/s');
  const checking = reduce(working, { event: { type: 'step-started', step: 'check crm', rows: 1_200 }, atMs: 2_000 });
  t.is(stepText(checking.steps[1] as (typeof checking.steps)[number], 5_000), '1,200 rows, 3.0 s');
});

test('nothing is said of the pace before half a second', (t) => {
  const step = working.steps[0] as (typeof working.steps)[number];
  t.is(perSecond(step, 400), null);
  t.is(perSecond({ ...step, total: null }, 2_000), 10_000_000);
});

const PLAN = [
  { name: 'read crm', kind: 'read', bytes: 80_000_000 },
  { name: 'publish', kind: 'publish', bytes: 80_000_000 },
] as const;

test('the time left of the whole run is told by what it took last time', async (t) => {
  const past = { document: { ...ranWell, steps: [figures, { ...figures, name: 'publish', startMs: 2_020, ms: 10_000 }], load: {} }, files: null };
  const events: readonly (readonly [number, RunEvent])[] = [
    [0, started],
    [0, { type: 'run-planned', steps: PLAN }],
    [0, { type: 'step-started', step: 'read crm', rows: null }],
    [1_900, { type: 'step-finished', figures }],
    [1_900, { type: 'step-started', step: 'publish', rows: 1_002_082 }],
  ];
  const state = events.reduce((now, [atMs, event]) => reduce(now, { event, atMs }), startProgress(0, past));
  t.is(runText(state), '15 %, about 10 s left');
  t.is(runText({ ...state, nowMs: 10_900 }), '91 %, about 1 s left');
  const { lastFrame, unmount } = render(<RunProgressView state={state} glyphs={glyphsOf(true)} height={8} />);
  t.regex(lastFrame() ?? '', /Running customer-360 · production · 1\.9 s · 15 %, about 10 s left/);
  unmount();
  let now = 0;
  const output = collector();
  const progress = plainProgress({ err: paperOf(output, { LANG: 'C' }), elapsedMs: () => now }, past);
  for (const [atMs, event] of events) {
    now = atMs;
    progress.emit(event);
  }
  now = 6_900;
  progress.emit({ type: 'notice', code: 'x', message: 'Something to know.' });
  await progress.stop();
  t.is(output.text(), '! Something to know.\ncustomer-360: 57 %, about 5 s left; publish, 1,002,082 rows, 5.0 s\n');
});

test('an event of the past changes no step', (t) => {
  const done = reduce(working, { event: { type: 'step-finished', figures }, atMs: 2_100 });
  t.deepEqual(reduce(done, { event: { type: 'step-progress', step: 'read crm', done: 1, total: 2, unit: 'rows' }, atMs: 2_200 }).steps, done.steps);
});

test('time alone only moves the clock', (t) => {
  t.deepEqual(reduce(working, { event: null, atMs: 9_000 }), { ...working, nowMs: 9_000 });
});

test('the view shows steps, and notices above them', (t) => {
  const state = reduce(working, { event: { type: 'schema-drift', source: 'crm', file: 'crm.csv', columns: ['fax'] }, atMs: 2_000 });
  const { lastFrame, unmount } = render(<RunProgressView state={state} glyphs={glyphsOf(true)} height={8} />);
  const frame = (lastFrame() ?? '').replace(/\u001b\[\d+m/g, '');
  unmount();
  t.regex(
    frame,
    /▲ "crm.csv" of "crm" has a column that the contract does not name: "fax". Ignored.[\s\S]*Running customer-360 · production · 2.0 s\n {2}● read crm {2}25 %, 10 MB\/s/,
  );
});

test('the view hides what does not fit', (t) => {
  const state = Array.from({ length: 12 }, (_, i) => `step ${i}`).reduce(
    (now, step) =>
      reduce(reduce(now, { event: { type: 'step-started', step, rows: null }, atMs: 1 }), {
        event: { type: 'step-finished', figures: { ...figures, name: step } },
        atMs: 2,
      }),
    startProgress(0),
  );
  const { lastFrame, unmount } = render(<RunProgressView state={state} glyphs={glyphsOf(false)} height={3} />);
  const frame = (lastFrame() ?? '').replace(/\u001b\[\d+m/g, '');
  unmount();
  t.regex(frame, /ok 9 steps before\n.*step 9.*\n.*step 10.*\n.*step 11/);
});

test('without a terminal notices come at once and progress now and then', async (t) => {
  let now = 0;
  const output = collector();
  const progress = plainProgress({ err: paperOf(output, { LANG: 'C' }), elapsedMs: () => now });
  progress.emit(started);
  progress.emit({ type: 'step-started', step: 'read crm', rows: null });
  progress.emit({ type: 'notice', code: 'x', message: 'Something to know.' });
  t.is(output.text(), '! Something to know.\n');
  now = 6_000;
  progress.emit({ type: 'step-progress', step: 'read crm', done: 30_000, total: 60_000, unit: 'rows' });
  now = 7_000;
  progress.emit({ type: 'step-progress', step: 'read crm', done: 35_000, total: 60_000, unit: 'rows' });
  await progress.stop();
  t.is(output.text(), '! Something to know.\ncustomer-360: read crm, 50 %, 5,000 rows/s\n');
});

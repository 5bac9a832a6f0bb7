import test from 'ava';
import { render } from 'ink-testing-library';
import { glyphsOf } from '../../cli/render/glyphs.ts';
import {
  type ProfileProgress,
  type ProfileTick,
  profileText,
  reduceProfile,
  startProfileProgress,
} from '../../cli/screens/profile-progress-state.ts';
import { stepText } from '../../cli/screens/step-text.ts';
import { StepsView } from '../../cli/screens/steps-view.tsx';
import { type ProfileStep, ProfileSteps } from '../../toolkit/profile/steps.ts';
import { EXACT_LIMIT } from '../../toolkit/profile/values.ts';

/** Every step of a profile of one file of so many bytes, its columns of about so many different texts. */
function stepsOf(bytes: number, about: readonly number[]): ProfileStep[] {
  const told: ProfileStep[] = [];
  const steps = new ProfileSteps([{ bytes, columns: about.length }], (step) => told.push(step));
  steps.begin('reading a.csv');
  steps.begin('all columns of a.csv');
  steps.weigh(about);
  for (const i of about.keys()) steps.begin(`the column ${i} of a.csv`, 5_000);
  steps.begin('keys of a.csv', 5_000);
  return told;
}
const after = (...ticks: readonly ProfileTick[]): ProfileProgress => ticks.reduce(reduceProfile, startProfileProgress(0));
const [reading, all, many, few, keys] = stepsOf(1e9, [EXACT_LIMIT, 2]) as [ProfileStep, ProfileStep, ProfileStep, ProfileStep, ProfileStep];

test('steps are counted, and each follows where the one before ends', (t) => {
  t.deepEqual(
    [reading, all, many, few, keys].map(({ step, steps }) => `${step}/${steps}`),
    ['1/5', '2/5', '3/5', '4/5', '5/5'],
  );
  t.is(reading.before, 0);
  t.true(Math.abs(many.before + many.share - few.before) < 1e-9);
  t.true(Math.abs(keys.before + keys.share - 1) < 1e-9);
});

test('a column of many different texts is the larger part of the work, whatever the size of the file', (t) => {
  t.true(many.share > 10 * few.share);
  const small = stepsOf(10, [EXACT_LIMIT, 2])[2] as ProfileStep;
  t.is(small.share.toFixed(9), many.share.toFixed(9));
});

test('while a file is read its bytes and their rate are shown, and nothing is said of the time left', (t) => {
  const state = after({ event: reading, atMs: 0 }, { event: { done: 250, total: 1000 }, atMs: 2_000 });
  t.is(profileText(state, '·'), 'step 1 of 5 · 2.0 s');
  t.is(stepText(state.steps[0] as (typeof state.steps)[number], 2_000), '25 %, 125 B/s');
});

test('the time left is told by what the steps before took, and a step that is overdue leaves what comes after it', (t) => {
  const state = after({ event: reading, atMs: 0 }, { event: all, atMs: 6_000 }, { event: many, atMs: 9_000 });
  const wholeMs = 9_000 / many.before;
  t.is(profileText(state, '·'), `step 3 of 5 · 9.0 s · ${Math.floor(many.before * 100)} %, about ${Math.round((wholeMs - 9_000) / 1000)} s left`);
  const afterIt = Math.round((wholeMs * (1 - few.before)) / 1000);
  t.regex(
    profileText(reduceProfile(state, { event: null, atMs: 60_000 }), '·'),
    new RegExp(`step 3 of 5 · 1 min 0 s · \\d+ %, about ${afterIt} s left`),
  );
});

test('the view shows the records and the time of each step, and the step that works', (t) => {
  const state = after({ event: reading, atMs: 0 }, { event: all, atMs: 6_000 }, { event: many, atMs: 9_000 }, { event: few, atMs: 20_000 });
  const { lastFrame, unmount } = render(<StepsView {...state} title="Profiling" notices={[]} glyphs={glyphsOf(true)} height={2} />);
  const frame = (lastFrame() ?? '').replace(/\u001b\[\d+m/g, '');
  unmount();
  t.regex(
    frame,
    /Profiling\n {2}. 2 steps before\n {2}. the column 0 of a\.csv {2}5,000 rows, 11\.0 s\n {2}. the column 1 of a\.csv {2}5,000 rows, 0 ms/,
  );
});

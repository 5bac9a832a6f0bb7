import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { paperOf } from '../../cli/render/paper.ts';
import { comparisonLines } from '../../cli/views/comparison-lines.ts';
import { stepsWaterfall } from '../../cli/views/steps-waterfall.ts';
import { compareRuns } from '../../toolkit/observe/compare-runs.ts';
import type { RunDocument } from '../../toolkit/run/document.ts';
import { type Beginning, type LedgerRun, openLedger, openState, prunedFile, statePaths } from '../../toolkit/state/index.ts';
import { golden } from './golden.ts';
import { ranBadly, ranWell } from './run-document.ts';
import { collector, daybook, folder } from './scene.ts';

const UTF8 = { LANG: 'C.UTF-8', NO_COLOR: '1' };

/** What a view writes at a width under an environment. */
function shown(lines: (paper: ReturnType<typeof paperOf>) => readonly string[], columns: number, env: Record<string, string>): string {
  const output = collector(columns);
  const paper = paperOf(output, env);
  paper.lines(...lines(paper));
  return output.text();
}

/** A later night: more records, a gate that fails, a slower step, and some moves that are small. */
const later: RunDocument = {
  ...ranBadly,
  runId: '20261125T020000Z-0a0b0c',
  startedAt: '2026-11-25T02:00:00.000Z',
  finishedAt: '2026-11-25T02:00:06.100Z',
  rows: {
    crm: { read: 1_002_090, accepted: 999_000, rejected: 3_090, warned: 286 },
    orders: { read: 2_475, accepted: 2_475, rejected: 0, warned: 0 },
  },
  rules: { crm: { 'customer_id.duplicate': 2_082, 'email.invalid': 1_294, 'phone.missing': 1 }, orders: { 'date.invalid': 0 } },
  steps: ranWell.steps
    .slice(0, 2)
    .map((step, at) => ({ ...step, ms: step.ms * (at + 1) + 30, cpuMs: step.cpuMs + at * 700, peakBytes: step.peakBytes + at })),
};

const ledgerRun = (document: RunDocument): LedgerRun => ({
  document,
  mode: 'publish',
  isPartial: false,
  files: null,
  replay: null,
  folder: '/x',
  isReadable: true,
});

const waterfall = test.macro((t: ExecutionContext, name: string, columns: number, env: Record<string, string>) =>
  golden(
    t,
    `waterfall-${name}`,
    shown((paper) => stepsWaterfall(ranWell, paper), columns, env),
  ),
);
test('a waterfall at eighty columns', waterfall, '80', 80, UTF8);
test('a waterfall in colour', waterfall, '80-colour', 80, { LANG: 'C.UTF-8' });
test('a waterfall at forty columns', waterfall, '40', 40, UTF8);
test('a waterfall in ASCII', waterfall, 'ascii', 60, { LANG: 'C', NO_COLOR: '1' });
test('a waterfall read aloud', waterfall, 'aloud', 80, { ...UTF8, INK_SCREEN_READER: 'true' });
test('a waterfall where a bar would say nothing', waterfall, '24', 24, UTF8);

test('every bar lies on one axis: in order, never empty, never beyond the end', (t) => {
  const steps = [0, 1, 999, 1_000, 5_000, 9_990].map((startMs, at, all) => ({
    ...(ranWell.steps[0] as (typeof ranWell.steps)[number]),
    name: `step ${at}`,
    startMs,
    ms: (all[at + 1] ?? 10_000) - startMs,
  }));
  const lines = shown((paper) => stepsWaterfall({ steps, startedAt: null, finishedAt: null }, paper), 40, UTF8).split('\n');
  const bars = lines.filter((line) => line.includes('█')).map((line) => [line.indexOf('█'), line.lastIndexOf('█')] as const);
  t.is(bars.length, steps.length);
  t.true(bars.every(([from], at) => at === 0 || from >= (bars[at - 1]?.[0] ?? 0)));
  t.true(lines.every((line) => line.length <= 40));
});

const compared = test.macro((t: ExecutionContext, name: string, to: RunDocument, columns: number, env: Record<string, string>) =>
  golden(
    t,
    `compare-${name}`,
    shown((paper) => comparisonLines({ from: ledgerRun(ranWell), to: ledgerRun(to), moves: compareRuns(ranWell, to) }, paper), columns, env),
  ),
);
test('two runs beside each other at eighty columns', compared, '80', later, 80, UTF8);
test('two runs beside each other at forty columns', compared, '40', later, 40, UTF8);
test('two runs beside each other, read aloud', compared, 'aloud', later, 80, { ...UTF8, INK_SCREEN_READER: 'true' });
test('two runs beside each other in ASCII', compared, 'ascii', later, 80, { LANG: 'C', NO_COLOR: '1' });
test('two runs in which nothing moved', compared, 'same', ranWell, 80, UTF8);

/** A ledger of its own with runs that have ended, and the flags that find it. */
async function withLedger(t: ExecutionContext, runs: readonly (Partial<Beginning> & { readonly document?: Partial<RunDocument> })[]) {
  const dir = join(folder(t), 'state');
  const ledger = openLedger(await openState(dir));
  const ids: string[] = [];
  for (const [at, { document, ...other }] of runs.entries()) {
    const runId = `2026112${at + 1}T020000Z-00000${at}`;
    const begun = { runId, pipeline: 'customer-360', environment: 'development', startedAt: new Date(), mode: 'publish', isPartial: false } as const;
    const run = await ledger.begin({ ...begun, ...other });
    await ledger.finish({ ...ranWell, ...run.document, status: 'succeeded', steps: ranWell.steps, rows: ranWell.rows, ...document });
    ids.push(runId);
  }
  return { ids, place: ['--set', `state.dir=${dir}`] };
}
const crmRead = (read: number): Partial<RunDocument> => ({ rows: { crm: { read, accepted: read, rejected: 0, warned: 0 } } });

test('the last run is compared with the one before it in its environment', async (t) => {
  const runs = [{ document: crmRead(100) }, { environment: 'production', document: crmRead(50) }, { document: crmRead(300) }];
  const { ids, place } = await withLedger(t, runs);
  const { code, out } = await daybook(['runs', 'compare', '--json', ...place]);
  t.is(code, 0);
  const found = JSON.parse(out) as { moves: object[] };
  t.like(found, { schema: 'daybook.comparison/1', pipeline: 'customer-360', from: ids[0], to: ids[2] });
  t.like(
    found.moves.find((move) => 'name' in move && move.name === 'crm.read'),
    { area: 'rows', from: 100, to: 300, change: 200, percent: 200, isSmall: false },
  );
  const back = await daybook(['runs', 'compare', 'latest', 'previous', ...place]);
  t.regex(back.out, /crm\.read +300 +100 +−200 +−67 %/);
});

test('runs of two pipelines are not compared', async (t) => {
  const { ids, place } = await withLedger(t, [{ pipeline: 'shop' }, {}]);
  const { code, out, err } = await daybook(['runs', 'compare', ids[0] ?? '', 'latest', ...place]);
  t.deepEqual([code, out], [64, '']);
  t.regex(err, /"shop" cannot be compared with a run of "customer-360"[\s\S]*Fix: /);
});

test('a first run has none before it', async (t) => {
  const { place } = await withLedger(t, [{}]);
  const { code, err } = await daybook(['runs', 'compare', ...place]);
  t.is(code, 64);
  t.regex(err, /There is no run of "customer-360" in "development" before/);
});

test('pruning keeps the newest, the last good run and what a kept replay refers to, and writes down the rest', async (t) => {
  const failed = { document: { status: 'failed' } } as const;
  const replay = { runId: '20261122T020000Z-000001', corrected: 1, removed: 0, carried: 0 };
  const { ids, place } = await withLedger(t, [failed, failed, {}, failed, { ...failed, replay }]);
  const state = statePaths((place[1] ?? '').slice('state.dir='.length));
  const left = () => ids.filter((id) => existsSync(join(state.runs, id)));
  const asked = ['runs', 'prune', '--keep', '1', ...place];
  const tried = await daybook([...asked, '--dry-run']);
  t.deepEqual([tried.code, left(), existsSync(prunedFile(state))], [0, ids, false]);
  t.regex(tried.err, /2 runs would go/);
  const { code, out } = await daybook([...asked, '--json']);
  t.is(code, 0);
  const gone = JSON.parse(out) as { runId: string }[];
  t.deepEqual(
    gone.map(({ runId }) => runId),
    [ids[3], ids[0]],
  );
  t.deepEqual(left(), [ids[1], ids[2], ids[4]]);
  t.deepEqual(
    readFileSync(prunedFile(state), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
    gone,
  );
});

test('pruning by age takes only what began before, and no run that is going on', async (t) => {
  const { ids, place } = await withLedger(t, [{}, { document: { status: 'failed' } }, {}]);
  const now = () => new Date('2026-11-25T00:00:00Z');
  const gone = async (age: string, ...more: string[]) =>
    (
      JSON.parse((await daybook(['runs', 'prune', '--older-than', age, '--dry-run', '--json', ...more, ...place], { now })).out) as {
        runId: string;
      }[]
    ).map(({ runId }) => runId);
  t.deepEqual(await gone('2d'), [ids[1], ids[0]]);
  t.deepEqual(await gone('3d'), [ids[0]]);
  t.deepEqual(await gone('9d'), []);
  t.deepEqual(await gone('2d', '--keep', '2'), [ids[0]]);
});

test('pruning needs a limit', async (t) => {
  const { code, err } = await daybook(['runs', 'prune']);
  t.is(code, 64);
  t.regex(err, /"runs prune" needs "--older-than"/);
});

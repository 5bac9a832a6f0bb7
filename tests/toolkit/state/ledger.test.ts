import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { RunDocument } from '../../../toolkit/run/document.ts';
import { type Beginning, correctionsFile, openLedger, prune, rejectsFile, type State, scratchFolder } from '../../../toolkit/state/index.ts';
import { beginning, idOf, refusal, stateIn } from './state-folder.ts';

/** Runs that have ended, one a second, in the order given. */
async function ran(state: State, runs: readonly (Partial<Beginning> & { readonly status?: RunDocument['status'] })[]): Promise<string[]> {
  const ledger = openLedger(state);
  const ids: string[] = [];
  for (const [at, { status = 'succeeded', ...other }] of runs.entries()) {
    const { document } = await ledger.begin(beginning(idOf(at), other));
    if (status !== 'running') await ledger.finish({ ...document, status, finishedAt: '2026-11-24T16:00:00Z' });
    ids.push(idOf(at));
  }
  return ids;
}

const idsOf = (runs: readonly { readonly document: RunDocument }[]) => runs.map(({ document }) => document.runId);

const ledgerOf = async (t: ExecutionContext, runs: Parameters<typeof ran>[1]) => {
  const state = await stateIn(t);
  return { state, ids: await ran(state, runs), ledger: openLedger(state) };
};

test('a run that has begun is written as running, for its owner alone, and whole', async (t) => {
  const {
    state,
    ids: [id = ''],
  } = await ledgerOf(t, [{ status: 'running' }]);
  t.deepEqual(readdirSync(join(state.runs, id)), ['run.json']);
  const file = join(state.runs, id, 'run.json');
  t.is(statSync(file).mode & 0o777, 0o600);
  t.like(JSON.parse(readFileSync(file, 'utf8')), {
    schema: 'daybook.run/1',
    runId: id,
    status: 'running',
    finishedAt: null,
    error: null,
    ledger: { mode: 'publish' },
  });
});

test('how it ended replaces that, and its mode stays known', async (t) => {
  const { ledger } = await ledgerOf(t, [{ mode: 'validate', status: 'refused' }]);
  t.like(await ledger.find('latest'), { mode: 'validate', isReadable: true, document: { status: 'refused' } });
});

test('steps that were written before a figure was known follow one another, and spilled nothing', async (t) => {
  const { ledger, state, ids } = await ledgerOf(t, [{}]);
  const file = join(state.runs, ids[0] ?? '', 'run.json');
  const old = { rowsIn: 1, rowsOut: 1, ms: 50, cpuMs: 40, peakBytes: 1 };
  const steps = [
    { name: 'read', ...old },
    { name: 'check', ...old },
  ];
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), steps }));
  const { document } = await ledger.find('latest');
  t.deepEqual(
    document.steps.map(({ name, startMs, spilledBytes }) => [name, startMs, spilledBytes]),
    [
      ['read', 0, 0],
      ['check', 50, 0],
    ],
  );
});

test('a document without a run is not kept', async (t) => {
  const { ledger, ids } = await ledgerOf(t, [{}]);
  const { document } = await ledger.find('latest');
  await ledger.finish({ ...document, runId: null });
  t.deepEqual(idsOf(await ledger.recent(9)), ids);
});

test('the newest come first, as many as asked for, of one pipeline where asked', async (t) => {
  const {
    ledger,
    ids: [a, b, c],
  } = await ledgerOf(t, [{}, { pipeline: 'stock' }, {}]);
  t.deepEqual(idsOf(await ledger.recent(2)), [c, b]);
  t.deepEqual(idsOf(await ledger.recent(9, { pipeline: 'shop' })), [c, a]);
  t.deepEqual(await ledger.recent(0), []);
});

const survives = test.macro(async (t, text: string) => {
  const {
    state,
    ledger,
    ids: [a, b],
  } = await ledgerOf(t, [{}, {}]);
  writeFileSync(join(state.runs, b ?? '', 'run.json'), text);
  const runs = await ledger.recent(9);
  t.deepEqual(idsOf(runs), [b, a]);
  t.false(runs[0]?.isReadable);
  t.is(runs[0]?.document.error?.code, 'state.record-damaged');
  t.deepEqual(idsOf(await ledger.recent(9, { pipeline: 'shop' })), [a]);
  t.deepEqual(await ledger.markInterrupted(), []);
});
test('a record that is cut off does not break the list', survives, '{"schema":"dayb');
test('an empty record does not break the list', survives, '');
test('a record that is null does not break the list', survives, 'null');
test('a record of another run does not break the list', survives, `{"schema":"daybook.run/1","runId":"${idOf(0)}","status":"succeeded"}`);
test(
  'a record with rows of another form does not break the list',
  survives,
  `{"schema":"daybook.run/1","runId":"${idOf(1)}","status":"succeeded","rows":{"crm":3}}`,
);

test('a record of before the files were counted and the notices were kept is whole', async (t) => {
  const {
    state,
    ledger,
    ids: [id = ''],
  } = await ledgerOf(t, [{}]);
  const { sources: _, notices: __, ...before } = JSON.parse(readFileSync(join(state.runs, id, 'run.json'), 'utf8')) as RunDocument;
  writeFileSync(join(state.runs, id, 'run.json'), JSON.stringify(before));
  t.like(await ledger.find('latest'), { isReadable: true, document: { runId: id, sources: {}, notices: [] } });
});

test('what is no run does not break the list', async (t) => {
  const { state, ledger, ids } = await ledgerOf(t, [{}]);
  mkdirSync(join(state.runs, idOf(9)));
  mkdirSync(join(state.runs, 'notes'));
  writeFileSync(join(state.runs, idOf(8)), '');
  t.deepEqual(idsOf(await ledger.recent(9)), ids);
});

test('what died before it was written down is removed, a folder with anything else in it stays', async (t) => {
  const { state, ledger, ids } = await ledgerOf(t, [{}]);
  for (const id of [idOf(7), idOf(8), idOf(9)]) mkdirSync(join(state.runs, id));
  writeFileSync(join(state.runs, idOf(8), 'run.json.123456'), '{"sche');
  writeFileSync(join(state.runs, idOf(9), 'rejects.parquet'), '');
  t.deepEqual(await ledger.markInterrupted(), []);
  t.deepEqual(readdirSync(state.runs).sort(), [...ids, idOf(9)]);
});

test('a run is found by its id, its beginning, its end, or as the latest', async (t) => {
  const { ledger } = await ledgerOf(t, []);
  for (const runId of ['20261124T150000Z-aaaaaa', '20261125T150000Z-bbbbbb']) await ledger.begin(beginning(runId));
  const found = async (asked: string) => (await ledger.find(asked)).document.runId;
  t.is(await found('20261124T150000Z-aaaaaa'), '20261124T150000Z-aaaaaa');
  t.is(await found('20261124'), '20261124T150000Z-aaaaaa');
  t.is(await found('bbbbbb'), '20261125T150000Z-bbbbbb');
  t.is(await found('latest'), '20261125T150000Z-bbbbbb');
  const ambiguous = await refusal(t, () => ledger.find('202611'));
  t.like(ambiguous, { code: 'state.ambiguous-run', exit: 64 });
  const unknown = await refusal(t, () => ledger.find('2025'));
  t.like(unknown, { code: 'state.unknown-run', exit: 64 });
  t.true(unknown.fix.includes('20261125T150000Z-bbbbbb'));
  t.is((await refusal(t, () => ledger.find(''))).exit, 64);
});

test('nothing has run yet', async (t) => {
  const { ledger } = await ledgerOf(t, []);
  t.regex((await refusal(t, () => ledger.find('latest'))).message, /nothing has run/);
});

test('a drop is measured against a whole, published, successful run of the same environment', async (t) => {
  const { ledger, ids } = await ledgerOf(t, [
    {},
    { status: 'failed' },
    { mode: 'dry-run' },
    { mode: 'validate' },
    { isPartial: true },
    { environment: 'production' },
    { pipeline: 'stock' },
    { status: 'running' },
  ]);
  t.is((await ledger.lastSucceeded('shop', 'development'))?.document.runId, ids[0]);
  t.is(await ledger.lastSucceeded('shop', 'staging'), null);
});

test('a replay names its run, and keeps that and the files it read to the end', async (t) => {
  const { ledger, ids } = await ledgerOf(t, [{}, {}]);
  const [first = ''] = ids;
  const replay = { runId: first, corrected: 3, removed: 1, carried: 0 };
  const files = { crm: [{ name: 'crm.csv', bytes: 9, crc32: '0badcafe' }] };
  for (const second of [3, 5]) {
    const { document } = await ledger.begin(beginning(idOf(second), { replay }));
    t.like(await ledger.find(idOf(second)), { replay, files: null });
    await ledger.finish({ ...document, status: 'succeeded' }, files);
    t.like(await ledger.find(idOf(second)), { replay, files });
  }
  t.deepEqual(idsOf(await ledger.replaysOf(first)), [idOf(5), idOf(3)]);
  t.deepEqual(await ledger.replaysOf(idOf(5)), []);
  t.like(await ledger.find(first), { replay: null });
});

const nothing = { days: null, count: null };
const at = new Date('2026-11-30T00:00:00Z');

test('rejects go before the records, by number and by age', async (t) => {
  const { state, ledger, ids } = await ledgerOf(t, [{}, {}, {}]);
  for (const id of ids) writeFileSync(rejectsFile(state, id), '');
  t.like(await prune(state, { rejects: { days: null, count: 2 }, records: nothing, logs: nothing, now: at }), { rejects: 1, records: 0 });
  t.like(await prune(state, { rejects: { days: 5, count: null }, records: nothing, logs: nothing, now: at }), { rejects: 2, records: 0 });
  t.is((await ledger.recent(9)).length, 3);
  t.like(await prune(state, { rejects: nothing, records: { days: null, count: 1 }, logs: nothing, now: at }), { records: 2 });
  t.deepEqual(idsOf(await ledger.recent(9)), [ids[2]]);
});

test('corrections go when the rejects of their run go, and where those are gone already', async (t) => {
  const { state, ids } = await ledgerOf(t, [{}, {}]);
  for (const id of ids) writeFileSync(correctionsFile(state, id), '');
  writeFileSync(rejectsFile(state, ids[0] ?? ''), '');
  t.like(await prune(state, { rejects: { days: 5, count: null }, records: nothing, logs: nothing, now: at }), { rejects: 2, records: 0 });
  for (const id of ids) t.deepEqual(readdirSync(join(state.runs, id)), ['run.json']);
});

test('a run that goes on loses nothing', async (t) => {
  const {
    state,
    ids: [id = ''],
  } = await ledgerOf(t, [{ status: 'running' }]);
  writeFileSync(rejectsFile(state, id), '');
  await scratchFolder(state, id);
  const none = { days: 1, count: 0 };
  t.deepEqual(await prune(state, { rejects: none, records: none, logs: none, now: at }), { rejects: 0, records: 0, logs: 0, scratch: 0 });
});

test('rotated logs go, counted a log; those being written stay', async (t) => {
  const { state } = await ledgerOf(t, []);
  const old = ['daybook.20261101T000000Z-1-1.log', 'daybook.20261128T000000Z-1-1.log', 'audit.20261129T000000Z-1-1.log'];
  for (const name of [...old, 'daybook.log', 'audit.log', 'notes.txt']) writeFileSync(join(state.logs, name), '');
  t.is((await prune(state, { rejects: nothing, records: nothing, logs: { days: 10, count: null }, now: at })).logs, 1);
  t.is((await prune(state, { rejects: nothing, records: nothing, logs: { days: null, count: 1 }, now: at })).logs, 0);
  t.deepEqual(readdirSync(state.logs).sort(), [
    'audit.20261129T000000Z-1-1.log',
    'audit.log',
    'daybook.20261128T000000Z-1-1.log',
    'daybook.log',
    'notes.txt',
  ]);
});

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunDocument } from '../../toolkit/run/document.ts';
import { newRunId, openLedger, openState } from '../../toolkit/state/index.ts';
import { daybook, folder, placeIn } from './scene.ts';

const RUN = ['run', 'customer-360'];
const documentOf = (text: string): RunDocument => JSON.parse(text) as RunDocument;

test.serial('a run tells what it read, refused and published, and how to go on', async (t) => {
  const path = folder(t);
  const { code, out, err } = await daybook([...RUN, ...placeIn(path)]);
  t.is(code, 0, err);
  t.regex(out, /customer-360 is published/);
  t.regex(out, /crm +2,082 +2,000 +82 +286/);
  t.regex(out, /customer_enriched +2,000 inserted, 0 updated, 0 unchanged/);
  t.regex(out, /daybook rejects show latest --set state\.dir=/);
  t.regex(err, /"crm.csv" of "crm" has a column that the contract does not name: "marketing_opt_in"/);
});

test.serial('a run leaves what every other command then finds', async (t) => {
  const path = folder(t);
  const place = placeIn(path);
  const first = documentOf((await daybook([...RUN, '--json', ...place])).out);
  const runId = first.runId ?? '';
  const second = documentOf((await daybook([...RUN, '--json', ...place])).out);
  t.deepEqual(second.load, { customer_enriched: { inserted: 0, updated: 0, unchanged: 2000, deleted: 0 } });

  const status = await daybook(['status', ...place]);
  t.is(status.code, 0, status.err);
  t.regex(status.out, /last run +✔ published, just now[\s\S]*10,185 read, 253 refused[\s\S]*customer_enriched, 2,000 rows/);
  t.is(
    (await daybook([], { env: { DAYBOOK_STATE__DIR: join(path, 'state'), DAYBOOK_WAREHOUSE__PATH: join(path, 'warehouse.sqlite') } })).out,
    (await daybook(['status', ...place])).out,
  );

  const list = JSON.parse((await daybook(['runs', 'list', '--json', ...place])).out) as RunDocument[];
  t.deepEqual(
    list.map((document) => document.runId),
    [second.runId, runId].sort().reverse(),
  );
  t.regex((await daybook(['runs', 'list', '--limit', '1', ...place])).out, /^run .*\n\S+ +✔ published +customer-360 +10,185 +253 .*\n$/);
  t.like(documentOf((await daybook(['runs', 'show', runId.slice(-6), '--json', ...place])).out), { ...first });
  const show = await daybook(['runs', 'show', runId, ...place]);
  t.regex(show.out, /crm\.email\.invalid[\s\S]*Files read\s+source +files +size +plain +copied +rewritten\s+crm +1 [\s\S]*Steps[\s\S]*read crm/);

  const rejects = await daybook(['rejects', 'list', ...place]);
  t.regex(rejects.out, new RegExp(`${runId} +customer-360 +253 +500 .*orders\\.date\\.invalid 89`));
  const shown = await daybook(['rejects', 'show', runId, '--limit', '3', ...place]);
  t.regex(shown.out, /52 +refused +crm\.customer_id\.duplicate/);
  t.regex(shown.out, /and 8\d\d more places/);
  const some = JSON.parse(
    (await daybook(['rejects', 'show', runId, '--source', 'crm', '--rule', 'email.invalid', '--json', '--limit', '2', ...place])).out,
  ) as { rules: { records: number }[]; places: object[] };
  t.deepEqual(
    some.rules.map(({ records }) => records),
    [51],
  );
  t.deepEqual(Object.keys(some.places[0] ?? {}), ['source', 'file', 'record', 'line', 'rule', 'column', 'severity', 'reason']);

  const logs = await daybook(['logs', '--run', runId, '--channel', 'audit', '--json', ...place]);
  t.true(
    logs.out
      .trimEnd()
      .split('\n')
      .every((line) => (JSON.parse(line) as { runId: string }).runId === runId),
  );
  t.regex((await daybook(['logs', '--text', 'marketing_opt_in', ...place])).out, /WARN .*unknown columns/);
});

const FIELDS = ['run_id', 'source', 'file', 'record', 'line', 'key', 'rule', 'column', 'severity', 'reason'];

test.serial('an export has exactly its fields, and values only when asked for', async (t) => {
  const path = folder(t);
  const place = placeIn(path);
  await daybook(['validate', 'customer-360', ...place]);
  const csv = (await daybook(['rejects', 'export', '--format', 'csv', ...place])).out.trimEnd().split('\n');
  t.is(csv[0], FIELDS.join(','));
  const ndjson = (await daybook(['rejects', 'export', '--format', 'ndjson', ...place])).out.trimEnd().split('\n');
  t.is(ndjson.length, csv.length - 1);
  t.true(ndjson.every((line) => Object.keys(JSON.parse(line) as object).join() === FIELDS.join()));
  const valued = (await daybook(['rejects', 'export', '--format', 'ndjson', '--values', ...place])).out.split('\n')[0] ?? '';
  t.deepEqual(Object.keys(JSON.parse(valued) as object), [...FIELDS, 'value', 'raw']);

  const file = join(path, 'rejects.csv');
  t.is((await daybook(['rejects', 'export', '--format', 'csv', '--out', file, ...place])).code, 0);
  t.is(statSync(file).mode & 0o777, 0o600);
  t.is(readFileSync(file, 'utf8').trimEnd(), csv.join('\n'));
  writeFileSync(file, 'mine');
  const refused = await daybook(['rejects', 'export', '--format', 'csv', '--out', file, ...place]);
  t.is(refused.code, 73);
  t.is(readFileSync(file, 'utf8'), 'mine');
  t.is((await daybook(['rejects', 'export', '--format', 'csv', '--out', file, '--force', ...place])).code, 0);
  t.not(readFileSync(file, 'utf8'), 'mine');
  t.is(statSync(file).mode & 0o777, 0o600);
  t.is((await daybook(['rejects', 'export', '--format', 'csv', '--out', join(path, 'no/such'), ...place])).code, 73);
});

test.serial('with --json stdout holds one document and nothing else', async (t) => {
  const { code, out } = await daybook([...RUN, '--json', ...placeIn(folder(t))]);
  t.is(code, 0);
  t.regex(out, /^\{.*\}\n$/);
  t.like(documentOf(out), { schema: 'daybook.run/1', status: 'succeeded', error: null });
  t.is(
    Object.keys(documentOf(out)).join(' '),
    'schema runId pipeline environment status startedAt finishedAt rows rules steps gates load artefacts error',
  );
});

test.serial('validating publishes nothing, and says of every rule what it means', async (t) => {
  const path = folder(t);
  const { code, out } = await daybook(['validate', 'customer-360', ...placeIn(path)]);
  t.is(code, 0);
  t.regex(out, /was checked. Nothing was published/);
  t.regex(out, /51 +2\.4 % +warned +crm\.email\.invalid/);
  t.false(statSync(path).isFile());
  t.throws(() => statSync(join(path, 'warehouse.sqlite')));
});

test.serial('a dry run and a trial publish nothing', async (t) => {
  const path = folder(t);
  t.regex((await daybook([...RUN, '--dry-run', ...placeIn(path)])).out, /would succeed[\s\S]*Would be published[\s\S]*2,000 inserted/);
  t.regex((await daybook([...RUN, '--limit', '50', ...placeIn(path)])).out, /was tried on the first records[\s\S]*crm +50 /);
  t.throws(() => statSync(join(path, 'warehouse.sqlite')));
});

test.serial('a source that is missing is three lines, and a document', async (t) => {
  const place = placeIn(folder(t));
  const said = await daybook([...RUN, '--set', 'sources.crm=/no/such.csv', ...place]);
  t.is(said.code, 66);
  t.is(said.out, '');
  t.is(
    said.err,
    'The file of "crm" does not exist: "/no/such.csv".\n  at /no/such.csv, sources.crm\nFix: Put the file there, or set "sources.crm" to where it is.\n',
  );
  const document = documentOf((await daybook([...RUN, '--json', '--set', 'sources.crm=/no/such.csv', ...place])).out);
  t.like(document, { status: 'failed', error: { code: 'source.not-found', source: 'crm', file: '/no/such.csv' } });
  t.regex((await daybook(['status', ...place])).out, /✖ failed[\s\S]*does not exist[\s\S]*daybook runs show/);
});

test.serial('a gate that fails shows what was read, and ends with 65', async (t) => {
  const { code, out, err } = await daybook([...RUN, '--set', 'quality.minRows=100000', ...placeIn(folder(t))]);
  t.is(code, 65);
  t.regex(out, /was refused. Nothing was published[\s\S]*crm\.minRows: 2,082, the limit is 100,000/);
  t.is(err.split('\n').filter((line) => line.startsWith('Fix: ')).length, 1);
});

test.serial('a log that cannot be written does not stop a run, and is told of', async (t) => {
  const path = folder(t);
  mkdirSync(join(path, 'state/logs/daybook.log'), { recursive: true });
  const { code, err } = await daybook([...RUN, ...placeIn(path)]);
  t.is(code, 0, err);
  t.regex(err, /The run goes on without a log/);
});

test.serial('status tells of a run whose process is gone', async (t) => {
  const path = folder(t);
  const state = await openState(join(path, 'state'));
  await openLedger(state).begin({
    runId: newRunId(new Date()),
    pipeline: 'customer-360',
    environment: 'development',
    startedAt: new Date(),
    mode: 'publish',
    isPartial: false,
  });
  const { code, out } = await daybook(['status', ...placeIn(path)]);
  t.is(code, 0);
  t.regex(out, /✖ interrupted[\s\S]*daybook run customer-360 +again; nothing has to be cleaned up/);
});

test.serial('where nothing has run yet, the first command is shown', async (t) => {
  const place = placeIn(folder(t));
  t.regex((await daybook(['status', ...place])).out, /none yet[\s\S]*daybook run customer-360/);
  t.like(await daybook(['runs', 'list', ...place]), { code: 0, out: '' });
  t.is((await daybook(['runs', 'show', ...place])).code, 64);
  t.is((await daybook(['rejects', 'show', 'nope', ...place])).code, 64);
  t.like(await daybook(['rejects', 'list', ...place]), { code: 0, out: '' });
  t.like(await daybook(['logs', ...place]), { code: 0, out: '' });
});

import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import test from 'ava';
import type { RunDocument } from '../../toolkit/run/document.ts';
import { publishedRows } from '../../toolkit/warehouse/index.ts';
import { type Line, lineOf, ReplayScene, rawOf } from './replay-scene.ts';

const documentOf = (text: string): RunDocument => JSON.parse(text) as RunDocument;

test.serial('corrected records are published, and the ledger ties the two runs', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'crm', 'customer_id.missing'))['customer_id'] = '2';
    lineOf(lines, 'crm', 'record.malformed').raw = '3,Cem,"Short, Jr",,,,,,';
    lineOf(lines, 'orders', 'record.malformed').raw = '{"order_id":12,"customer_id":3,"amount":30.25}';
    lines.filter((line) => line['record'] === 4 && line['source'] === 'orders').map((line) => Object.assign(line, { raw: '' }));
  });
  const { code, out, err } = await scene.replay(first, file);
  t.is(code, 0, err);
  t.regex(out, new RegExp(`customer-360 is published.\\n  run \\S+ in development\\n  replays ${first}, 3 records corrected, 1 record left out\\n`));
  t.regex(out, /crm +6 +4 +2 /);
  t.regex(out, /orders +3 +3 +0 /);
  t.regex(out, /support +4 +3 +1 /);
  const rows = await publishedRows(scene.file('warehouse.sqlite'), 'customer_enriched');
  t.deepEqual(
    rows.map((row) => [row['customer_id'], row['last_name'], row['total_spent'], row['tickets_count']]),
    [
      [1, 'Lee-New', 10.5, 2],
      [2, 'Person', 20, 1],
      [3, 'Short, Jr', 30.25, 0],
      [4, 'Ray', 0, 0],
    ],
  );

  const [second = ''] = readdirSync(scene.file('state/runs'))
    .sort()
    .reverse()
    .filter((id) => id !== first);
  const kept = scene.file(`state/runs/${second}/corrections.ndjson`);
  t.is(statSync(kept).mode & 0o777, 0o600);
  t.is(readFileSync(kept, 'utf8').trimEnd().split('\n').length, 4);
  t.deepEqual(readdirSync(scene.file('state/tmp')), []);
  t.regex((await scene.ask(['runs', 'show', first])).out, new RegExp(`replayed by ${second}`));
  t.regex((await scene.ask(['runs', 'show', second])).out, new RegExp(`replays ${first}, 3 records`));
  for (const list of ['runs', 'rejects'])
    t.regex((await scene.ask([list, 'list'])).out, new RegExp(`Replays\n +${second} +of ${first}, 3 records corrected, 1 record left out`));
  t.regex((await scene.ask(['logs', '--channel', 'audit', '--run', second])).out, new RegExp(`records corrected.*${first}`));
  const said = (await scene.ask(['logs', '--level', 'debug'])).out + out + err;
  t.notRegex(said, /Planted|Short, Jr|07700900002/);
});

test.serial('what is still wrong is refused again with its reason, at the place that it had', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    lineOf(lines, 'crm', 'record.malformed').raw = '3,"Cem,Short';
    rawOf(lineOf(lines, 'crm', 'customer_id.invalid'))['customer_id'] = '-6';
    rawOf(lineOf(lines, 'support', 'customer_ref.invalid'))['customer_ref'] = '';
  });
  t.is((await scene.replay(first, file)).code, 0);
  const again = (await scene.ask(['rejects', 'export', '--values', '--format', 'ndjson'])).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  t.like(lineOf(again, 'crm', 'record.malformed'), {
    record: 3,
    line: 4,
    raw: '3,"Cem,Short',
    reason: 'A quote that opens in the correction never closes.',
  });
  t.like(lineOf(again, 'crm', 'customer_id.invalid'), { record: 6, line: 7, value: '-6' });
  t.like(lineOf(again, 'support', 'customer_ref.missing'), { file: 'support-1.csv', record: 2, line: 3 });

  // What was still wrong is corrected in a replay of the replay, and what was right holds on.
  const second = String(again[0]?.['run_id']);
  const more = await scene.correct(second, (lines) => {
    rawOf(lineOf(lines, 'crm', 'customer_id.invalid'))['customer_id'] = '6';
  });
  const { code, out } = await scene.replay(second, more, '--json');
  t.is(code, 0);
  t.like(documentOf(out).rows['crm'], { read: 6, accepted: 3, rejected: 3 });
  t.is(documentOf(out).rules['support']?.['customer_ref.missing'], 1);
  t.regex((await scene.ask(['runs', 'show'])).out, new RegExp(`replays ${second}, 3 records corrected, 2 of them by an earlier replay`));
});

test.serial('a dry run shows what would change, and with --json stdout is one document of the known keys', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run('--dry-run');
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'crm', 'customer_id.missing'))['customer_id'] = '2';
  });
  t.regex((await scene.replay(first, file, '--dry-run')).out, /would succeed[\s\S]*replays[\s\S]*3 inserted/);
  t.false(readdirSync(scene.path).includes('warehouse.sqlite'));
  const keys = Object.keys(documentOf((await scene.ask(['run', 'customer-360', '--json'])).out));
  const { out } = await scene.replay(first, file, '--json');
  t.regex(out, /^\{.*\}\n$/);
  t.deepEqual(Object.keys(documentOf(out)), keys);
  const refused = await scene.replay(first, scene.file('none'), '--json');
  t.is(refused.code, 66);
  t.deepEqual(Object.keys(documentOf(refused.out)), keys);
  t.like(documentOf(refused.out), { pipeline: null, status: 'failed', error: { code: 'replay.no-file' } });
});

test.serial('a source that changed since is refused by name, and with --force the records must still be there', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'orders', 'customer_id.orphan'))['customer_id'] = '1';
  });
  scene.edit('support-2.csv', (text) => text.replace('low', 'mid'));
  const changed = await scene.replay(first, file);
  t.is(changed.code, 65);
  t.regex(changed.err, new RegExp(`The file "support-2.csv" of "support" is not as the run ${first} read it.\n.*sources.support\nFix: .*--force`));
  t.like(documentOf((await scene.ask(['runs', 'show', '--json'])).out), { status: 'refused', load: {} });
  t.is((await scene.replay(first, file, '--force')).code, 0);

  scene.edit('orders.ndjson', (text) => `{"order_id":9,"customer_id":1,"amount":1}\n${text}`);
  const moved = await scene.replay(first, file, '--force');
  t.is(moved.code, 65);
  t.regex(moved.err, /Record 2 of "orders.ndjson" of "orders" is not the one that was refused/);
  scene.edit('orders.ndjson', () => '{"order_id":9,"customer_id":1,"amount":1}\n');
  t.regex((await scene.replay(first, file, '--force')).err, /Record 2 of "orders.ndjson"/);
});

test.serial('files of one name in several folders cannot be told apart', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'support', 'customer_ref.invalid'))['customer_ref'] = '1';
  });
  cpSync(scene.file('in'), scene.file('in2'), { recursive: true });
  const said = await scene.replay(first, file, '--force', '--set', `sources.support=${scene.path}/{in,in2}/support-1.csv`);
  t.is(said.code, 65);
  t.regex(said.err, /Several files of "support" are called "support-1.csv"/);
});

test.serial('where a run’s rejects are no longer kept, or never were, nothing can be replayed', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'crm', 'customer_id.missing'))['customer_id'] = '2';
  });
  t.is((await scene.replay(first, file)).code, 0);
  const second = documentOf((await scene.ask(['runs', 'show', '--json'])).out).runId ?? '';
  rmSync(scene.file(`state/runs/${second}/corrections.ndjson`));
  for (const run of [second, first]) {
    const said = await scene.replay(run, file);
    t.is(said.code, 66);
    t.regex(said.err, new RegExp(`What the run ${run} refused is no longer kept.*\n.*RUN\nFix: Run the pipeline again`));
    rmSync(scene.file(`state/runs/${first}/rejects.parquet`), { force: true });
  }
  await scene.ask(['run', 'customer-360'], ['--set', 'sources.crm=/no/such.csv']);
  t.like(await scene.replay('latest', file), { code: 66 });
});

test.serial('what is wrong with the run that is named is said before anything is done', async (t) => {
  const scene = ReplayScene.make(t);
  const first = await scene.run();
  const file = await scene.correct(first, (lines) => {
    rawOf(lineOf(lines, 'crm', 'customer_id.missing'))['customer_id'] = '2';
  });
  const elsewhere = await scene.replay(first, file, '--env', 'staging');
  t.is(elsewhere.code, 64);
  t.regex(elsewhere.err, /was in "development", not in "staging"[\s\S]*Fix: Add --env development/);
  t.is((await scene.replay('no-such-run', file)).code, 64);
  const trial = await scene.run('--limit', '3');
  t.regex((await scene.replay(trial, file)).err, /was a trial on the first records/);
  const record = scene.file(`state/runs/${first}/run.json`);
  const { ledger, ...document } = JSON.parse(readFileSync(record, 'utf8')) as { ledger: object };
  writeFileSync(record, JSON.stringify({ ...document, ledger: { ...ledger, files: null } }));
  const unknown = await scene.replay(first, file);
  t.is(unknown.code, 65);
  t.regex(unknown.err, /It is not known which files/);
  t.is((await scene.replay(first, file, '--force')).code, 0);
});

test.serial('a CSV as a spreadsheet saves it is read, one line of a record is enough, and a change of "value" is told of', async (t) => {
  const cell = (value: unknown) =>
    `"${(value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)).replaceAll('"', '""')}"`;
  const own = ReplayScene.make(t);
  const first = await own.run();
  const file = await own.correct(first, (lines) => {
    rawOf(lineOf(lines, 'crm', 'phone.invalid'))['customer_id'] = '6';
    lineOf(lines, 'crm', 'email.invalid')['value'] = 'dee@example.com';
    return `\ufeff${[Object.keys(lines[0] ?? {}), ...lines.map((line) => Object.values(line))].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  });
  const { code, out, err } = await own.replay(first, file);
  t.is(code, 0, err);
  t.regex(out, /1 record corrected/);
  t.regex(err, /"value" was changed in 1 line. Ignored: corrections are read from "raw" alone/);
});

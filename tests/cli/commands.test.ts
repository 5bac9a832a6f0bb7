import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checkMachine } from '../../cli/doctor/check-machine.ts';
import { cellsOf } from '../../cli/scenario/cells.ts';
import { answersBody, PostcodeService } from '../postcode-service.ts';
import { daybook, folder, placeIn, ROOT } from './scene.ts';

test('generating writes every source, the same each time, and overwrites nothing', async (t) => {
  const path = folder(t);
  const ask = (out: string, ...more: string[]) => daybook(['generate', 'customer-360', '--rows', '20', '--seed', '7', '--out', out, ...more]);
  const first = await ask(join(path, 'a'));
  t.is(first.code, 0, first.err);
  await ask(join(path, 'b'), '--orders', 'ndjson');
  const crm = readFileSync(join(path, 'a/crm.csv'));
  t.deepEqual(crm, readFileSync(join(path, 'b/crm.csv')));
  writeFileSync(join(path, 'a/support.csv'), 'mine');
  const again = await ask(join(path, 'a'));
  t.is(again.code, 73);
  t.regex(again.err, /exists already/);
  t.is(readFileSync(join(path, 'a/support.csv'), 'utf8'), 'mine');
  t.is((await ask(join(path, 'a'), '--force')).code, 0);
  t.is((await ask(join(path, 'c'), '--orders', 'array')).code, 0);
  t.true(readFileSync(join(path, 'c/orders.json'), 'utf8').trimStart().startsWith('['));
  t.is((await ask(join(path, 'no/such'))).code, 73);
});

test('a scenario lays input, expected, actual and verdict side by side', async (t) => {
  const { code, out } = await daybook(['scenario', 'run', 'rules-set-otherwise']);
  t.is(code, 0);
  t.regex(
    out,
    /as expected {2}rules-set-otherwise[\s\S]*crm.csv[\s\S]*published rows +expected +actual +verdict[\s\S]*2 data_quality_score +100 +100 +✔/,
  );
});

test('a scenario that differs ends with 65 and shows only what differs', async (t) => {
  const path = folder(t);
  for (const name of ['_default', 'segments', 'csv-malformed', 'csv-empty'])
    cpSync(join(ROOT, 'data/scenarios', name), join(path, name), { recursive: true });
  const change = (file: string, from: string | RegExp, to: string) =>
    writeFileSync(join(path, file), readFileSync(join(path, file), 'utf8').replace(from, to));
  change('csv-malformed/expected.csv', '2,Ann', '2,Anna');
  change('csv-malformed/expected-rules.yaml', '8', '9');
  change('csv-malformed/expected-rejects.csv', 'crm,crm.csv,2,3', 'crm,crm.csv,2,4');
  change('csv-empty/scenario.yaml', 'exit: 65', 'exit: 66');
  const { code, out } = await daybook(['scenario', 'run', '--dir', path], { columns: 120, env: { NO_COLOR: '1' } });
  t.is(code, 65);
  t.regex(out, /2 first_name +Anna +Ann +✖ differs/);
  t.regex(out, /crm\.record\.malformed +9 +8 +✖ differs/);
  t.regex(out, /crm crm\.csv 2 4 .*\(none\)/);
  t.regex(out, /exit code +66 +65 +✖ differs/);
  t.notRegex(out, /3 first_name/);
  t.regex(out, /1 as expected, 2 differ: csv-empty, csv-malformed\./);
});

test('scenarios are listed, and an unknown one is refused', async (t) => {
  t.regex((await daybook(['scenario', 'list'])).out, /phones +Phone numbers/);
  t.like(await daybook(['scenario', 'run', 'phone']), { code: 64, out: '' });
  t.is((await daybook(['scenario', 'list', '--dir', folder(t)])).code, 66);
});

test('expected values are read as CSV', (t) => {
  t.deepEqual(cellsOf('a,b\r\n1,"x, ""y""\nz"\n,\n').rows, [
    { a: '1', b: 'x, "y"\nz' },
    { a: null, b: null },
  ]);
  t.deepEqual(cellsOf('a\n'), { columns: ['a'], rows: [] });
});

test('the configuration is shown with where it came from, a secret never', async (t) => {
  const env = { CRM: '/very/secret.csv' };
  const asked = ['--set', 'sources.crm=${env:CRM}', '--env', 'production'];
  const shown = await daybook(['config', 'show', ...asked], { env });
  t.is(shown.code, 0, shown.err);
  t.regex(shown.out, /warehouse\.path +data\/warehouse-production\.sqlite +production\.yaml:\d+/);
  const json = await daybook(['config', 'show', '--json', ...asked], { env });
  const explained = await daybook(['config', 'explain', 'sources.crm', ...asked], { env });
  t.regex(explained.out, /sources\.crm: \(secret from env CRM\)[\s\S]*--set sources\.crm[\s\S]*in place of data\/samples\/crm\.csv/);
  for (const { out } of [shown, json, explained]) t.notRegex(out, /secret\.csv/);
});

test('a key, a section and a pipeline can be explained', async (t) => {
  t.regex((await daybook(['config', 'explain', 'warehouse.busyTimeoutMs'])).out, /^warehouse\.busyTimeoutMs: 5000\n.*\n {2}from default\n$/);
  t.regex((await daybook(['config', 'explain', 'limits'])).out, /limits\.memory[\s\S]*limits\.record/);
  t.regex((await daybook(['config', 'explain', 'customer-360'])).out, /sources\.crm[\s\S]*settings\.segments\.vip/);
  t.like(await daybook(['config', 'explain', 'warehouse.pth']), { code: 78, out: '' });
});

test('every environment is checked, and the first fault gives the code', async (t) => {
  t.like(await daybook(['config', 'validate']), {
    code: 0,
    out: '✔ customer-360, development\n✔ customer-360, production\n✔ customer-360, staging\n',
    err: '',
  });
  const wrong = await daybook(['config', 'validate', '--env', 'production', '--set', 'log.level=loud']);
  t.is(wrong.code, 78);
  t.regex(wrong.out, /✖ customer-360, production/);
  t.regex(wrong.err, /"log.level" must be/);
});

test('the doctor finds a machine that is ready', async (t) => {
  const place = placeIn(folder(t));
  await daybook(['validate', 'customer-360', '--env', 'staging', ...place]);
  const { code, out } = await daybook(['doctor', ...place, '--env', 'staging', '--json']);
  const { findings } = JSON.parse(out) as { findings: { check: string; status: string; remedy: string | null }[] };
  t.is(code, 0, out);
  t.true(findings.every(({ status, remedy }) => status === 'ok' || remedy !== null));
  t.deepEqual(findings.find(({ check }) => check === 'state.dir')?.status, 'ok');
});

test('the doctor names what is wrong, each with its remedy', async (t) => {
  const path = folder(t);
  mkdirSync(join(path, 'state'), { mode: 0o755 });
  const { code, out } = await daybook(
    [
      'doctor',
      '--set',
      `state.dir=${join(path, 'state')}`,
      '--set',
      `warehouse.path=${join(path, 'no/w.sqlite')}`,
      '--set',
      'sources.crm=/no/such.csv',
    ],
    { columns: 200, env: { NO_COLOR: '1' } },
  );
  t.is(code, 66);
  t.regex(out, /✖ sources\.crm: .*does not exist[\s\S]*Fix: Put the file there/);
  t.regex(out, /✖ warehouse: .*folder[\s\S]*Fix: Create it/);
  t.regex(out, /▲ state\.dir: .*read by others[\s\S]*chmod 700/);
  t.false(existsSync(join(path, 'no')));
});

test('the doctor asks a service for a public postcode, and is content without an answer', async (t) => {
  const service = await PostcodeService.start();
  const { host } = new URL(service.url);
  const asked = ['doctor', ...placeIn(folder(t)), '--set', `sources.postcodes=http://ann:hunter2@${host}`, '--set', 'services.timeoutMs=3000'];
  const look = (...more: string[]) => daybook([...asked, ...more], { columns: 300, env: { NO_COLOR: '1' } });
  const answers = await look();
  t.is(answers.code, 0, answers.out);
  t.true(answers.out.includes(`✔ sources.postcodes: ${service.url} answers`), answers.out);
  t.is(service.path, '/postcodes/SW1A1AA');
  t.deepEqual(service.requests, []);
  service.always = answersBody('<p>hello');
  const other = await look();
  t.true(
    other.out.includes(`▲ sources.postcodes: The service of "postcodes", ${service.url}, does not answer as it should: an answer of another form.`),
  );
  await service.stop();
  const silent = await look();
  t.is(silent.code, 0);
  t.regex(silent.out, /▲ sources\.postcodes: .* no connection\.[\s\S]*Fix: Check the address/);
  for (const { out, err } of [answers, other, silent]) t.notRegex(out + err, /ann:|hunter2/);
  const wrong = await look('--set', 'sources.crm=https://crm.example.com');
  t.is(wrong.code, 78);
  t.regex(wrong.out, /✖ sources\.crm: .*no service can answer for it/);
});

test('the doctor needs no project, and knows an old Node', async (t) => {
  t.regex((await daybook(['doctor'], { cwd: folder(t) })).out, /✖ project: There is no Daybook project/);
  const findings = await checkMachine({ spawn: async () => ({ code: 0, output: '' }) }, '18.2.0');
  t.like(findings[0], { check: 'node', status: 'fail' });
});

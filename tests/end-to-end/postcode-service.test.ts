import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { daybook } from '../cli/scene.ts';
import { startDaybook } from '../daybook-process.ts';
import { fails, hangs, PostcodeService } from '../postcode-service.ts';
import { reference } from '../reference/index.ts';
import { generated, RunFolder, SOURCES } from '../run-in-folder.ts';
import { SLOW } from '../slow.ts';

const AS_OF = '2026-01-01';
const FILES = generated(600, 17);
const EXPECTED = reference({ sources: Object.fromEntries(SOURCES.map((source) => [source, [FILES[source]]])) as never, asOf: AS_OF });
const MONEY: ReadonlySet<string> = new Set(['total_spent', 'average_order']);

const serially = SLOW ? test.serial : test.serial.skip;

serially('a service that says of each postcode what the file says of its area gives the reference’s rows', async (t) => {
  const folder = await RunFolder.make(FILES);
  const service = await PostcodeService.start();
  t.teardown(() => Promise.all([folder.remove(), service.stop()]));
  const known = (text: string) => (text === 'Unknown' ? null : text);
  for (const { postcode, region, country, district, latitude, longitude, geo_enriched } of EXPECTED.customers) {
    const place = { region: known(region), country: known(country), admin_district: known(district), latitude, longitude };
    if (postcode !== null) service.places.set(postcode, geo_enriched === 1 ? place : null);
  }
  const { document } = await folder.run({ asOf: AS_OF, set: ['quality.gates=off', `sources.postcodes=${service.url}`] });
  t.is(document.error, null);
  t.deepEqual(service.asked, [...service.places.keys()].sort(), 'each valid postcode once');
  t.is(document.rows['postcodes']?.accepted, [...service.places.values()].filter((place) => place !== null).length);
  const columns = Object.keys(EXPECTED.customers[0] ?? {});
  const published = (await folder.rows()).map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
  const expected = EXPECTED.customers.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, MONEY.has(name) && value !== null ? Number(value) : value])),
  );
  t.deepEqual(published, expected);
});

/** Further words of the command line: a folder of its own, and a service whose address names a user. */
const asked = (folder: RunFolder, service: PostcodeService): string[] =>
  [
    ...SOURCES.map((source) => `sources.${source}=${join(folder.dir, 'in', folder.names.get(source) ?? '')}`),
    `sources.postcodes=${service.url.replace('//', '//zyxomma:hunter2@')}`,
    `warehouse.path=${folder.warehouse}`,
    `state.dir=${folder.state}`,
    'quality.gates=off',
    'log.level=debug',
    'services.backoffMs=1',
  ].flatMap((it) => ['--set', it]);

async function scene(t: ExecutionContext) {
  const folder = await RunFolder.make(generated(150, 5));
  const service = await PostcodeService.start();
  t.teardown(() => Promise.all([folder.remove(), service.stop()]));
  return { folder, service };
}

serially('Ctrl-C ends a run whose service hangs', async (t) => {
  const { folder, service } = await scene(t);
  const isAsked = new Promise<void>((resolve) => {
    service.always = (...request) => {
      hangs(...request);
      resolve();
    };
  });
  const { child, ended } = startDaybook(['run', 'customer-360', ...asked(folder, service), '--set', 'services.timeoutMs=60000', '--json']);
  await isAsked;
  const sent = performance.now();
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  t.true(performance.now() - sent < 10_000, 'a request has a minute');
  t.is(code, 130, stderr);
  t.like(JSON.parse(stdout), { status: 'cancelled', load: {} });
});

serially('what a run goes without is told on screen, in the summary and the log; no postcode, user or password ever is', async (t) => {
  const { folder, service } = await scene(t);
  service.next.push((asked, response) => void response.end(JSON.stringify({ result: [{ query: asked.postcodes[0], result: { latitude: 999 } }] })));
  service.always = fails(500);
  const words = asked(folder, service);
  const said: string[] = [];
  for (const args of [
    ['run', 'customer-360'],
    ['runs', 'show', 'latest'],
    ['rejects', 'show', 'latest', '--source', 'postcodes'],
    ['rejects', 'export', 'latest', '--format', 'ndjson'],
    ['logs', '--level', 'debug'],
    ['config', 'show', 'customer-360'],
  ]) {
    const { code, out, err } = await daybook([...args, ...words], { columns: 400 });
    t.is(code, 0, `${args.join(' ')}: ${err}`);
    said.push(out, err);
  }
  const notice = /1\d\d records of "crm" could not be looked up in "postcodes": the service http:\/\/127\.0\.0\.1:\d+ did not answer for all/;
  t.regex((said[0] ?? '').replaceAll(/\s+/g, ' '), notice, 'the summary');
  t.regex(said[1] ?? '', notice, 'stderr');
  t.regex((said[2] ?? '').replaceAll(/\s+/g, ' '), notice, 'runs show');
  t.regex(said[4] ?? '', /latitude\.invalid/, 'the refused answer');
  t.regex(said[8] ?? '', notice, 'the log');
  t.regex(said[10] ?? '', /http:\/\/•••@127\.0\.0\.1/);
  const marks = ['zyxomma', 'hunter2', ...service.asked.flatMap((postcode) => [postcode, postcode.replace(' ', '')])];
  t.true(marks.length > 100);
  for (const file of await readdir(folder.state, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || file.name.endsWith('.parquet')) continue;
    const bytes = await readFile(join(file.parentPath, file.name), 'latin1');
    t.is(
      marks.find((mark) => bytes.includes(mark)),
      undefined,
      file.name,
    );
  }
  for (const text of said)
    t.is(
      marks.find((mark) => text.includes(mark)),
      undefined,
    );
});

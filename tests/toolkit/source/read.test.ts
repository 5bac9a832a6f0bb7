import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { charts, check, contract, count, DaybookError, desc, eq, id, read, show, text } from 'daybook';

const people = contract('people', { id: id({ title: 'Number' }), name: text({ title: 'Name' }) }, { key: 'id' });
let folder = '';
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-read-test-'));
});
test.after.always(() => rm(folder, { recursive: true, force: true }));

test('reads a CSV with the columns of its header, and counts what is malformed', async (t) => {
  const path = join(folder, 'people.csv');
  await writeFile(path, '\ufeffid,name,town\n1,Ann,York\n2,Bob\n3,,Leeds\n1,Ada,Hull\n');
  const raw = await read(path);
  t.deepEqual(raw.columns, ['id', 'name', 'town']);
  t.is(raw.extract.malformed.length, 1);
  const { accepted, counts } = await check(people, raw);
  t.deepEqual(counts.rows, { read: 4, accepted: 2, rejected: 2, warned: 1 });
  t.deepEqual((await accepted.orderby('id').collect()).objects(), [
    { id: 1, name: 'Ada' },
    { id: 3, name: null },
  ]);
});

test('a frame that was read answers a question as it is', async (t) => {
  const path = join(folder, 'towns.csv');
  await writeFile(path, 'id,town\n1,York\n2,York\n3,Hull\n');
  const towns = await read(path, { columns: ['town'] });
  const table = await towns
    .groupby('town')
    .rollup(() => ({ people: count() }))
    .orderby(desc('people'))
    .collect();
  t.deepEqual(table.objects(), [
    { town: 'York', people: 2 },
    { town: 'Hull', people: 1 },
  ]);
});

test('JSON is read by the columns that are named, and asks for them otherwise', async (t) => {
  const path = join(folder, 'orders.ndjson');
  await writeFile(path, '{"order_id": 1, "amount": 12.340}\n{"order_id": 2}\n');
  t.deepEqual((await (await read(path, { columns: ['order_id', 'amount'] })).collect()).objects(), [
    { order_id: '1', amount: '12.34' },
    { order_id: '2', amount: null },
  ]);
  const fault = await t.throwsAsync<DaybookError>(read(path), { instanceOf: DaybookError });
  t.is(fault?.code, 'source.columns-needed');
  t.is(fault?.fix, "Name those that you want: read(path, { columns: ['order_id', 'amount'] }).");
  await writeFile(path, '{"": 1}\n{"": 2}\n');
  t.is((await t.throwsAsync<DaybookError>(read(path)))?.fix, 'Look at the file: none of its records has a member whose name can be a column.');
});

test('a header that semicolons, tabs or bars separate is refused, not read as one column', async (t) => {
  const path = join(folder, 'umsatz.csv');
  for (const [text, words] of [
    ['\ufeffNr;Ort;"Umsatz, netto"\r\n1;Köln;1.234,50\r\n', 'semicolons'],
    ['a\tb\n1\t2\n', 'tabs'],
    ['a|b\n1|2\n', 'vertical bars'],
  ] as const) {
    await writeFile(path, text);
    const fault = await t.throwsAsync<DaybookError>(read(path), { instanceOf: DaybookError });
    t.is(fault?.message, `The header of "umsatz.csv" seems to be separated by ${words}, not commas.`);
  }
});

test('a first record in the place of a header is refused, and nothing of it is said', async (t) => {
  const path = join(folder, 'headless.csv');
  for (const person of ['Ann,ann.lee@example.org', 'Ann,01314 960380', 'Ann,"+44 (0)20 7946 0018"', 'Ann,DD6 6AB']) {
    await writeFile(path, `1,${person}\n2,Bob,x\n`);
    const fault = await t.throwsAsync<DaybookError>(() => read(path));
    t.is(fault?.code, 'source.no-header');
    t.notRegex(`${fault?.message} ${fault?.fix} ${JSON.stringify(fault?.params)}`, /Ann|lee|0131|7946|DD6/);
  }
  await writeFile(path, 'id,2024,m3 1st,e-mail,phone 0800\n1,2,3,4,5\n');
  t.deepEqual((await read(path)).columns as readonly string[], ['id', '2024', 'm3 1st', 'e-mail', 'phone 0800']);
});

test('any name of a header is a column: read, shown, renamed, joined and charted as it stands', async (t) => {
  const names = ['*', '"x"', 'row', 'rowid', 'new\nline', "it's", 'a[0].b', 'constructor', 'COLUMNS(*)', '😀', 'n'.repeat(200)];
  const path = join(folder, 'odd.csv');
  const lines = [names.map((name) => `"${name.replaceAll('"', '""')}"`), ...[1, 2].map((row) => names.map((_, i) => `v${row}_${i}`))];
  await writeFile(path, `${lines.map((fields) => ['', ...fields].join(',')).join('\n')}\n`);
  const raw = await read(path);
  t.deepEqual(raw.columns as readonly string[], names);
  const last = (await raw.filter((c) => eq(c['*'] as never, 'v2_0')).collect()) as unknown as { get(column: string, row: number): unknown };
  for (const [i, name] of names.entries()) {
    t.is(last.get(name, 0), `v2_${i}`, name);
    const renamed = await raw
      .rename({ [name]: 'was' })
      .select('was')
      .collect();
    t.deepEqual(renamed.array('was'), [`v1_${i}`, `v2_${i}`], name);
    const joined = raw.select(name).join(
      raw
        .select(name)
        .dedupe(name)
        .groupby(name)
        .rollup(() => ({ many: count() })),
      name,
    );
    t.is(await joined.derive((c) => ({ copy: c[name] as never })).count(), 2, name);
    t.is((await charts.distribution(raw, name)).table.length, 2, name);
  }
  t.regex(await show(raw).text(), /v2_9\n/);
});

test('a table that is shown says how many records of its file are not in it', async (t) => {
  const path = join(folder, 'torn.csv');
  await writeFile(path, 'id,town\n1,York\n2\n');
  t.regex(await show(await read(path)).text(), /1 row × 2 columns; 1 record of the file could not be read, extract\.malformed has it$/);
});

test('no such file says so', async (t) => {
  const fault = await t.throwsAsync<DaybookError>(read(join(folder, 'none.csv')), { instanceOf: DaybookError });
  t.is(fault?.exit, 66);
});

test('a column that is called row is checked as any other, of the file itself and of a frame made of it', async (t) => {
  const path = join(folder, 'row.csv');
  await writeFile(path, 'id,row,name\n1,7,a\n2\n2,7,b\n2,9,c\n');
  const rows = contract('rows', { id: id({ title: 'Number' }), place: text({ title: 'Place', from: ['row'] }) }, { key: 'id' });
  const raw = await read(path, { columns: ['id', 'row', 'name'] });
  for (const frame of [raw, raw.filter((c) => eq(c.id, c.id))]) {
    const { accepted, counts, broken } = await check(rows, frame);
    t.is(counts.rules['id.duplicate'], 1);
    t.deepEqual((await accepted.orderby('id').collect()).array('place'), ['7', '9']);
    t.deepEqual((await broken.collect()).array('row'), [2]);
  }
});

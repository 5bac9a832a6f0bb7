import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { Session } from 'daybook';
import { profileFiles } from '../../../toolkit/profile/profile-files.ts';

const opened = Session.open({ threads: 2 });
const signal = new AbortController().signal;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

function files(t: ExecutionContext, contents: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-profile-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return Object.entries(contents).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

test('references between files are found with their share, and columns of JSON by its members', async (t) => {
  const people = `customer_id,town\n${times(30, (i) => `${100 + i},T${i}`).join('\n')}\n`;
  const orders = times(40, (i) => JSON.stringify(i % 2 === 0 ? { order_id: 1 + i, customer_ref: 100 + i } : { order_id: 1 + i, cust: 100 + i }));
  const session = await opened;
  const found = await profileFiles(files(t, { 'people.csv': people, 'orders.ndjson': orders.join('\n') }), { session, values: false, signal });
  t.deepEqual(found.references, [
    { from: { file: 'orders.ndjson', column: 'customer_ref' }, to: { file: 'people.csv', column: 'customer_id' }, present: 20, found: 15 },
    { from: { file: 'orders.ndjson', column: 'cust' }, to: { file: 'people.csv', column: 'customer_id' }, present: 20, found: 15 },
  ]);
  t.deepEqual(found.files[1]?.alternatives, [['customer_ref', 'cust']]);
});

test('numbers of which a few come often are codes, and refer to the file that names them', async (t) => {
  const calls = times(300, (i) => `${i},C${String(i % 3 === 0 ? 100 + (i % 90) : i % 5).padStart(5, '0')},${['GB', 'DE', 'FR'][i % 3]}`);
  const session = await opened;
  const named = {
    'calls.csv': `call,caller,country\n${calls.join('\n')}\n`,
    'clients.csv': `id\n${times(220, (i) => `C${String(i).padStart(5, '0')}`).join('\n')}\n`,
    'countries.csv': 'code,name\nGB,Great Britain\nDE,Germany\nFR,France\nNL,Netherlands\n',
  };
  const found = await profileFiles(files(t, named), { session, values: false, signal });
  t.like(found.files[0]?.columns[1], { type: 'code', fits: 300, unfit: 0 });
  t.deepEqual(
    found.references.map(({ from, to, found: n }) => [from.column, to.file, to.column, n]),
    [
      ['caller', 'clients.csv', 'id', 300],
      ['country', 'countries.csv', 'code', 300],
    ],
  );
});

test('a few words that a column shares with a key of another name are no reference', async (t) => {
  const named = {
    'points.csv': `y,label\n${times(8, (i) => `P${i},L${i}`).join('\n')}\n`,
    'visits.csv': `visit,grade\n${times(60, (i) => `${i},P${i % 4}`).join('\n')}\n`,
  };
  const { references } = await profileFiles(files(t, named), { session: await opened, values: false, signal });
  t.deepEqual(references, []);
});

test('records that cannot be read, and columns without a name, are told', async (t) => {
  const session = await opened;
  const {
    files: [file],
  } = await profileFiles(files(t, { 'x.csv': 'id,,a\n1,,b\n2\n3,,c"d\n' }), { session, values: false, signal });
  t.like(file, { rows: 1, notes: ['A column has no name and was left out.'] });
  t.deepEqual(file?.malformed, {
    count: 2,
    first: [
      { line: 3, reason: 'width' },
      { line: 4, reason: 'quote-in-field' },
    ],
  });
});

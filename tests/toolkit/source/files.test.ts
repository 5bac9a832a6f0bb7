import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { readCsv, resolveFiles } from '../../../toolkit/source/index.ts';
import { folder, optionsOf, SHAPE, session } from './room.ts';

const root = join(folder, 'globs');
for (const name of ['a', 'a/b', 'a/b/c', '.hidden', 'x[1]', 'y[1]', 'crm-3.csv']) mkdirSync(join(root, name), { recursive: true });
for (const name of [
  'crm-1.csv',
  'crm-10.csv',
  'crm-2.csv',
  'crm-é.csv',
  'crm-\u{1f600}.csv',
  'crm-\uffee.csv',
  'Crm-0.csv',
  '.crm-0.csv',
  'orders.json',
  'what?.csv',
  'a/crm-7.csv',
  'a/b/crm-8.csv',
  'a/b/c/orders.json',
  '.hidden/crm-9.csv',
  'x[1]/crm-5.csv',
]) {
  writeFileSync(join(root, name), '');
}
symlinkSync(join(root, 'a'), join(root, 'link'));
symlinkSync(join(root, 'crm-1.csv'), join(root, 'crm-link.csv'));

/** A pattern gives these files, in this order. */
const gives = async (t: ExecutionContext, pattern: string, expected: readonly string[]) =>
  t.deepEqual(
    (await resolveFiles('crm', `${root}/${pattern}`)).map((path) => path.slice(root.length + 1)),
    [...expected],
  );

test('a path', gives, 'crm-1.csv', ['crm-1.csv']);
test('a star, in byte order of the names, folders and hidden files left out', gives, 'crm-*.csv', [
  'crm-1.csv',
  'crm-10.csv',
  'crm-2.csv',
  'crm-link.csv',
  'crm-é.csv',
  'crm-\uffee.csv',
  'crm-\u{1f600}.csv',
]);
test('a question mark', gives, 'crm-?.csv', ['crm-1.csv', 'crm-2.csv', 'crm-é.csv', 'crm-\uffee.csv']);
test('a class', gives, 'crm-[0-9].csv', ['crm-1.csv', 'crm-2.csv']);
test('a class that excludes', gives, 'crm-[!13-9].csv', ['crm-2.csv', 'crm-é.csv', 'crm-\uffee.csv']);
test('alternatives', gives, '{orders.json,crm-{2,1}.csv,none}', ['crm-1.csv', 'crm-2.csv', 'orders.json']);
test('alternatives over folders', gives, '{a,a/b}/*.csv', ['a/b/crm-8.csv', 'a/crm-7.csv']);
test('any depth, links followed', gives, '**/crm-[78].csv', ['a/b/crm-8.csv', 'a/crm-7.csv', 'link/b/crm-8.csv', 'link/crm-7.csv']);
test('any depth, this folder too', gives, '**/orders.json', ['a/b/c/orders.json', 'link/b/c/orders.json', 'orders.json']);
test('any depth in the middle', gives, 'a/**/orders.json', ['a/b/c/orders.json']);
test('a star for a folder follows links', gives, '*/crm-7.csv', ['a/crm-7.csv', 'link/crm-7.csv']);
test('a file that is named like a pattern', gives, 'what?.csv', ['what?.csv']);
test('a pattern below a folder that is named like one', gives, 'x\\[1\\]/crm-*.csv', ['x[1]/crm-5.csv']);

/** A path or a pattern is refused. */
async function refused(t: ExecutionContext, pattern: string, code: string, exit: number): Promise<void> {
  const fault = await t.throwsAsync<DaybookError>(resolveFiles('crm', pattern.replace('ROOT', root)), { instanceOf: DaybookError });
  t.is(fault?.code, code as DaybookError['code']);
  t.is(fault?.exit, exit as DaybookError['exit']);
  t.regex(fault?.fix ?? '', /sources\.crm|right to read/);
}
test('no such file', refused, 'ROOT/none.csv', 'source.not-found', 66);
test('no such folder', refused, 'ROOT/none/crm.csv', 'source.not-found', 66);
test('a file in a folder’s place', refused, 'ROOT/crm-1.csv/x.csv', 'source.not-found', 66);
test('a folder in a file’s place', refused, 'ROOT/crm-3.csv', 'source.folder', 66);
test('a device', refused, '/dev/null', 'source.not-a-file', 66);
test('a pattern that matches nothing', refused, 'ROOT/none-*.csv', 'source.no-match', 66);
test('a pattern that matches folders alone', refused, 'ROOT/crm-[3].csv', 'source.no-match', 66);
test('a pattern below a folder that is not there', refused, 'ROOT/none/*.csv', 'source.no-match', 66);

const asRoot = process.getuid?.() === 0;
(asRoot ? test.skip : test)('a file without permission', async (t) => {
  const path = join(root, 'secret.csv');
  writeFileSync(path, '');
  chmodSync(path, 0);
  await refused(t, path, 'source.not-permitted', 77);
});

test('a file whose path holds what the engine takes for a pattern', async (t) => {
  const path = join(root, 'y[1]', "it's *?{a,b}.csv");
  writeFileSync(path, 'id,a,b\n1,x,y\n');
  const extract = await readCsv(await session(), SHAPE, [path], optionsOf());
  t.is(extract.files[0]?.pathTaken, 'plain');
  t.is(await extract.frame.count({ session: await session() }), 1);
});

test('a file that goes away between finding and reading', async (t) => {
  const fault = await t.throwsAsync<DaybookError>(readCsv(await session(), SHAPE, [join(root, 'gone.csv')], optionsOf()));
  t.is(fault?.code, 'source.not-found');
});

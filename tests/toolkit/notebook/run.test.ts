import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {
  type CellRunner,
  compilerFor,
  NotebookSession,
  notebookText,
  parseParameters,
  readNotebook,
  runNotebook,
  withParameters,
} from '../../../toolkit/notebook/index.ts';
import { ROOT } from '../../run-in-folder.ts';

const compiler = compilerFor({ folder: ROOT, packageRoot: ROOT });
const set = (code: string, ...words: string[]) => withParameters(code, parseParameters(words), { path: 'n.ipynb', compiler });

test('a parameter gives the same text as editing by hand, whatever the value', (t) => {
  const cell = (region: unknown, limit: unknown, dry: unknown) =>
    `// the defaults\nconst region: string = ${region}; let limit = ${limit}, dry = ${dry};\nfunction what() { return \`\${region} \${limit}\` }`;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), (region, limit, dry) => {
      const given = set(cell('"north"', '0.2', 'false'), `region=${region}`, `limit=${limit}`, `dry=${dry}`);
      t.is(given, cell(JSON.stringify(region), String(Number(String(limit))), dry));
    }),
    { numRuns: 15 },
  );
});

test('a value is written by its type', (t) => {
  t.is(set(`const code = '1'`, 'code=007'), `const code = "007"`);
  t.is(set('const n = 1', 'n=007'), 'const n = 7');
  t.is(set('const n: number | null = 1', 'n=null'), 'const n: number | null = null');
  t.is(set(`const text: string | null = 'a'`, 'text=null'), 'const text: string | null = null');
  t.is(set(`const day: 'mon' | 'tue' = 'mon'`, 'day=tue'), `const day: 'mon' | 'tue' = "tue"`);
  t.is(set('const ids = [1]', 'ids=[1, 2]'), 'const ids = [1,2]');
  t.is(set(`const text = 'a'`, 'text=a=b'), `const text = "a=b"`);
});

const refused = test.macro((t, code: string, word: string, message: RegExp) => {
  t.throws(() => set(code, word), { name: 'DaybookError', message });
});
test('an unknown name is refused with the nearest', refused, 'const region = "a"', 'regoin=b', /no parameter "regoin"\. Did you mean "region"\?/);
test('a number must be one', refused, 'const rate = 0.2', 'rate=high', /"rate" must be a number/);
test('a flag must be one', refused, 'const dry = true', 'dry=yes', /"dry" must be true or false/);
test(
  'a word must be one of those there are',
  refused,
  `const day: 'mon' | 'tue' = 'mon'`,
  'day=mno',
  /"day" must be "mon" or "tue"\. Did you mean "mon"\?/,
);
test('what no command line can give is refused', refused, 'const today = new Date()', 'today=2026-01-01', /"today" must be JSON of the type Date/);
test('a word without a value is no parameter', refused, 'const a = 1', 'a', /"a" is no parameter/);
test('a value that is given twice is refused', (t) => {
  t.throws(() => parseParameters(['a=1', 'a=2']), { message: /"a=2" is no parameter/ });
});

test('what is not touched in a file is written as it was', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-notebook-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const notebook = {
    cells: [{ cell_type: 'markdown', id: 'a', metadata: { b: 1, a: [] }, source: ['é\n', 'x'] }],
    metadata: { z: {} },
    nbformat: 4,
    nbformat_minor: 5,
  };
  for (const [indent, end] of [
    [1, '\n'],
    [2, ''],
    ['\t', '\n'],
  ] as const) {
    const text = JSON.stringify(notebook, null, indent) + end;
    const file = join(folder, 'n.ipynb');
    writeFileSync(file, text);
    t.is(notebookText(readNotebook(file)), text);
    t.is(readFileSync(file, 'utf8'), text);
  }
});

test('a cell that is not as notebooks have it is refused with its number and what it lacks', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-notebook-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'n.ipynb');
  const refused = (cell: object, message: RegExp) => {
    writeFileSync(file, JSON.stringify({ cells: [{ cell_type: 'markdown', source: '' }, cell], nbformat: 4, nbformat_minor: 5 }));
    t.throws(() => readNotebook(file), { name: 'DaybookError', message });
  };
  refused({ cell_type: 'code' }, /cell 2 has no source/);
  refused({ cell_type: 'code', source: '', metadata: { tags: 5 } }, /cell 2 has no metadata\.tags/);
  refused({ cell_type: 'code', source: '', outputs: [{ output_type: 'stream', name: 'stdout' }] }, /cell 2 has no outputs\.0\.text/);
  refused({ cell_type: 'code', source: '', outputs: [{ output_type: 'display_data' }] }, /cell 2 has no outputs\.0\.data/);
});

test('a run keeps text and order, and clears what was there', async (t) => {
  const runner: CellRunner = {
    async execute(code, count, sink) {
      sink({ kind: 'stream', stream: 'stdout', text: 'one\ntw' });
      sink({ kind: 'stream', stream: 'stdout', text: 'o' });
      sink({ kind: 'display', data: { 'text/plain': 'v1', 'image/png': 'QUJD' }, metadata: {}, displayId: 'd', isUpdate: false });
      sink({ kind: 'display', data: { 'application/json': { a: 1 } }, metadata: {}, displayId: 'd', isUpdate: true });
      sink({ kind: 'result', data: { 'text/plain': `${code} ${count}` } });
      return { error: null, lost: [], isOutOfMemory: false };
    },
    stop() {},
  };
  const given = {
    cells: [
      {
        cell_type: 'code',
        metadata: {},
        source: 'a',
        outputs: [{ output_type: 'stream' as const, name: 'stdout' as const, text: 'old' }],
        execution_count: 9,
      },
      { cell_type: 'code', metadata: {}, source: '  ', outputs: [], execution_count: 8 },
      { cell_type: 'raw', metadata: {}, source: 'x' },
    ],
    nbformat: 4,
    nbformat_minor: 5,
  };
  const { notebook, cells } = await runNotebook(given, { runner, timeoutMs: null, parametersCode: null, elapsedMs: () => 0 });
  t.deepEqual(notebook.cells[0]?.outputs, [
    { output_type: 'stream', name: 'stdout', text: ['one\n', 'two'] },
    { output_type: 'display_data', data: { 'application/json': { a: 1 } }, metadata: {} },
    { output_type: 'execute_result', execution_count: 1, data: { 'text/plain': ['a 1'] }, metadata: {} },
  ]);
  t.is(notebook.cells[1]?.execution_count, null);
  t.is(cells.length, 1);
  t.is(given.cells[0]?.execution_count, 9);
});

test('a process of the cells that cannot be started costs the cell, and is tried again with the next one', async (t) => {
  const workingFolder = mkdtempSync(join(tmpdir(), 'daybook-notebook-'));
  rmSync(workingFolder, { recursive: true });
  const session = new NotebookSession({ folder: join(ROOT, 'notebooks'), workingFolder, packageRoot: ROOT });
  t.teardown(() => session.close());
  const { error } = await session.execute('1', 1, () => {});
  t.is(error?.name, 'KernelRestarted');
  t.regex(error?.message ?? '', /It had not run any cell yet/);
  mkdirSync(workingFolder);
  t.teardown(() => rmSync(workingFolder, { recursive: true }));
  await session.execute('1', 2, () => {});
  const shown: unknown[] = [];
  await session.execute('1 + 1', 3, (output) => shown.push(output));
  t.like(shown, [{ kind: 'result', data: { 'text/plain': '2' } }]);
});

test('a module of one’s own that has changed since it was loaded is refused until a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-notebook-'));
  const session = new NotebookSession({ folder, workingFolder: folder, packageRoot: ROOT });
  t.teardown(async () => {
    await session.close();
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'rates.ts');
  const cell = `import { rate } from './rates.ts'; rate`;
  writeFileSync(file, 'export const rate: number = 1;');
  t.is((await session.execute(cell, 1, () => {})).error, null);
  t.is((await session.execute(cell, 2, () => {})).error, null);
  writeFileSync(file, `export const rate: string = 'a';`);
  utimesSync(file, 1, 1);
  t.regex((await session.execute(cell, 3, () => {})).error?.message ?? '', /"\.\/rates\.ts" has changed since it was loaded\. Restart the kernel/);
});

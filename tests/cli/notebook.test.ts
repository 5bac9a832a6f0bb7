import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Notebook } from '../../toolkit/notebook/format/notebook-file.ts';
import { daybook, folder } from './scene.ts';

/** A notebook of code cells; the first takes parameters. */
function notebookIn(path: string, ...sources: string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${i}`,
    metadata: i === 0 ? { tags: ['parameters'] } : {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const file = join(path, 'given.ipynb');
  writeFileSync(file, `${JSON.stringify({ cells, metadata: { language_info: { name: 'typescript' } }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`);
  return file;
}
const outputsOf = (file: string): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as Notebook).cells.map(({ outputs }) =>
    (outputs ?? [])
      .map((it) => ('text' in it ? [it.text].flat().join('') : 'data' in it ? [it.data['text/plain']].flat().join('') : `${it.ename}: ${it.evalue}`))
      .join('|'),
  );

const RATE = 'const rate: number = 0.2; function price(n: number) { return n * rate }';

test('a module of one’s own is loaded from a folder that says nothing of its modules, and a table of Arquero is shown as one', async (t) => {
  const place = folder(t);
  writeFileSync(join(place, 'own.ts'), 'export const twice = (n: number): number => n * 2;\nexport default class Kept {}\n');
  const file = notebookIn(
    place,
    `import Kept, { twice } from './own.ts'; [twice(2), new Kept()]`,
    `(await import('./own.ts')).twice(3)`,
    `import { table } from 'arquero'; table({ a: [1] })`,
  );
  const output = join(place, 'out.ipynb');
  const { code, err } = await daybook(['notebook', 'run', file, '--output', output], { cwd: place });
  t.is(code, 0, err);
  const [modules, dynamic, table] = outputsOf(output);
  t.deepEqual([modules, dynamic], ['[ 4, Kept {} ]', '6']);
  t.regex(table ?? '', /1 row × 1 column$/);
});

test('what a callback prints or throws after its cell has ended is in the outputs of that cell, or of the next that has begun by then', async (t) => {
  t.timeout(180_000);
  const place = folder(t);
  const late = `setTimeout(() => { console.log('printed late'); throw new Error('thrown late'); }, 1); 0`;
  const file = notebookIn(place, late, 'await new Promise((done) => setTimeout(done, 500)); 1');
  for (const way of [[], ['--kernel']]) {
    const output = join(place, 'out.ipynb');
    const { err } = await daybook(['notebook', 'run', file, '--output', output, ...way], { cwd: place });
    t.regex(outputsOf(output).join('|'), /printed late\n\|+Error: thrown late\n +at Cell \[1\]:1/, err);
  }
});

test('what a callback throws while the value of its cell is shown fails the cell', async (t) => {
  const place = folder(t);
  const value = `new Promise((shown) => setTimeout(() => { setTimeout(() => shown({ 'text/plain': 'p' })); throw new Error('while shown'); }))`;
  const file = notebookIn(place, `({ [Symbol.for('daybook.display')]: () => ${value} })`);
  const { code, err } = await daybook(['notebook', 'run', file, '--output', join(place, 'out.ipynb')], { cwd: place });
  t.is(code, 65);
  t.regex(err, /Cell "1" failed: Error: while shown/);
});

test('a notebook runs with a parameter as if it had been edited by hand, in process and through the real kernel', async (t) => {
  t.timeout(180_000);
  const place = folder(t);
  const file = notebookIn(place, RATE, `console.log('é', price(100)); ({ rate })`);
  const before = readFileSync(file, 'utf8');
  const texts: string[] = [];
  for (const [name, ...words] of [
    ['process', '-p', 'rate=0.5'],
    ['kernel', '-p', 'rate=0.5', '--kernel'],
  ] as [string, ...string[]][]) {
    const output = join(place, `${name}.ipynb`);
    const { code, out, err } = await daybook(['notebook', 'run', file, ...words, '--output', output, '--json'], { cwd: place });
    t.is(code, 0, err);
    t.like(JSON.parse(out), {
      schema: 'daybook.notebook-run/1',
      status: 'succeeded',
      error: null,
      cells: [{ cell: 1 }, { cell: 2, executionCount: 2 }],
    });
    t.regex(err, /cell 2 of 2 {2}\[2\] {2}\d+\.\d\d s {2}succeeded/);
    t.deepEqual(outputsOf(output), ['', 'é 50\n|{ rate: 0.5 }']);
    texts.push(readFileSync(output, 'utf8'));
  }
  t.is(texts[0], texts[1]);
  const byHand = notebookIn(folder(t), RATE.replace('0.2', '0.5'), `console.log('é', price(100)); ({ rate })`);
  const output = join(place, 'by-hand.ipynb');
  t.is((await daybook(['notebook', 'run', byHand, '--output', output])).code, 0);
  t.is(texts[0], readFileSync(output, 'utf8'));
  t.is(readFileSync(file, 'utf8'), before);
});

test('the first cell that fails ends the run, is named with its line, and is in the output', async (t) => {
  const place = folder(t);
  const file = notebookIn(place, 'const a = 1', '// second\nthrow new Error("no luck")', 'console.log("never")');
  const output = join(place, 'out.ipynb');
  const { code, out, err } = await daybook(['notebook', 'run', file, '--output', output, '--json'], { cwd: place });
  t.is(code, 65);
  t.regex(err, /Cell "2" failed: Error: no luck\n {2}at given\.ipynb.*cell 2, line 2\nFix: /);
  t.like(JSON.parse(out), { status: 'failed', error: { code: 'notebook.cell-failed', cell: 2, line: 2 } });
  t.deepEqual(outputsOf(output), ['', 'Error: no luck', '']);
});

test('a cell that Daybook refuses ends with the remedy of that fault, and its traceback is of the cell alone', async (t) => {
  const place = folder(t);
  const file = notebookIn(place, 'const a = 1', `import { frameOf } from 'daybook';\nframeOf([{ town: 'York' }]).select('twon' as never);`);
  const output = join(place, 'out.ipynb');
  const { code, err } = await daybook(['notebook', 'run', file, '--output', output], { cwd: place });
  t.is(code, 65);
  t.regex(err, /Cell "2" failed: DaybookError: .*"twon".*\n.*cell 2, line 2\nFix: /);
  t.notRegex(err, /Fix: Correct the cell/);
  t.notRegex(readFileSync(output, 'utf8'), /toolkit\//);
});

test('an endless loop ends at its time, memory at its limit, through the real kernel too', async (t) => {
  t.timeout(120_000);
  const place = folder(t);
  const output = join(place, 'out.ipynb');
  const late = await daybook(['notebook', 'run', notebookIn(place, 'const kept = 1', 'while (true) {}'), '--timeout', '3s', '--output', output]);
  t.is(late.code, 75, late.err);
  t.regex(late.err, /Cell "2" did not end within 3\.00 s/);
  t.regex(outputsOf(output)[1] ?? '', /^Timeout: /);
  const held = `const held: Buffer[] = []; for (;;) { held.push(Buffer.alloc(20e6, 1)); await new Promise((done) => setTimeout(done, 5)); }`;
  const greedy = notebookIn(place, 'const kept = 1', held);
  for (const way of [[], ['--kernel']]) {
    const big = await daybook(['notebook', 'run', greedy, '--memory', '400MB', '--timeout', '60s', '--output', output, ...way]);
    t.is(big.code, 75, big.err);
    t.regex(big.err, /Cell "2" needed more memory than 400000000 bytes/);
    t.regex(outputsOf(output)[1] ?? '', /^OutOfMemory: The memory limit was reached/);
  }
});

const refused = test.macro(async (t, words: readonly string[], code: number, what: RegExp) => {
  const place = folder(t);
  notebookIn(place, RATE);
  writeFileSync(join(place, 'torn.ipynb'), '{"cells": [');
  writeFileSync(join(place, 'old.ipynb'), '{"worksheets": [], "nbformat": 3}');
  writeFileSync(join(place, 'snake.ipynb'), '{"cells": [], "nbformat": 4, "metadata": {"kernelspec": {"language": "python"}}}');
  const said = await daybook(['notebook', 'run', ...words], { cwd: place });
  t.is(said.code, code, said.err);
  t.regex(said.err, what);
  t.false(existsSync(join(place, 'out.ipynb')));
});
const RUN = ['given.ipynb', '--output', 'out.ipynb'];
test('a parameter of the wrong type is refused', refused, [...RUN, '-p', 'rate=high'], 64, /"rate" must be a number/);
test('an unknown parameter is refused with the nearest', refused, [...RUN, '-p', 'rat=1'], 64, /no parameter "rat"\. Did you mean "rate"\?/);
test('the notebook itself is no output', refused, ['given.ipynb', '--output', './given.ipynb'], 64, /is the notebook itself/);
test('a notebook that is not there is named', refused, ['other.ipynb'], 66, /"other\.ipynb" cannot be read|other\.ipynb/);
test('a torn notebook is refused', refused, ['torn.ipynb'], 65, /is no notebook: it is no JSON/);
test('a notebook of another format is refused by it', refused, ['old.ipynb'], 65, /is no notebook: it is of format 3, not 4/);
test('a notebook in another language is refused by its name', refused, ['snake.ipynb'], 65, /is a notebook in "python", not in TypeScript/);
test(
  'an output in a folder that is not there is refused before anything runs',
  refused,
  ['given.ipynb', '--output', 'no/out.ipynb'],
  73,
  /the folder does not exist/,
);
test('a time without a unit is refused', refused, [...RUN, '--timeout', '90'], 64, /"--timeout" must be a time such as 90s/);

test('install writes a spec that starts from any folder', async (t) => {
  const place = folder(t);
  const { code, out } = await daybook(['notebook', 'install', '--prefix', place]);
  t.is(code, 0);
  const kernel = join(place, 'share/jupyter/kernels/daybook');
  t.is(out, `${kernel}\n`);
  const spec = JSON.parse(readFileSync(join(kernel, 'kernel.json'), 'utf8')) as { argv: string[]; language: string };
  t.is(spec.language, 'typescript');
  t.deepEqual(spec.argv.slice(-2), ['--config-path', '{connection_file}']);
  t.true(spec.argv.slice(0, -2).every((word) => word.startsWith('/') || word.startsWith('-') || word.startsWith('file:')));
  const own = await daybook(['notebook', 'install'], { env: { HOME: place, XDG_DATA_HOME: join(place, 'data') } });
  t.is(own.out, `${join(place, 'data/jupyter/kernels/daybook')}\n`);
  writeFileSync(join(place, 'file'), '');
  t.is((await daybook(['notebook', 'install', '--prefix', join(place, 'file')])).code, 73);
});

test('open starts what there is with the kernel on its path, and says how to get it where there is nothing', async (t) => {
  const place = folder(t);
  const none = await daybook(['notebook', 'open'], { env: { PATH: place } });
  t.is(none.code, 69);
  t.regex(none.err, /pip install jupyterlab.*apt-get install jupyter-notebook/);
  mkdirSync(join(place, 'bin'));
  const program = join(place, 'bin/jupyter-lab');
  writeFileSync(
    program,
    `#!/bin/sh\necho "$@" > ${place}/said\npwd >> ${place}/said\ncat "\${JUPYTER_PATH%%:*}/kernels/daybook/kernel.json" >> ${place}/said\n`,
  );
  chmodSync(program, 0o755);
  const file = notebookIn(place, '1');
  const { code } = await daybook(['notebook', 'open', file], { env: { PATH: `${join(place, 'bin')}:/usr/bin:/bin` } });
  t.is(code, 0);
  const said = readFileSync(join(place, 'said'), 'utf8');
  t.regex(said, /^--no-browser given\.ipynb/);
  t.true(said.includes(`\n${place}\n`));
  t.regex(said, /"display_name": "TypeScript \(Daybook\)"/);
});

test('lint names file, cell and line, and its exit code tells', async (t) => {
  const place = folder(t);
  const file = notebookIn(place, 'const unused = 1', 'let n = 0; const f = () => n;', 'n = 1');
  const { code, out, err } = await daybook(['notebook', 'lint', 'given.ipynb'], { cwd: place });
  t.is(code, 65);
  t.regex(out, /^given\.ipynb: cell 1, line 1: error: The parameter "unused" is never used\. \[unused-parameter\]\n {2}Fix: /);
  t.regex(out, /cell 3, line 1: warning: /);
  t.is(err, '1 notebook, 2 findings.\n');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"parameters"', '"other"'));
  t.is((await daybook(['notebook', 'lint', file])).code, 0);
  const strict = await daybook(['notebook', 'lint', file, '--strict', '--json']);
  t.is(strict.code, 65);
  t.like(JSON.parse(strict.out), { schema: 'daybook.notebook-lint/1', findings: [{ rule: 'reassigned', severity: 'warning', cell: 3 }] });
});

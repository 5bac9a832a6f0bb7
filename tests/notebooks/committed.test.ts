import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Cell, Notebook } from '../../toolkit/notebook/format/notebook-file.ts';
import { daybook, folder, ROOT } from '../cli/scene.ts';
import { SLOW } from '../slow.ts';

const serially = SLOW ? test.serial : test.serial.skip;

const FOLDER = join(ROOT, 'notebooks');
const NOTEBOOKS = readdirSync(FOLDER).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
/** One that reads files, checks them and collects: what differs between a process and a kernel would show in it. */
const THROUGH_THE_KERNEL = '02-quality.ipynb';

const read = (file: string): Notebook => JSON.parse(readFileSync(file, 'utf8')) as Notebook;

/** What a cell gave, but for what may differ from machine to machine: the bytes of a picture. */
const outputsOf = ({ outputs = [] }: Cell): unknown[] =>
  outputs.map((output) =>
    'data' in output ? { ...output, data: { ...output.data, ...('image/png' in output.data && { 'image/png': 'a picture' }) } } : output,
  );

/** A warehouse that customer-360 has just published to. */
async function publishedTo(path: string): Promise<string> {
  const { code, err } = await daybook([
    'run',
    'customer-360',
    '--as-of',
    '2026-01-01',
    '--set',
    `warehouse.path=${path}`,
    '--set',
    `state.dir=${path}-state`,
  ]);
  if (code !== 0) throw new Error(err);
  return path;
}

const givesWhatIsCommitted = test.macro(async (t, name: string, ...words: string[]) => {
  t.timeout(300_000);
  const place = folder(t);
  const parameters = name === '05-answers.ipynb' ? ['-p', `warehouse=${await publishedTo(join(place, 'w.sqlite'))}`] : [];
  const [file, output] = [join(FOLDER, name), join(place, name)];
  const { code, err } = await daybook(['notebook', 'run', file, ...words, ...parameters, '--output', output, '--timeout', '120s']);
  t.is(code, 0, err);
  const [committed, given] = [read(file), read(output)];
  if (process.env['DAYBOOK_UPDATE_GOLDEN'] === '1') {
    committed.cells.forEach((cell, i) => {
      if (cell.cell_type === 'code') Object.assign(cell, { outputs: given.cells[i]?.outputs, execution_count: given.cells[i]?.execution_count });
    });
    writeFileSync(file, `${JSON.stringify(committed, null, 1)}\n`);
  }
  t.deepEqual(given.cells.map(outputsOf), committed.cells.map(outputsOf));
});

for (const name of NOTEBOOKS) serially(`${name}, run from nothing, gives what is committed`, givesWhatIsCommitted, name);
serially(`${THROUGH_THE_KERNEL} gives the same through the kernel and Jupyter's protocol`, givesWhatIsCommitted, THROUGH_THE_KERNEL, '--kernel');

test('the lint finds nothing in the notebooks', async (t) => {
  const { code, out, err } = await daybook(['notebook', 'lint', '--strict', ...NOTEBOOKS.map((name) => join(FOLDER, name))]);
  t.is(code, 0, `${out}${err}`);
});

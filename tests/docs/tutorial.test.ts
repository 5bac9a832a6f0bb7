import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Notebook } from '../../toolkit/notebook/format/notebook-file.ts';
import { daybook, folder, ROOT } from '../cli/scene.ts';
import { inkOf } from '../picture.ts';
import { SLOW } from '../slow.ts';

const PICTURE = join(ROOT, 'tickets.png');

const slowly = SLOW ? test : test.skip;
slowly('the cells of the tutorial run as they stand, and end with a chart and its picture', async (t) => {
  t.timeout(180_000);
  const page = readFileSync(join(ROOT, 'docs/TUTORIAL.md'), 'utf8');
  const sources = [...page.matchAll(/```ts\n(.*?)\n```/gs)].map(([, source = '']) => source);
  const cells = sources.map((source, i) => ({ cell_type: 'code', id: `c${i}`, metadata: {}, outputs: [], execution_count: null, source }));
  // Its data is the repository's, as the reader's is.
  const [file, output] = [join(ROOT, 'notebooks', `copy-${process.pid}-of-the-tutorial.ipynb`), join(folder(t), 'out.ipynb')];
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  t.teardown(() => {
    for (const path of [file, PICTURE]) rmSync(path, { force: true });
  });
  const { code, err } = await daybook(['notebook', 'run', file, '--output', output]);
  t.is(code, 0, err);
  const given = JSON.parse(readFileSync(output, 'utf8')) as Notebook;
  const shown = given.cells.map(({ outputs = [] }) => outputs.flatMap((it) => ('data' in it ? Object.keys(it.data) : [])));
  t.true(shown.some((types) => types.includes('image/png') && types.some((type) => type.includes('vegalite'))));
  t.true(existsSync(PICTURE) && inkOf(readFileSync(PICTURE)).share > 0.02);
});

import test from 'ava';
import { count, eq, sum, toWhole } from '../../../toolkit/frame/index.ts';
import { extractOf, rowsIn, session } from './room.ts';

const MB = 1 << 20;
const H = 'id,a,b\n';

test('a field of five megabytes is kept, plain, clean and rewritten', async (t) => {
  const field = 'é,"x\n'.repeat((5 * MB) / 6);
  const record = `1,"${field.replaceAll('"', '""')}",y\n`;
  for (const [as, content] of [
    ['csv', H + record],
    ['csv', `${H}bad\n${record}`],
    ['json', JSON.stringify({ id: 1, a: field, b: 'y' })],
  ] as const) {
    const extract = await extractOf(as, [content], { recordLimitBytes: 32 * MB, chunkBytes: MB });
    const rows = await rowsIn(extract);
    t.true(rows.length === 1 && rows[0]?.['a'] === field && rows[0]['b'] === 'y');
    await extract.discard();
  }
});

test('a record of 32 MB is kept and one byte more is malformed', async (t) => {
  const fits = 'x'.repeat(32 * MB - 3);
  const extract = await extractOf('csv', [`${H}1,${fits},\n2,${fits},y\n3,p,q\n`], { recordLimitBytes: 32 * MB });
  t.deepEqual(
    extract.malformed.map(({ record, reason }) => [record, reason]),
    [[2, 'too-long']],
  );
  const lengths = await rowsIn(extract);
  t.deepEqual(
    lengths.map(({ row, a }) => [row, a?.length]),
    [
      [1, fits.length],
      [3, 1],
    ],
  );
  await extract.discard();
});

/** Half a million records, so that the engine reads in parallel; every seventh over two lines, every thousandth malformed. */
test('row numbers and texts stay together in a large file with malformed records and quoted line ends', async (t) => {
  const records = Array.from({ length: 500_000 }, (_, i) =>
    i % 1000 === 999 ? 'bad' : `${i + 1 - Math.floor(i / 1000)},${i % 7 === 0 ? `"x\ny ${i}"` : `plain text ${i}`},"${i % 3 === 0 ? 'a, b' : ''}"`,
  );
  for (const [contents, taken] of [
    [[`${H}${records.join('\n')}\n`], 'copied'],
    [[0, 1, 2].map((part) => `${H}${records.slice(part * 150_000, part === 2 ? undefined : (part + 1) * 150_000).join('\r\n')}`), 'copied'],
    [[`${H}${records.filter((text) => text !== 'bad').join('\n')}`], 'plain'],
  ] as const) {
    const extract = await extractOf('csv', contents);
    t.is(extract.files[0]?.pathTaken, taken);
    const good = extract.frame.derive((c) => ({ number: toWhole(c['id'] as never) }));
    const all = await good
      .filter((c) => eq(c.number, c.row as never))
      .rollup((c) => ({ n: count(), total: sum(c.number) }))
      .collect({ session: await session() });
    t.is(extract.read, taken === 'plain' ? 499_500 : 500_000);
    t.is(extract.malformed.length, taken === 'plain' ? 0 : 500);
    if (taken === 'copied') t.is(all.get('n', 0), 499_500);
    else t.is(await extract.frame.count({ session: await session() }), 499_500);
    await extract.discard();
  }
});

test('rows of a large feed stay in order', async (t) => {
  const feed = Array.from({ length: 300_000 }, (_, i) => `{"id":${i + 1},"a":"text ${i}"}\n`).join('');
  const extract = await extractOf('json', [feed], { chunkBytes: 100_000 });
  const right = extract.frame.derive((c) => ({ number: toWhole(c['id'] as never) })).filter((c) => eq(c.number, c.row as never));
  t.is(await right.count({ session: await session() }), 300_000);
  await extract.discard();
});

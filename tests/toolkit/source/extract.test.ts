import { readFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { Places, readCsv, readJson } from '../../../toolkit/source/index.ts';
import { PlacesBuilder } from '../../../toolkit/source/places.ts';
import { extractOf, fileOf, optionsOf, recordsOf, rowsIn, SHAPE, session } from './room.ts';

const H = 'id,a,b\n';

test('several files keep their own header, record and line numbers, and rows run on', async (t) => {
  const extract = await extractOf('csv', [`${H}1,x,y\nbad\n`, 'b,e,a,id\n', `\r\nb,e,a,id\r\nbad\r\nq,?,p,2\r\n"r\n",?,s,3\r\n4,?,t,u`]);
  t.deepEqual(await rowsIn(extract), [
    { row: 1, id: '1', a: 'x', b: 'y' },
    { row: 4, id: '2', a: 'p', b: 'q' },
    { row: 5, id: '3', a: 's', b: 'r\n' },
    { row: 6, id: 'u', a: 't', b: '4' },
  ]);
  t.deepEqual(
    extract.files.map(({ records, extraColumns, pathTaken }) => [records, extraColumns, pathTaken]),
    [
      [2, [], 'copied'],
      [0, ['e'], 'plain'],
      [4, ['e'], 'copied'],
    ],
  );
  t.deepEqual(
    extract.malformed.map(({ file, record, line }) => [file, record, line]),
    [
      [0, 2, 3],
      [2, 1, 3],
    ],
  );
  t.deepEqual(
    [1, 2, 3, 4].map((row) => extract.places.locate(row)),
    [
      { file: 0, record: 1, line: 2 },
      { file: 2, record: 2, line: 4 },
      { file: 2, record: 3, line: 5 },
      { file: 2, record: 4, line: 7 },
    ],
  );
  t.is(extract.read, 6);
});

test('several feeds, arrays and lines', async (t) => {
  const extract = await extractOf('json', ['[{"id":1},\n2]', '', '{"id":3,"note":1,"a@b.co":2}\n', '[]']);
  t.deepEqual(
    (await rowsIn(extract)).map(({ row, id }) => [row, id]),
    [
      [1, '1'],
      [3, '3'],
    ],
  );
  t.deepEqual(
    extract.files.map(({ records, extraColumns }) => [records, extraColumns]),
    [
      [2, []],
      [0, []],
      [1, ['note']],
      [0, []],
    ],
  );
  t.deepEqual(
    extract.malformed.map(({ reason, file, record, line }) => [reason, file, record, line]),
    [['not-object', 0, 2, 2]],
  );
});

test('an extra column is named once, one without a name too', async (t) => {
  const { files } = await extractOf('csv', ['id,e,a,,b,e,\n1,2,3,4,5,6,7\n']);
  t.deepEqual(files[0]?.extraColumns, ['e', '']);
});

/** Why each malformed record is one, and its bytes in the file. */
async function reasons(
  t: ExecutionContext,
  as: 'csv' | 'json',
  text: string,
  expected: readonly (readonly [reason: string, raw: string])[],
): Promise<void> {
  for (const chunkBytes of [3, 1 << 20]) {
    const path = fileOf(text, as);
    const extract = await (as === 'csv' ? readCsv : readJson)(await session(), SHAPE, [path], optionsOf({ chunkBytes, recordLimitBytes: 40 }));
    const bytes = readFileSync(path);
    t.deepEqual(
      extract.malformed.map(({ reason, from, to }) => [reason, bytes.toString('utf8', from, to)]),
      expected.map((pair) => [...pair]),
    );
  }
}
const long = 'é'.repeat(60);
test(
  'a malformed CSV record says why and where its bytes are',
  reasons,
  'csv',
  `\ufeff${H}1,é\r\n1,"x"y,z\r1,x"y,z\n1,\0,z\n1,x,${long}\n1,"x\n2,p,q\n3,r",s\n`,
  [
    ['width', '1,é'],
    ['text-after-quote', '1,"x"y,z'],
    ['quote-in-field', '1,x"y,z'],
    ['nul', '1,\0,z'],
    ['too-long', `1,x,${long}`],
    ['swallows-record', '1,"x'],
    ['quote-in-field', '3,r",s'],
  ],
);
test('a malformed line says why and where its bytes are', reasons, 'json', `{"id":1}\n{"a":é}\r\n5\n{"id":"\\ud800"}\n{"id":"${long}"}`, [
  ['not-json', '{"a":é}'],
  ['not-object', '5'],
  ['lone-surrogate', '{"id":"\\ud800"}'],
  ['too-long', `{"id":"${long}"}`],
]);
test('a malformed element says why and where its bytes are', reasons, 'json', `[{"id":1}, "é" ,\n{"id":"\\ud800"},{"id":"${long}"}]`, [
  ['not-object', '"é"'],
  ['lone-surrogate', '{"id":"\\ud800"}'],
  ['too-long', `{"id":"${long}"}`],
]);
test('of another number of fields it is told how many', async (t) => {
  const { malformed } = await extractOf('csv', [`${H}1\n1,2,3,4\n`]);
  t.deepEqual(
    malformed.map(({ fields }) => fields),
    [1, 4],
  );
});

/** With a limit, the first records of the source alone are read, whatever comes after. */
async function limited(
  t: ExecutionContext,
  as: 'csv' | 'json',
  contents: readonly string[],
  limit: number,
  expected: readonly (readonly [number, string | null])[],
  files: number,
): Promise<void> {
  for (const chunkBytes of [3, 1 << 20]) {
    const extract = await extractOf(as, contents, { limit, chunkBytes });
    t.deepEqual(await recordsOf(extract), [...expected]);
    t.is(extract.read, expected.length);
    t.is(extract.files.length, files);
  }
}
test(
  'a limit inside a file',
  limited,
  'csv',
  [`${H}1,x,y\nbad\n3,"open\n`],
  2,
  [
    [2, '1|x|y'],
    [3, null],
  ],
  1,
);
test(
  'a limit at the end of a file',
  limited,
  'csv',
  [`${H}1,x,y\n2,p,q\n`, 'no header'],
  2,
  [
    [2, '1|x|y'],
    [3, '2|p|q'],
  ],
  1,
);
test(
  'a limit in the next file',
  limited,
  'csv',
  [`${H}1,x,y\n2,p,q`, `${H}3,r,s\n4,"`],
  3,
  [
    [2, '1|x|y'],
    [3, '2|p|q'],
    [2, '3|r|s'],
  ],
  2,
);
test('a limit beyond all files', limited, 'csv', [`${H}1,x,y\n`], 9, [[2, '1|x|y']], 1);
test(
  'a limit of lines',
  limited,
  'json',
  ['{"id":1}\nx\n{"id":3}\n'],
  2,
  [
    [1, '1||'],
    [2, null],
  ],
  1,
);
test(
  'a limit of elements',
  limited,
  'json',
  ['[{"id":1},\n{"id":2},\nbroken'],
  2,
  [
    [1, '1||'],
    [2, '2||'],
  ],
  1,
);

test('progress reaches the total and never falls', async (t) => {
  const seen: (readonly [number, number])[] = [];
  const text = `${H}${'1,x,y\n'.repeat(500)}`;
  await extractOf('csv', [text, text], { chunkBytes: 100, onProgress: (done, total) => seen.push([done, total]) });
  t.true(seen.every(([done, total], i) => done >= (seen[i - 1]?.[0] ?? 0) && total === 2 * text.length));
  t.is(seen.at(-1)?.[0], 2 * text.length);
});

test('a cancelled read stops', async (t) => {
  for (const as of ['csv', 'json'] as const) {
    const stop = new AbortController();
    const read = extractOf(as, [`${H}${'1,x,y\n'.repeat(500)}`], { chunkBytes: 100, signal: stop.signal, onProgress: () => stop.abort() });
    t.is((await t.throwsAsync<DaybookError>(read))?.code, 'run.cancelled');
  }
});

test('key of text: any text that is not empty makes a line a record', async (t) => {
  const shape = { ...SHAPE, keyReadsAs: 'text' } as const;
  const swallowed = await extractOf('csv', [`${H}k,"x\nm,p,q\nz",y\n`], {}, shape);
  t.deepEqual(await recordsOf(swallowed), [
    [2, null],
    [3, 'm|p|q'],
    [4, null],
  ]);
  const kept = await extractOf('csv', [`${H}k,"x\n \u00a0,p,q\nz",y\n`], {}, shape);
  t.deepEqual(await recordsOf(kept), [[2, 'k|x\n \u00a0,p,q\nz|y']]);
});

test('one column alone', async (t) => {
  const shape = { name: 'any', columns: ['id'], key: 'id', keyReadsAs: 'text' } as const;
  const csv = await extractOf('csv', ['id\n1\n""\n\n" "\n2'], {}, shape);
  t.deepEqual(
    (await rowsIn(csv)).map(({ row, id }) => [row, id ?? '']),
    [
      [1, '1'],
      [2, ''],
      [3, ' '],
      [4, '2'],
    ],
  );
  const json = await extractOf('json', ['{"id":1}\n{}\n{"id":""}\n{"id":null}\n'], {}, shape);
  t.deepEqual(
    (await rowsIn(json)).map(({ row, id }) => [row, id]),
    [
      [1, '1'],
      [2, null],
      [3, ''],
      [4, null],
    ],
  );
});

test('what is discarded cannot be read', async (t) => {
  const extract = await extractOf('csv', [`${H}1,x,y\nbad\n`]);
  t.is(await extract.frame.count({ session: await session() }), 1);
  await extract.discard();
  await t.throwsAsync(extract.frame.count({ session: await session() }), { instanceOf: DaybookError });
});

test('places are runs, and a row before the first is refused', (t) => {
  const builder = new PlacesBuilder();
  const lines = [2, 3, 5, 6, 7, 20, 21, 2, 3];
  for (const [i, line] of lines.entries()) builder.add(i + 1, i < 7 ? 0 : 1, i < 7 ? i + 1 : i - 6, line);
  const places = builder.build();
  t.is(places.length, 4);
  t.deepEqual(
    lines.map((_, i) => places.locate(i + 1).line),
    lines,
  );
  t.deepEqual(places.locate(9), { file: 1, record: 2, line: 3 });
  t.throws(() => places.locate(0), { instanceOf: RangeError });
  t.throws(() => new PlacesBuilder().build().locate(1), { instanceOf: RangeError });
  t.true(places instanceof Places);
});

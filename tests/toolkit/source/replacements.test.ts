import { crc32 } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { type Replacement, type Replacements, readCsv, readJson } from '../../../toolkit/source/index.ts';
import { extractOf, fileOf, optionsOf, recordsOf, SHAPE, session } from './room.ts';

type Given = Readonly<Record<number, Replacement>>;
type Expected = readonly (readonly [line: number, cells: string | null])[];

const replacing = (path: string, given: Given): Replacements =>
  new Map([[path.slice(path.lastIndexOf('/') + 1), new Map(Object.entries(given).map(([record, it]) => [Number(record), it]))]]);

/** Reads a file with replacements, whatever the size of the chunks: the records, why they are malformed, and what was misplaced. */
async function becomes(
  t: ExecutionContext,
  as: 'csv' | 'json',
  content: string,
  given: Given,
  expected: Expected,
  reasons: readonly string[] = [],
  misplaced: readonly number[] = [],
): Promise<void> {
  for (const chunkBytes of [7, 8 << 20]) {
    const path = fileOf(content, as);
    const extract = await (as === 'csv' ? readCsv : readJson)(
      await session(),
      SHAPE,
      [path],
      optionsOf({ chunkBytes, replacements: replacing(path, given) }),
    );
    t.deepEqual(await recordsOf(extract), [...expected], `in chunks of ${chunkBytes}`);
    t.is(extract.read, expected.length);
    t.is(extract.files[0]?.records, expected.length);
    t.deepEqual(
      extract.malformed.map(({ reason }) => reason),
      [...reasons],
    );
    t.deepEqual(
      extract.misplaced.map(({ record }) => record),
      [...misplaced],
    );
    t.is(extract.files[0]?.crc32, crc32(content).toString(16).padStart(8, '0'));
    await extract.discard();
  }
}

const texts = (id: string | null, a: string | null, b: string | null) => ({ id, a, b });
const csvCase = test.macro((t, content: string, given: Given, expected: Expected, reasons?: readonly string[], misplaced?: readonly number[]) =>
  becomes(t, 'csv', content, given, expected, reasons, misplaced),
);
const jsonCase = test.macro((t, content: string, given: Given, expected: Expected, reasons?: readonly string[], misplaced?: readonly number[]) =>
  becomes(t, 'json', content, given, expected, reasons, misplaced),
);

const PLAIN = 'id,a,b\n1,x,y\n2,u,v\n3,m,n\n';
test(
  'a well-formed record gives way to its texts, with no sign of theirs counting',
  csvCase,
  PLAIN,
  { 2: { before: texts('2', 'u', 'v'), after: texts('7', 'a,"b"\n', null) } },
  [
    [2, '1|x|y'],
    [3, '7|a,"b"\n|'],
    [4, '3|m|n'],
  ],
);
test(
  'a malformed record gives way to a text of the header’s width',
  csvCase,
  'id,a,b\n1,x,y\n2,u\n3,m,n\n',
  { 2: { before: '2,u', after: '2,u,"v, w"' } },
  [
    [2, '1|x|y'],
    [3, '2|u|v, w'],
    [4, '3|m|n'],
  ],
);
test(
  'a record that is left out keeps its number, and those after it theirs',
  csvCase,
  'id,a,b\n1,"x\nx",y\nlonely\n3,m,n',
  { 1: { before: texts('1', 'x\nx', 'y'), after: null }, 3: { before: texts('3', 'm', 'n'), after: texts('3', 'M', 'n') } },
  [
    [4, null],
    [5, '3|M|n'],
  ],
  ['width'],
);
test(
  'the last record without a line end can be replaced, and the first',
  csvCase,
  'id,a,b\n1,x,y\n3,m,n',
  { 1: { before: texts('1', 'x', 'y'), after: texts('1', 'X', 'y') }, 2: { before: texts('3', 'm', 'n'), after: texts('3', 'M', 'n') } },
  [
    [2, '1|X|y'],
    [3, '3|M|n'],
  ],
);
test('in a file of mixed line ends and blank lines too', csvCase, 'id,a,b\r\n1,x,y\r\n\r\n2,u\r3,m,n\n', { 2: { before: '2,u', after: '2,u,v\n' } }, [
  [2, '1|x|y'],
  [4, '2|u|v'],
  [5, '3|m|n'],
]);
test(
  'every record can be left out',
  csvCase,
  'id,a,b\n1,x,y\n2,u\n',
  { 1: { before: texts('1', 'x', 'y'), after: null }, 2: { before: '2,u', after: null } },
  [],
);
test(
  'columns that are not wanted are empty in a replacement',
  csvCase,
  'z,b,id,a\n9,y,1,x\n',
  { 1: { before: texts('1', 'x', 'y'), after: texts('2', 'X', 'Y') } },
  [[2, '2|X|Y']],
);

for (const [after, reason] of [
  ['2,u', 'width'],
  ['2,"u"x,v', 'text-after-quote'],
  ['2,u"x,v', 'quote-in-field'],
  ['2,"u,v', 'open-quote'],
  ['2,u,v\n3,u,v', 'several-records'],
  [`2,${'x'.repeat(1000)},v`, 'too-long'],
  ['2,\0,v', 'nul'],
] as const) {
  test(`a replacement that is malformed is refused for itself: ${JSON.stringify(after).slice(0, 20)}`, async (t) => {
    const path = fileOf('id,a,b\n1,x,y\n2,u\n3,m,n\n');
    const extract = await readCsv(await session(), SHAPE, [path], optionsOf({ replacements: replacing(path, { 2: { before: '2,u', after } }) }));
    t.deepEqual(await recordsOf(extract), [
      [2, '1|x|y'],
      [3, null],
      [4, '3|m|n'],
    ]);
    t.like(extract.malformed[0], { record: 2, line: 3, text: after, reason });
  });
}

test(
  'a replacement whose lines hold a whole record is refused as a record of the file is',
  csvCase,
  PLAIN,
  { 2: { before: texts('2', 'u', 'v'), after: texts('2', 'u\n5,x,y\n', 'v') } },
  [
    [2, '1|x|y'],
    [3, null],
    [4, '3|m|n'],
  ],
  ['swallows-record'],
);

test(
  'a record that is another one by now, or is gone, is told',
  csvCase,
  PLAIN,
  { 1: { before: texts('9', 'x', 'y'), after: null }, 2: { before: '2,u', after: null }, 8: { before: '8', after: null } },
  [[4, '3|m|n']],
  [],
  [1, 2, 8],
);
test(
  'a text that came back from the rejects without its NUL and its BOM is the same',
  csvCase,
  'id,a,b\n\ufeff1,x\0\n',
  { 1: { before: '1,x\ufffd', after: '1,x,y' } },
  [[2, '1|x|y']],
);
test(
  'an empty text and none are the same record',
  csvCase,
  'id,a,b\n1,"",\n',
  { 1: { before: texts('1', null, ''), after: texts('1', 'x', null) } },
  [[2, '1|x|']],
);

const FEED = '{"id":1,"a":"x"}\n\n{"id":2,"a":\n{"id":3,"b":12.50}\n';
test(
  'a line of a feed gives way to an object, of whatever numbers',
  jsonCase,
  FEED,
  {
    2: { before: '{"id":2,"a":', after: '{"id": 2.0,\n"a": 1e2, "zz": []}' },
    3: { before: texts('3', null, '12.5'), after: texts('4', 'q"\n', null) },
  },
  [
    [1, '1|x|'],
    [3, '2|100|'],
    [4, '4|q"\n|'],
  ],
);
test(
  'a line of a feed is left out, and another is malformed again',
  jsonCase,
  FEED,
  { 1: { before: texts('1', 'x', null), after: null }, 2: { before: '{"id":2,"a":', after: '{"id":2}{}' } },
  [
    [3, null],
    [4, '3||12.5'],
  ],
  ['not-json'],
);
test(
  'an element of an array is replaced and another left out',
  jsonCase,
  '[{"id":1},\n42,\n{"id":3,"a":"x"}]',
  { 2: { before: '42', after: '{"id":2,"a":"new"}' }, 1: { before: texts('1', null, null), after: null } },
  [
    [2, '2|new|'],
    [3, '3|x|'],
  ],
);
for (const [after, reason] of [
  ['42', 'not-object'],
  ['{"a":"\\ud800"}', 'lone-surrogate'],
  [`{"a":"${'x'.repeat(1000)}"}`, 'too-long'],
] as const)
  test(
    `a replacement in a feed is refused: ${reason}`,
    jsonCase,
    FEED,
    { 2: { before: '{"id":2,"a":', after } },
    [
      [1, '1|x|'],
      [3, null],
      [4, '3||12.5'],
    ],
    [reason],
  );

test('replacements go to the file of their name alone', async (t) => {
  const paths = [fileOf(PLAIN), fileOf(PLAIN)];
  const replacements = replacing(paths[1] ?? '', { 1: { before: texts('1', 'x', 'y'), after: texts('5', 'x', 'y') } });
  const extract = await readCsv(await session(), SHAPE, paths, optionsOf({ replacements }));
  t.deepEqual(
    (await recordsOf(extract)).map(([, cells]) => cells?.[0]),
    ['1', '2', '3', '5', '2', '3'],
  );
});

test('a file that a limit did not let be read to its end has no checksum', async (t) => {
  const { files } = await extractOf('csv', [`id,a,b\n${'1,x,y\n'.repeat(100)}`], { limit: 2, chunkBytes: 64 });
  t.is(files[0]?.crc32, null);
});

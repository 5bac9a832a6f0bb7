import test, { type ExecutionContext } from 'ava';
import { allRecords, extractOf, SHAPE } from './room.ts';

type Texts = readonly (string | null)[];

/** A feed of the members id, a, b is read to `[line, texts]`, null for a malformed record, in chunks of any size. */
async function reads(
  t: ExecutionContext,
  feed: string | Uint8Array,
  expected: readonly (readonly [number, Texts | null])[],
  limit = 1000,
): Promise<void> {
  for (const chunkBytes of [1, 7, 1 << 20]) {
    const extract = await extractOf('json', [feed], { chunkBytes, recordLimitBytes: limit });
    const found = (await allRecords(extract)).map(([line, row]) => [line, row && SHAPE.columns.map((name) => row[name] ?? null)]);
    t.deepEqual(found, [...expected] as unknown as typeof found, `in chunks of ${chunkBytes}`);
    await extract.discard();
  }
}
/** One value of `a` becomes this text. */
const holds = (t: ExecutionContext, value: string, text: string | null) => reads(t, `{"id":1,"a":${value}}`, [[1, ['1', text, null]]]);
/** One object is malformed, alone on its line and as an element. */
async function malformed(t: ExecutionContext, record: string): Promise<void> {
  await reads(t, `{}\n${record}\n{"id":2}`, [
    [1, [null, null, null]],
    [2, null],
    [3, ['2', null, null]],
  ]);
}

// NDJSON.
test('one object a line', reads, '{"id":1,"a":"x"}\n{"b":"y","id":"2"}', [
  [1, ['1', 'x', null]],
  [2, ['2', null, 'y']],
]);
test('lines in CRLF', reads, '{"id":1}\r\n{"id":2}\r\n', [
  [1, ['1', null, null]],
  [2, ['2', null, null]],
]);
test('a byte order mark', reads, '\ufeff{"id":1}\n', [[1, ['1', null, null]]]);
test('lines of white space as in trim are skipped and counted', reads, '\n \t\r\n\u00a0\u3000\n{"id":1}\n\u2028\n{"id":2}', [
  [4, ['1', null, null]],
  [6, ['2', null, null]],
]);
test('CR alone is white space inside a line', reads, '{"id":1}\r{"id":2}\n{"id":3}', [
  [1, null],
  [2, ['3', null, null]],
]);
test('U+2028 ends no line', reads, '{"id":1,"a":"x\u2028y"}\n', [[1, ['1', 'x\u2028y', null]]]);
test('white space around and inside a line', reads, ' \t{ "id" : 1 , "a" : "x" } \n', [[1, ['1', 'x', null]]]);
test('white space that JSON does not know before an object', reads, '\u00a0{"id":1}\n{"id":2}\n', [
  [1, null],
  [2, ['2', null, null]],
]);
test('a byte order mark in the middle is no JSON', reads, '{"id":1}\n\ufeff{"id":2}\n', [
  [1, ['1', null, null]],
  [2, null],
]);
test('two objects on a line', reads, '{"id":1}{"id":2}\n{"id":3}', [
  [1, null],
  [2, ['3', null, null]],
]);
test('an object over two lines is two malformed records', reads, '{"id":1,\n"a":"x"}\n{"id":3}', [
  [1, null],
  [2, null],
  [3, ['3', null, null]],
]);
test('a list after an object is malformed', reads, '{"id":1}\n[{"id":2}]\n', [
  [1, ['1', null, null]],
  [2, null],
]);
test('an object without a wanted member', reads, '{}\n{"x":1}\n', [
  [1, [null, null, null]],
  [2, [null, null, null]],
]);
test(
  'a line of exactly the limit, and one above',
  reads,
  '{"id":"12"}\n{"id":"123"}\n',
  [
    [1, ['12', null, null]],
    [2, null],
  ],
  11,
);
test('nothing at all', reads, '', []);
test('blank lines alone', reads, '\n \r\n\u00a0', []);

// Arrays.
test('an empty array', reads, ' [ ] \n', []);
test('an array on one line', reads, '[{"id":1},{"id":2}]', [
  [1, ['1', null, null]],
  [1, ['2', null, null]],
]);
test('an array over lines', reads, '\n[\n  {"id":1,\n   "a":"x"},\n{"id":2}\n,{"id":3}]\n', [
  [3, ['1', 'x', null]],
  [5, ['2', null, null]],
  [6, ['3', null, null]],
]);
test('an array behind a byte order mark', reads, '\ufeff[{"id":1}]', [[1, ['1', null, null]]]);
test('elements that are no objects', reads, '[1,"x",null,true,[{"id":9}],\n{"id":2}]', [
  [1, null],
  [1, null],
  [1, null],
  [1, null],
  [1, null],
  [2, ['2', null, null]],
]);
test(
  'an element above the limit',
  reads,
  '[{"id":"123"},{"id":"12"}]',
  [
    [1, null],
    [1, ['12', null, null]],
  ],
  11,
);

// Values.
test('a text', holds, '"x"', 'x');
test('an empty text is not null', holds, '""', '');
test('null', holds, 'null', null);
test('a text that says null', holds, '"null"', 'null');
test('a text with separators and quotes', holds, '"a,\\"b\\",c"', 'a,"b",c');
test('a text with line ends', holds, '"a\\r\\nb\\rc\\n"', 'a\r\nb\rc\n');
test('escapes of every kind', holds, '"\\b\\f\\t\\/\\\\\\u0041\\u00e9"', '\b\f\t/\\Aé');
test('a pair of surrogates', holds, '"\\ud83D\\uDe00"', '😀');
test('characters as they are', holds, '"é😀\u007f"', 'é😀\u007f');
test('a backslash before a quote', holds, '"\\\\"', '\\');
test('NUL becomes the replacement character', holds, '"5\\u0000"', '5\ufffd');
test('a number in canonical notation', holds, '12.340', '12.34');
test('a number with an exponent', holds, '1e3', '1000');
test('a text keeps its notation', holds, '"1e3"', '1e3');
test('a text keeps its point and zeros', holds, '"12.0"', '12.0');
test('a text keeps its sign', holds, '"+12"', '+12');
test('a number below a penny', holds, '0.001', '0.001');
test('minus nought', holds, '-0', '-0');
test('a number beyond any double', holds, '1e400', '1e400');
test('true is its word', holds, 'true', 'true');
test('false is its word', holds, 'false', 'false');
test('a list is its text', holds, '[5]', '[5]');
test('a list of texts is its text', holds, '["2024-01-01", "x"]', '["2024-01-01", "x"]');
test('an object is its text', holds, '{"a":"5"}', '{"a":"5"}');
test('the last of equal names counts', holds, '"x","a":"y"', 'y');
test('the last of equal names counts, null too', holds, '"x","a":null', null);
test('a name in escapes is that name', holds, '"x","\\u0061":"y"', 'y');
test('a name inside a nested object is another', holds, '"x","c":{"a":"y"}', 'x');
test('names of Object are names', holds, '"x","__proto__":1,"constructor":2', 'x');

// Malformed.
for (const record of [
  '{"id":1,}',
  '{,"id":1}',
  '{"id":1 "a":2}',
  '{"id"}',
  '{"id":}',
  '{id:1}',
  "{'id':1}",
  '{"id":NaN}',
  '{"id":Infinity}',
  '{"id":-Infinity}',
  '{"id":01}',
  '{"id":+1}',
  '{"id":1.}',
  '{"id":.5}',
  '{"id":1e}',
  '{"id":0x1}',
  '{"id":-}',
  '{"id":tru}',
  '{"id":nullx}',
  '{"id":"x}',
  '{"id":"\\x"}',
  '{"id":"\\u12g4"}',
  '{"id":"a\tb"}',
  '{"id":1}}',
  '{"id":1]',
  '{"id":[1,]}',
  '{"id":[1}',
  '{"id":1} //',
  '{"id":1',
  'x',
  '1',
  '"x"',
  'null',
  '{"id":"\\ud83d"}',
  '{"id":"\\ude00\\ud83d"}',
  '{"id":"\\ud83d\\ud83d\\ude00"}',
  '{"\\ud83d":1}',
  '{"c":[{"d":"\\udfff"}]}',
  '{"id":"\\ud83dx"}',
])
  test(`malformed: ${record}`, malformed, record);

test('a depth that would overflow a stack', async (t) => {
  const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
  const extract = await extractOf('json', [`{"id":1,"c":${deep}}\n{"id":2,"c":${deep.slice(1)}}\n[${deep}`], { recordLimitBytes: 1 << 20 });
  t.deepEqual(
    extract.malformed.map(({ record, reason }) => [record, reason]),
    [
      [2, 'not-json'],
      [3, 'not-json'],
    ],
  );
});

import test from 'ava';
import fc from 'fast-check';
import { type FeedRecord, readFeed } from '../../reference/feed.ts';
import type { JsonCell } from '../../reference/json-reader.ts';
import { decimalOf } from '../../reference/numbers.ts';
import { ReferenceStop } from '../../reference/stop.ts';
import { allRecords, extractOf, SHAPE } from './room.ts';

const RUNS = Number(process.env['DAYBOOK_RUNS'] ?? 300);

const good = [
  '1',
  '-0',
  '0',
  '1.50',
  '1e3',
  '12.340e-2',
  '1E+2',
  '1e400',
  '0.0001',
  '7'.repeat(45),
  '"x"',
  '""',
  '"a,b"',
  '"\\n\\"\\\\"',
  '"\\u00e9"',
  '"\\ud83d\\ude00"',
  '"\\u0000"',
  '"\u2028é😀"',
  '"1e3"',
  'null',
  'true',
];
const bad = ['01', '1.', '-', 'NaN', 'nul', '"\\ud83d"', '"\\ude00x"', '"\\x"', '"a\tb"', '"\\ud83d\\ud83d\\ude00"', ''];
const leaf = fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 30 }, { arbitrary: fc.constantFrom(...bad), weight: 1 });
const members = (value: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(fc.constantFrom('"id"', '"a"', '"b"', ' "b" ', '"c"', '"\\u0061"'), value), { maxLength: 5 })
    .map((list) => `{${list.map((pair) => pair.join(':')).join(',')}}`);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }).map((list) => `[${list.join(', ')}]`),
    members(tie('value')),
  ),
}));
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff');
const item = fc.oneof({ arbitrary: members(value), weight: 6 }, { arbitrary: value, weight: 1 });
const lines = fc
  .tuple(space, fc.array(fc.tuple(item, fc.constantFrom('\n', '\r\n', '\n\n', ' \n\u00a0\n')), { maxLength: 6 }), space)
  .map(([before, list, after]) => before + list.flat().join('') + after);
const array = fc
  .tuple(space, fc.array(item, { maxLength: 6 }), fc.constantFrom(',', ',\n', ' , '), fc.constantFrom(']', ']', ']\n', ',]', '] x', ''))
  .map(([before, list, between, end]) => `${before}[${list.join(between)}${end}`);

const exactly = (source: string): string => JSON.stringify(decimalOf(source), (_, part) => (typeof part === 'bigint' ? String(part) : part));
/** A value as the slow reader saw it: numbers by their exact value, objects and lists only as such. */
function seen(cell: JsonCell | undefined): string | null {
  if (cell === undefined || cell.kind === 'null') return null;
  return cell.kind === 'other' ? 'other' : cell.kind === 'number' ? exactly(cell.text) : cell.text.replaceAll('\0', '\ufffd');
}
/** The same of a text that was read, given what the slow reader took it for. */
function same(text: string | null, cell: JsonCell | undefined): string | null {
  if (text === null || cell === undefined) return text;
  return cell.kind === 'other' && /^(true|false|\{[^]*\}|\[[^]*\])$/.test(text) ? 'other' : cell.kind === 'number' ? exactly(text) : text;
}

function slowly(bytes: Uint8Array, limit: number): FeedRecord[] | [string, number | null] {
  try {
    return readFeed({ name: 'any.json', bytes }, limit);
  } catch (fault) {
    if (fault instanceof ReferenceStop) return [fault.what, fault.line];
    throw fault;
  }
}

test('any feed gives the records of the slow reader, in chunks of any size', async (t) => {
  const property = fc.asyncProperty(
    fc.oneof(lines, array),
    fc.constantFrom(1, 3, 64, 1 << 20),
    fc.constantFrom(40, 1000),
    async (feed, chunkBytes, limit) => {
      const bytes = Buffer.from(feed);
      const slow = slowly(bytes, limit);
      const read = extractOf('json', [bytes], { chunkBytes, recordLimitBytes: limit });
      if (typeof slow[0] === 'string') {
        const fault = await t.throwsAsync<Error & { code: string; place: { line?: number } }>(read);
        t.regex(fault?.code ?? '', /^source\.(bad-json|no-object)$/);
        if (fault?.code === 'source.bad-json') t.is(fault.place.line, slow[1] as number);
        return;
      }
      const extract = await read;
      const found = await allRecords(extract);
      await extract.discard();
      const records = slow as FeedRecord[];
      t.is(extract.read, records.length);
      for (const [i, { line, members }] of records.entries()) {
        const [foundLine, row] = found[i] ?? [];
        t.is(foundLine, line);
        t.deepEqual(
          row ? SHAPE.columns.map((name) => same(row[name] ?? null, members?.get(name))) : null,
          members && SHAPE.columns.map((name) => seen(members.get(name))),
        );
      }
    },
  );
  await t.notThrowsAsync(fc.assert(property, { numRuns: RUNS }));
});

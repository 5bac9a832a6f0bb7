import test from 'ava';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCsv as slowReader } from '../../reference/csv.ts';
import { ReferenceStop } from '../../reference/stop.ts';
import { extractOf, recordsOf, rowsIn, SHAPE } from './room.ts';

const RUNS = Number(process.env['DAYBOOK_RUNS'] ?? 300);
/** node-api drops a U+FEFF that leads a text. */
const comparable = (value: unknown): string => JSON.stringify(value).replaceAll('\ufeff', '');

// Anything at all: the scan and the engine against a slow reader that another hand wrote from the same page.
const piece = fc.oneof(
  { arbitrary: fc.constantFrom(',', '"', '\n', '\r', '\r\n', '""', '1', '2', 'x', ' ', '\0', 'é', '😀', '\ufeff'), weight: 4 },
  { arbitrary: fc.constantFrom('1,x,y\n', ',"', '",', '2,p,"q\n', '3,"a\nb",c\r\n', '\n1,2,3\n', '"\n'), weight: 3 },
);

function slowly(bytes: Uint8Array, limit: number): unknown {
  try {
    const readsAsKey = (cell: string) => /^[0-9]+$/.test(cell.trim());
    const records = slowReader({ name: 'any.csv', bytes }, { source: 'support', columns: SHAPE.columns, readsAsKey, recordLimitBytes: limit });
    return records.map(({ line, cells }) => [line, cells && SHAPE.columns.map((name) => cells[name]).join('|')]);
  } catch (fault) {
    if (fault instanceof ReferenceStop) return [fault.what, fault.line];
    throw fault;
  }
}

test('any bytes give the records of the slow reader, in chunks of any size', async (t) => {
  const property = fc.asyncProperty(
    fc.array(piece, { maxLength: 30 }),
    fc.constantFrom(1, 3, 7, 64, 1 << 20),
    fc.constantFrom(6, 12, 1000),
    async (pieces, chunkBytes, limit) => {
      const bytes = Buffer.from(`id,a,b\n${pieces.join('')}`);
      const found = await extractOf('csv', [bytes], { chunkBytes, recordLimitBytes: limit }).then(
        async (extract) => recordsOf(extract).finally(() => extract.discard()),
        (fault) => [fault.code?.replace('source.', ''), fault.place?.line],
      );
      t.is(comparable(found), comparable(slowly(bytes, limit)));
    },
  );
  await t.notThrowsAsync(fc.assert(property, { numRuns: RUNS }));
});

// Legal files: the scan, the engine and csv-parse.
const cell = fc
  .oneof(fc.constantFrom('', 'x', ' y ', '"', ',', '\n', '\r\n', '\r', 'a,b', 'say "so"', '😀', '\u2028', 'NULL', "'"), fc.string({ maxLength: 8 }))
  .map((text) => text.replaceAll('\0', ''));
const legal = fc.record({
  rows: fc.array(fc.tuple(fc.constantFrom('k', 'q1', ''), cell, cell, fc.boolean()), { maxLength: 12 }),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  ending: fc.boolean(),
});
const needsQuotes = (text: string): boolean => /[",\r\n]/.test(text);

test('a legal file gives the fields that were written, and those of csv-parse', async (t) => {
  const property = fc.asyncProperty(legal, fc.constantFrom(5, 1 << 20), async ({ rows, lineEnd, ending }, chunkBytes) => {
    const written = rows.map(([key, a, b, quotes]) =>
      [key, a, b].map((text) => (quotes || needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
    );
    const text = ['id,a,b', ...written].join(lineEnd) + (ending ? lineEnd : '');
    const extract = await extractOf('csv', [text], { chunkBytes });
    const found = (await rowsIn(extract)).map(({ id, a, b }) => [id ?? '', a ?? '', b ?? '']);
    await extract.discard();
    const parsed = parse(text, { record_delimiter: [lineEnd], relax_quotes: false, from: 2 }) as string[][];
    return (
      extract.malformed.length === 0 &&
      comparable(found) === comparable(rows.map(([key, a, b]) => [key, a, b])) &&
      comparable(found) === comparable(parsed)
    );
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: RUNS }));
});

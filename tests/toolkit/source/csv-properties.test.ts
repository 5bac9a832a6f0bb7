import test from 'ava';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Extract } from '../../../toolkit/source/index.ts';
import { readCsv as slowReader } from '../../reference/csv.ts';
import { ReferenceStop } from '../../reference/stop.ts';
import { allRecords, extractOf, recordsOf, rowsIn, SHAPE } from './room.ts';

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

// Anything at all: csv-parse, record by record.
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** One record of the header's width as csv-parse reads a text that is to hold nothing else, or null. */
function parsedAlone(text: string): string[] | null {
  try {
    const rows = parse(text, { record_delimiter: LINE_ENDS, relax_column_count: true }) as string[][];
    return rows.length === 1 && rows[0]?.length === SHAPE.columns.length ? rows[0] : null;
  } catch {
    return null;
  }
}

/** The text of every record by the line it begins on: up to the next one, without the line ends behind it. */
function textsOf(text: string, lines: readonly number[]): string[] {
  const physical = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.map((line, i) =>
    physical
      .slice(line - 1, (lines[i + 1] ?? physical.length + 1) - 1)
      .join('')
      .replace(/[\r\n]+$/, ''),
  );
}

test('of any bytes csv-parse reads each record that is kept, and refuses each line that is malformed', async (t) => {
  const property = fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
    const text = `id,a,b\n${pieces.join('')}`;
    const extract = await extractOf('csv', [text]).catch(() => null);
    fc.pre(extract !== null);
    const records = await allRecords(extract as Extract);
    await extract?.discard();
    const texts = textsOf(
      text,
      records.map(([line]) => line),
    );
    for (const [i, [, row]] of records.entries()) {
      const alone = parsedAlone(texts[i] as string);
      if (row) t.is(comparable(alone), comparable(SHAPE.columns.map((name) => row[name] ?? '')));
      else t.true(alone === null || (texts[i] as string).includes('\0'), texts[i]);
    }
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: RUNS }));
});

// Legal files: the scan, the engine and csv-parse.
const cell = fc
  .oneof(fc.constantFrom('', 'x', ' y ', '"', ',', '\n', '\r\n', '\r', 'a,b', 'say "so"', '😀', '\u2028', 'NULL', "'"), fc.string({ maxLength: 8 }))
  .map((text) => text.replaceAll('\0', ''));
const legal = fc.record({
  bom: fc.constantFrom('', '\ufeff'),
  rows: fc.array(fc.tuple(fc.constantFrom('k', 'q1', ''), cell, cell, fc.boolean()), { maxLength: 12 }),
  lineEnds: fc.oneof(
    fc.constantFrom('\n', '\r\n', '\r').map((one) => [one]),
    fc.array(fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\r\n'), { minLength: 1, maxLength: 13 }),
  ),
  ending: fc.boolean(),
});
const needsQuotes = (text: string): boolean => /[",\r\n]/.test(text);

test('a legal file, line ends mixed or not, gives the fields that were written, and those of csv-parse', async (t) => {
  const property = fc.asyncProperty(legal, fc.constantFrom(5, 1 << 20), async ({ bom, rows, lineEnds, ending }, chunkBytes) => {
    const written = rows.map(([key, a, b, quotes]) =>
      [key, a, b].map((text) => (quotes || needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
    );
    const ended = ['id,a,b', ...written].map((line, i, all) => line + (i < all.length - 1 || ending ? lineEnds[i % lineEnds.length] : ''));
    const text = bom + ended.join('');
    const extract = await extractOf('csv', [text], { chunkBytes });
    const found = (await rowsIn(extract)).map(({ id, a, b }) => [id ?? '', a ?? '', b ?? '']);
    await extract.discard();
    const parsed = parse(text, { record_delimiter: LINE_ENDS, bom: true, skip_empty_lines: true, from: 2 }) as string[][];
    return (
      extract.malformed.length === 0 &&
      comparable(found) === comparable(rows.map(([key, a, b]) => [key, a, b])) &&
      comparable(found) === comparable(parsed)
    );
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: RUNS }));
});

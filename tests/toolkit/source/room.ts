import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { rowsOf, Session } from '../../../toolkit/frame/index.ts';
import { type Extract, type RawRow, type ReadOptions, readCsv, readJson, type SourceShape } from '../../../toolkit/source/index.ts';

/** A file's content: a text is written as UTF-8. */
export type Content = string | Uint8Array;

/** The columns id, a, b; the key is digits. */
export const SHAPE: SourceShape = { name: 'any', columns: ['id', 'a', 'b'], key: 'id', keyReadsAs: 'digits' };

/** A folder of this test file's own, removed at the end. */
export const folder = mkdtempSync(join(tmpdir(), 'daybook-source-'));
let opened: Promise<Session> | undefined;
/** One session for a test file. */
export const session = (): Promise<Session> => (opened ??= Session.open());
test.after.always(async () => {
  if (opened) (await opened).close();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
/** Writes a file and gives its path. */
export function fileOf(content: Content, ending = 'csv'): string {
  made += 1;
  const path = join(folder, `file-${made}.${ending}`);
  writeFileSync(path, content);
  return path;
}

/** Options with a scratch folder of their own. */
export const optionsOf = (more: Partial<ReadOptions> = {}): ReadOptions => ({
  scratchFolder: mkdtempSync(join(folder, 'scratch-')),
  recordLimitBytes: 1000,
  signal: new AbortController().signal,
  ...more,
});

/** Reads contents as the files of a source. */
export async function extractOf(as: 'csv' | 'json', contents: readonly Content[], more: Partial<ReadOptions> = {}, shape = SHAPE): Promise<Extract> {
  const paths = contents.map((content) => fileOf(content, as));
  return (as === 'csv' ? readCsv : readJson)(await session(), shape, paths, optionsOf(more));
}

/** The number of a record among all of its source, from 1, malformed ones included. */
export const numberOf = ({ files }: Extract, { file, record }: { readonly file: number; readonly record: number }): number =>
  files.slice(0, file).reduce((before, { records }) => before + records, record);

/** The rows of an extract, `row` being their number among all records. */
export async function rowsIn(extract: Extract): Promise<RawRow[]> {
  const rows = await rowsOf(await session(), extract.frame);
  const numbered = rows.map((row) => ({ ...row, row: numberOf(extract, extract.places.locate(Number(row.row))) }) as RawRow);
  return numbered.sort((a, b) => a.row - b.row);
}

/** The line of every record in order, and its row; null for a malformed one. */
export async function allRecords(extract: Extract): Promise<(readonly [number, RawRow | null])[]> {
  const rows = new Map((await rowsIn(extract)).map((row) => [row.row, row]));
  const lines = new Map<number, number>(extract.malformed.map((it) => [numberOf(extract, it), it.line]));
  for (let row = 1; row <= rows.size; row++) {
    const place = extract.places.locate(row);
    lines.set(numberOf(extract, place), place.line);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([number, line]) => [line, rows.get(number) ?? null]);
}

/** Every record as `[line, texts joined by a bar]`, in order; null for a malformed one. A null text is empty. */
export async function recordsOf(extract: Extract): Promise<(readonly [number, string | null])[]> {
  const joined = ({ row, ...cells }: RawRow) =>
    Object.values(cells)
      .map((text) => text ?? '')
      .join('|');
  return (await allRecords(extract)).map(([line, row]) => [line, row && joined(row)]);
}

/** A CSV of the columns id, a, b is read to these records, whatever the size of the chunks. */
export async function reads(
  t: ExecutionContext,
  text: Content,
  expected: readonly (readonly [number, string | null])[],
  limit = 1000,
): Promise<void> {
  for (const chunkBytes of [7, 8 << 20]) {
    const extract = await extractOf('csv', [text], { recordLimitBytes: limit, chunkBytes });
    t.deepEqual(await recordsOf(extract), [...expected], `in chunks of ${chunkBytes}`);
    t.is(extract.read, expected.length);
    t.deepEqual(
      extract.malformed.map(({ record }) => record),
      expected.flatMap(([, cells], i) => (cells === null ? [i + 1] : [])),
    );
    await extract.discard();
  }
}

/** Reading stops with a code, an exit and, where it is named, a line; the message holds no value of a row. */
export async function stops(
  t: ExecutionContext,
  as: 'csv' | 'json',
  content: Content,
  code: string,
  line: number | null,
  exit = 65,
): Promise<DaybookError | undefined> {
  let fault: DaybookError | undefined;
  for (const chunkBytes of [1100, 8 << 20]) {
    fault = await t.throwsAsync<DaybookError>(extractOf(as, [content], { chunkBytes }), { instanceOf: DaybookError });
    t.is(fault?.code, code as DaybookError['code']);
    t.is(fault?.exit, exit as DaybookError['exit']);
    t.is(fault?.place.line ?? null, line);
    t.notRegex(`${fault?.message} ${fault?.fix}`, /secret/);
  }
  return fault;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { rowsOf, type Session } from '../../../toolkit/frame/index.ts';
import { type Extract, readCsv, readJson, type SourceShape } from '../../../toolkit/source/index.ts';
import { COLUMNS } from '../../reference/codes.ts';
import { decimalOf } from '../../reference/numbers.ts';
import { ORDER_COLUMNS } from './clean-feed.ts';
import type { Polluted } from './pollute.ts';
import { bytesOf, type Cell, type Expected, type Fields, type Outcome, outcomeOf, type Sheet, type Why } from './sheet.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** The codes by which the reader says why a file stops the run. */
const CODES: Readonly<Record<Why, readonly string[]>> = {
  empty: ['source.empty'],
  'missing column': ['source.missing-column', 'source.bad-header'],
  'column twice': ['source.duplicate-column'],
  'open quote': ['source.open-quote'],
  'not UTF-8': ['source.not-utf8'],
  'UTF-16': ['source.not-utf8'],
  'Latin-1': ['source.not-utf8'],
  binary: ['source.binary'],
  JSON: ['source.bad-json'],
  'no object': ['source.no-object'],
};

/** How much is read at a time of files that are not large: no place may matter at which a chunk ends. */
const CHUNKS_BYTES = [307, 2003, 8 << 20];
const SMALL_BYTES = 30_000;

/** Whether a stop is the one that is due: its code, its line, the encoding by its name, and the exit code 65. */
export function isDue(
  stop: NonNullable<Outcome['stop']>,
  found: { readonly code: string; readonly exit: number; readonly line: number | null; readonly text: string },
): boolean {
  const isNamed = stop.why !== 'UTF-16' && stop.why !== 'Latin-1' ? true : found.text.includes(stop.why);
  return CODES[stop.why].includes(found.code) && found.exit === 65 && found.line === stop.line && isNamed;
}

/** The columns of a source and its key, as the page names them. */
const shapeOf = ({ source }: Sheet): SourceShape => {
  const columns = source === 'orders' ? ORDER_COLUMNS : [...COLUMNS[source]];
  return { name: source, columns, key: columns[0] as string, keyReadsAs: source === 'postcodes' || source === 'companies' ? 'text' : 'digits' };
};

/** Reads a polluted file by the reader of the toolkit, and says what was not as it had to be. */
export async function judgeReader({ sheet, seed }: Polluted, session: Session, folder: string): Promise<Verdict> {
  const place = await mkdtemp(join(folder, 'file-'));
  const path = join(place, `${sheet.source}.${sheet.form === 'csv' ? 'csv' : 'json'}`);
  const expected = outcomeOf(sheet);
  const bytes = bytesOf(sheet);
  try {
    await writeFile(path, bytes);
    const read = sheet.form === 'csv' ? readCsv : readJson;
    const extract = await read(session, shapeOf(sheet), [path], {
      scratchFolder: place,
      recordLimitBytes: sheet.recordLimitBytes,
      signal: new AbortController().signal,
      chunkBytes: bytes.length > SMALL_BYTES ? 8 << 20 : (CHUNKS_BYTES[seed % CHUNKS_BYTES.length] as number),
    });
    const found = await recordsOf(extract, session);
    await extract.discard();
    return expected.stop
      ? verdictOf(expected, { stop: 'none where one was due' })
      : verdictOf(expected, { records: found, isSame: sameFields(sheet) });
  } catch (fault) {
    if (!(fault instanceof DaybookError)) throw fault;
    const { code, exit, place: at } = fault;
    const isRight = expected.stop !== null && isDue(expected.stop, { code, exit, line: at.line ?? null, text: fault.message });
    return verdictOf(expected, { stop: isRight ? null : `${code}, line ${at.line ?? 'none'}` });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Every record that was found, by its number. */
async function recordsOf(extract: Extract, session: Session): Promise<Expected[]> {
  const rows = await rowsOf(session, extract.frame);
  const good = rows.map(({ row, ...texts }): Expected => {
    const { record, line } = extract.places.locate(Number(row));
    return { record, line, fields: texts as Fields };
  });
  return [...good, ...extract.malformed.map(({ record, line }): Expected => ({ record, line, fields: null }))];
}

/** Compares what was read of the wanted columns with what stands in the file. */
const sameFields = (sheet: Sheet) => {
  const { columns } = shapeOf(sheet);
  return (is: Fields, found: Fields): boolean => columns.every((name) => isSame(is[name] ?? null, found[name] ?? null, sheet.form === 'csv'));
};

const exactly = (source: string): string => JSON.stringify(decimalOf(source), (_, part) => (typeof part === 'bigint' ? String(part) : part));

/** In a CSV none and an empty text are the same. A BOM that begins a text is white space, and is not handed out by the engine's own driver. */
function isSame(is: Cell, found: Cell, isCsv: boolean): boolean {
  if (typeof found !== 'string') return found === is || (isCsv && is === '');
  if (is === null) return isCsv && found === '';
  if (typeof is === 'string') return found.replace(/^\ufeff+/, '') === is.replace(/^\ufeff+/, '').replaceAll('\0', '\ufffd');
  return 'number' in is ? exactly(found) === exactly(is.number) : found === is.other;
}

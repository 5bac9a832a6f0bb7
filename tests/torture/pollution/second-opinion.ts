import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { bytesOf, type Cell, type Fields, type Line, outcomeOf, type Sheet } from './sheet.ts';

const LINE_ENDS = ['\r\n', '\n', '\r'];

/**
 * What others say of a polluted file: csv-parse of a CSV line by line, and as a whole where it is legal; JSON.parse of a feed.
 * Where they disagree with what the file is said to be, the pollution is not what it says it is.
 */
export function doubtsOf(sheet: Sheet): string[] {
  const stopped = sheet.lines.find(({ stop }) => stop);
  if (stopped) return doubtsOfStop(sheet, stopped).map((doubt) => `stop: ${doubt}`);
  const doubts = sheet.lines.flatMap((line, i) =>
    (sheet.form === 'csv' ? doubtsOfRecord(line, sheet) : doubtsOfOrder(line, sheet)).map((doubt) => `line ${i}: ${doubt}`),
  );
  const isLegal = sheet.form === 'csv' && sheet.lines.every(({ is }) => is !== 'malformed');
  return isLegal ? [...doubts, ...doubtsOfLegal(sheet)] : doubts;
}

function doubtsOfStop(sheet: Sheet, { stop }: Line): string[] {
  const bytes = bytesOf(sheet);
  const text = Buffer.from(bytes).toString();
  switch (stop?.why) {
    case 'not UTF-8':
    case 'Latin-1':
      return isUtf8(bytes) ? ['it is UTF-8'] : [];
    case 'UTF-16':
    case 'binary':
      return bytes.includes(0) || !isUtf8(bytes) ? [] : ['it is plain text'];
    case 'open quote':
      return isFaulty(text) ? [] : ['csv-parse finds no fault'];
    case 'JSON':
      return doubtsOfJson(text, outcomeOf(sheet).stop?.line ?? null);
    default:
      return [];
  }
}

/** Whether an array is no JSON, and stops being JSON on this line. */
function doubtsOfJson(text: string, line: number | null): string[] {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return ['JSON.parse takes it'];
  } catch (fault) {
    const { message } = fault as Error;
    const place = /at position ([0-9]+)/.exec(message)?.[1];
    // Of some faults V8 says the token and not the place.
    if (place === undefined && !message.startsWith('Unexpected end')) return [];
    const found = text.slice(0, place === undefined ? text.length : Number(place)).split('\n').length;
    return found === line ? [] : [`JSON.parse stops on line ${found}, not ${line}`];
  }
}

function isFaulty(text: string): boolean {
  try {
    parse(text, { record_delimiter: LINE_ENDS, relax_column_count: true, bom: true });
    return false;
  } catch {
    return true;
  }
}

/** One record or none of the header's width, as csv-parse reads a line by itself. */
function rowOf(text: string, width: number): string[] | null {
  try {
    const rows = parse(text, { record_delimiter: LINE_ENDS, relax_column_count: true }) as string[][];
    return rows.length === 1 && rows[0]?.length === width ? rows[0] : null;
  } catch {
    return null;
  }
}

const textsOf = (fields: Fields, { columns }: Sheet): string => JSON.stringify(columns.map((name) => fields[name]));

function doubtsOfRecord({ text, is }: Line, sheet: Sheet): string[] {
  const { columns, recordLimitBytes } = sheet;
  if (is === 'nothing') return [];
  const row = rowOf(text, columns.length);
  if (is !== 'malformed') {
    return row && JSON.stringify(row) === textsOf(is, sheet) ? [] : ['csv-parse reads another record'];
  }
  const isFault = row === null || text.includes('\0') || Buffer.byteLength(text) > recordLimitBytes || isHeaderWider(sheet);
  return isFault ? [] : ['csv-parse reads a record'];
}

/** Whether the header has more fields than the records that were made for it. */
const isHeaderWider = ({ lines, columns }: Sheet): boolean => (lines.find(({ text }) => text !== '')?.text.split(',').length ?? 0) !== columns.length;

function doubtsOfLegal(sheet: Sheet): string[] {
  const all = parse(Buffer.from(bytesOf(sheet)), { record_delimiter: LINE_ENDS, bom: true, skip_empty_lines: true }) as string[][];
  const expected = outcomeOf(sheet).records.map(({ fields }) => textsOf(fields as Fields, sheet));
  return JSON.stringify(all.slice(1).map((row) => JSON.stringify(row))) === JSON.stringify(expected) ? [] : ['csv-parse reads other records'];
}

function doubtsOfOrder({ text, is }: Line, { columns, recordLimitBytes }: Sheet): string[] {
  if (is === 'nothing') return [];
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return is === 'malformed' ? [] : ['JSON.parse finds no JSON'];
  }
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
  const isLone = allTexts(text).some((one) => /\p{Surrogate}/u.test(one));
  const isLong = Buffer.byteLength(text) > recordLimitBytes;
  if (is === 'malformed') return isObject && !isLone && !isLong ? ['JSON.parse reads an object'] : [];
  if (!isObject || isLone || isLong) return ['JSON.parse reads no record'];
  return columns.flatMap((name) =>
    isLike((found as Record<string, unknown>)[name], is[name] ?? null) ? [] : [`JSON.parse reads another "${name}"`],
  );
}

/** Every text and name of JSON, those of equal names too. */
const allTexts = (json: string): string[] => [...json.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([one]) => JSON.parse(one) as string);

function isLike(found: unknown, cell: Cell): boolean {
  if (cell === null || typeof cell === 'string') return (found ?? null) === cell;
  return 'number' in cell ? found === Number(cell.number) : JSON.stringify(found) === cell.other;
}

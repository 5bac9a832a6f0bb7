import type { Random } from './random.ts';

/** A piece of one generated file; the pieces of a file come one after the other. */
export interface GeneratedChunk {
  readonly file: string;
  readonly text: string;
}

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Joins the records of a file to chunks of about 64 kB; a record is never cut.
 *
 * - A file without records is one empty chunk, so that it is made all the same.
 *
 * @example [...inChunks('crm.csv', ['a\n', 'b\n'])] // [{ file: 'crm.csv', text: 'a\nb\n' }]
 */
export function* inChunks(file: string, records: Iterable<string>): Generator<GeneratedChunk> {
  let text = '';
  let chunks = 0;
  for (const record of records) {
    text += record;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield { file, text };
    chunks += 1;
    text = '';
  }
  if (text !== '' || chunks === 0) yield { file, text };
}

/**
 * One CSV record without its line end; a field is quoted where it must be.
 *
 * @example csvRecord(['1', 'Ash, Oak', 'say "so"']) // 1,"Ash, Oak","say ""so"""
 */
export function csvRecord(fields: readonly string[]): string {
  let line = '';
  for (let at = 0; at < fields.length; at += 1) {
    if (at > 0) line += ',';
    line += csvField(fields[at] as string);
  }
  return line;
}

/** One CSV field, in quotes whether it needs them or not. */
export function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}

/** `number` in `width` digits at least. */
export function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}

/**
 * A real calendar date between two years, both included, as `YYYY-MM-DD`.
 *
 * @example dateWithin(randomFrom(1, 'x'), 2024, 2025) // e.g. '2025-03-17'
 */
export function dateWithin(random: Random, firstYear: number, lastYear: number): string {
  const year = firstYear + random.below(lastYear - firstYear + 1);
  const month = 1 + random.below(12);
  return `${year}-${padded(month, 2)}-${padded(1 + random.below(daysIn(month)), 2)}`;
}

/**
 * A date in one of the four accepted forms, mostly ISO.
 *
 * @example inSomeForm(random, '2024-05-31') // '2024-05-31', '2024/05/31', '31-05-2024' or '31/05/2024'
 */
export function inSomeForm(random: Random, date: string): string {
  const die = random.below(20);
  if (die > 4) return date;
  const [year, month, day] = date.split('-');
  if (die < 2) return `${day}/${month}/${year}`;
  return die < 4 ? `${day}-${month}-${year}` : `${year}/${month}/${day}`;
}

function daysIn(month: number): number {
  if (month === 2) return 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function csvField(field: string): string {
  for (let at = 0; at < field.length; at += 1) {
    const code = field.charCodeAt(at);
    if (code === 34 || code === 44 || code === 10 || code === 13) return quoted(field);
  }
  return field;
}

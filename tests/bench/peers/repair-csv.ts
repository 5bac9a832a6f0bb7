import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const LF = 10,
  CR = 13,
  QUOTE = 34,
  COMMA = 44,
  NUL = 0;

/** A CSV file as RFC 4180 with a known width: its column names, and how many records were malformed. */
export interface RepairedCsv {
  readonly columns: readonly string[];
  readonly malformed: number;
}

/**
 * Copies the good records of a CSV file, without its header, to another: one pass over the bytes, quotes looked at where there are any.
 *
 * - Malformed: another width, a stray quote, a NUL, or a line inside quotes that is by itself a whole record with a number as its key.
 */
export function repairCsv(from: string, to: string, key: string): RepairedCsv {
  const read = readFileSync(from);
  const bytes = read.subarray(read[0] === 0xef && read[1] === 0xbb ? 3 : 0);
  const headerEnd = endOfLine(bytes, 0);
  const columns = bytes
    .toString('utf8', 0, headerEnd)
    .split(',')
    .map((name) => name.trim());
  const keyAt = columns.indexOf(key);
  const file = openSync(to, 'w');
  let malformed = 0;
  let at = afterLineEnd(bytes, headerEnd);
  let kept = at;
  const keepUpTo = (end: number): void => {
    if (end > kept) writeSync(file, bytes, kept, end - kept);
  };
  while (at < bytes.length) {
    const end = endOfRecord(bytes, at, columns.length);
    const isGood = end !== null && !hidesRecord(bytes, at, end, columns.length, keyAt);
    const lineEnd = isGood ? end : endOfLine(bytes, at);
    const next = afterLineEnd(bytes, lineEnd);
    if (!isGood) {
      keepUpTo(at);
      kept = next;
      if (lineEnd > at) malformed += 1;
    } else if (bytes[lineEnd] !== LF) {
      keepUpTo(lineEnd);
      writeSync(file, '\n');
      kept = next;
    }
    at = next;
  }
  keepUpTo(bytes.length);
  closeSync(file);
  return { columns, malformed };
}

/** The place after the last character of a record of the right width that begins at `start`; null where there is none. */
function endOfRecord(bytes: Buffer, start: number, width: number): number | null {
  let at = start;
  let fields = 0;
  for (;;) {
    if (bytes[at] === QUOTE) {
      at = afterQuoted(bytes, at);
    } else {
      while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== LF && bytes[at] !== CR && bytes[at] !== QUOTE && bytes[at] !== NUL) at += 1;
    }
    fields += 1;
    if (bytes[at] !== COMMA) break;
    at += 1;
  }
  const endsHere = at >= bytes.length || bytes[at] === LF || bytes[at] === CR;
  return endsHere && fields === width ? at : null;
}

/** The place after the closing quote; of the opening one where nothing closes it or a NUL is inside, which no field may follow. */
function afterQuoted(bytes: Buffer, open: number): number {
  for (let at = open + 1; at < bytes.length; at += 1) {
    if (bytes[at] === NUL) return open;
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at += 1;
  }
  return open;
}

function hidesRecord(bytes: Buffer, start: number, end: number, width: number, keyAt: number): boolean {
  let lineEnd = bytes.indexOf(LF, start);
  if (bytes.indexOf(CR, start) < end || lineEnd < end) lineEnd = endOfLine(bytes, start);
  while (lineEnd < end) {
    const line = afterLineEnd(bytes, lineEnd);
    lineEnd = endOfLine(bytes, line);
    if (endOfRecord(bytes, line, width) !== lineEnd) continue;
    const cell = (bytes.toString('utf8', line, lineEnd).split(',')[keyAt] ?? '').replaceAll('"', '').trim();
    if (/^[0-9]+$/.test(cell) && Number(cell) > 0) return true;
  }
  return false;
}

function endOfLine(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at += 1;
  return at;
}

function afterLineEnd(bytes: Buffer, at: number): number {
  return Math.min(bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1, bytes.length);
}

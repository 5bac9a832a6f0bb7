import { DaybookError } from '../../errors/index.ts';

const HEAD_BYTES = 1000;
/** First bytes of what is often delivered under a wrong name. */
const KINDS: readonly (readonly [magic: string, kind: string])[] = [
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['1f8b', 'a gzip archive'],
  ['d0cf11e0', 'an old Office document'],
  ['25504446', 'a PDF'],
  ['50415231', 'a Parquet file'],
  ['53514c69', 'an SQLite database'],
  ['28b52ffd', 'a Zstandard archive'],
];

/** In UTF-16 the other half of a character is NUL so much less often: in half of an emoji, say. */
const RARE = 16;

/** UTF-16 by its byte order mark, or by NULs that stand often at even places and hardly at odd ones, or the other way round. */
export function looksUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, HEAD_BYTES);
  let even = 0;
  let odd = 0;
  head.forEach((byte, at) => {
    if (byte === 0) at % 2 === 0 ? even++ : odd++;
  });
  return Math.min(even, odd) * RARE < Math.max(even, odd) && Math.max(even, odd) * 4 > head.length;
}

/**
 * The error for bytes that are no UTF-8 text. `head` are the first of the file, `near` those around the fault; a NUL in either
 * means binary, unless it is UTF-16. Whatever else is not UTF-8 can be read as Latin-1.
 */
export function encodingFault(head: Uint8Array, near: Uint8Array, source: string, path: string, line: number | null): DaybookError {
  if (looksUtf16(head)) return new DaybookError('source.not-utf8', { source, path, line: null, encoding: 'UTF-16' });
  const magic = Buffer.from(head.subarray(0, 4)).toString('hex');
  const kind = KINDS.find(([start]) => magic.startsWith(start))?.[1] ?? null;
  if (kind !== null || head.includes(0) || near.includes(0)) return new DaybookError('source.binary', { source, path, looksLike: kind });
  return new DaybookError('source.not-utf8', { source, path, line, encoding: 'Latin-1' });
}

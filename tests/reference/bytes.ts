import { isUtf8 } from 'node:buffer';
import { ReferenceStop, type StopReason } from './stop.ts';
import type { ReferenceFile, SourceName } from './types.ts';

const BOM = '\uFEFF';

/**
 * The text of a file, without the one BOM it may begin with.
 *
 * @throws {ReferenceStop} `not-utf8` or `binary` where the bytes are no UTF-8.
 */
export function textOf(source: SourceName, file: ReferenceFile): string {
  if (!isUtf8(file.bytes)) throw new ReferenceStop(source, file.name, null, nameOfBytes(file.bytes));
  const { buffer, byteOffset, byteLength } = file.bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  return text.startsWith(BOM) ? text.slice(1) : text;
}

/** `binary` for bytes with a NUL that are not UTF-16, else `not-utf8`. */
export function nameOfBytes(bytes: Uint8Array): StopReason {
  return bytes.includes(0) && !looksUtf16(bytes) ? 'binary' : 'not-utf8';
}

function looksUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, 1000);
  const nulsAt = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) nulsAt[at % 2] = (nulsAt[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nulsAt;
  return Math.min(even, odd) * 16 < Math.max(even, odd) && Math.max(even, odd) * 4 > head.length;
}

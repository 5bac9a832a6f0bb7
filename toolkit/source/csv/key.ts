import type { SourceShape } from '../shape.ts';

const isVisible = (byte: number): boolean => byte > 32 && byte < 127;
const isDigit = (byte: number): boolean => byte > 47 && byte < 58;

/** A test of the bytes of a field: whether its text, trimmed, reads as a key. */
export type ReadsAsKey = (bytes: Buffer, from: number, to: number) => boolean;

/** ASCII digits alone; plain bytes are judged as they are, anything else as JavaScript's text. */
function digits(bytes: Buffer, from: number, to: number): boolean {
  if (from === to) return false;
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at] as number)) return isVisible(bytes[at] as number) ? false : /^[0-9]+$/.test(bytes.toString('utf8', from, to).trim());
  }
  return true;
}

const text: ReadsAsKey = (bytes, from, to) => from < to && (isVisible(bytes[from] as number) || bytes.toString('utf8', from, to).trim() !== '');

/** The test of a shape's key. */
export const readsAsKey = (as: SourceShape['keyReadsAs']): ReadsAsKey => (as === 'digits' ? digits : text);

import type { SourceShape } from '../shape.ts';

const isVisible = (byte: number): boolean => byte > 32 && byte < 127;
const isDigit = (byte: number): boolean => byte > 47 && byte < 58;

/** A test of the bytes of a field: whether its text, trimmed, reads as a key. */
export type ReadsAsKey = (bytes: Buffer, from: number, to: number) => boolean;

/** Whether ASCII digits make a whole number from 1 to 2^53 − 1. */
const isInRange = (digits: string): boolean => Number(digits) >= 1 && BigInt(digits) <= BigInt(Number.MAX_SAFE_INTEGER);

/** An id: ASCII digits alone, in range; plain bytes are judged as they are, anything else as JavaScript's text. */
function digits(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (isDigit(bytes[at] as number)) continue;
    if (isVisible(bytes[at] as number)) return false;
    const text = bytes.toString('utf8', from, to).trim();
    return /^[0-9]+$/.test(text) && isInRange(text);
  }
  return from < to && isInRange(bytes.toString('latin1', from, to));
}

const text: ReadsAsKey = (bytes, from, to) => from < to && (isVisible(bytes[from] as number) || bytes.toString('utf8', from, to).trim() !== '');

/** The test of a shape's key. */
export const readsAsKey = (as: SourceShape['keyReadsAs']): ReadsAsKey => (as === 'digits' ? digits : text);

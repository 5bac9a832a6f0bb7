import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * A number of bytes from text: digits, optionally a fraction and a unit (`B`, `KB`, `MB`, `GB`, `TB` by thousands; `KiB` … `TiB` by 1024).
 * Null where the text is none of these. A part of a byte is dropped.
 *
 * @example parseBytes('1.5GiB') // 1610612736
 */
export function parseBytes(text: string): number | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[(unit ?? '').toLowerCase()];
  if (digits === undefined || factor === undefined) return null;
  const bytes = Math.floor(Number(digits) * factor);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** A size in bytes, at least 1 or as many as said: a whole number, or text such as `512MB`; comes out as a number of bytes. */
export const byteSize = (least = 1) =>
  z.union([
    z.int().min(least),
    z.string().transform((text, context) => {
      const bytes = parseBytes(text);
      if (bytes !== null && bytes >= least) return bytes;
      context.addIssue({ code: 'invalid_format', format: 'bytes', message: 'no size in bytes' });
      return z.NEVER;
    }),
  ]);

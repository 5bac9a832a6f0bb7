import { z } from 'zod';

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A time as `90s`, `1.5m`, `500ms` or `2h`; comes out in milliseconds, at least 1. */
export const duration = () =>
  z
    .string()
    .transform((text, context) => {
      const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? [];
      const ms = Math.round(Number(digits) * (UNITS_MS[unit ?? ''] ?? Number.NaN));
      if (Number.isSafeInteger(ms) && ms >= 1) return ms;
      context.addIssue({ code: 'invalid_format', format: 'duration', message: 'no time' });
      return z.NEVER;
    })
    .meta({ form: 'a time such as 90s, 5m or 500ms' });

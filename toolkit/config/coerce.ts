import type { z } from 'zod';
import { core, definition, isNullable, isScalar } from './zod-shape.ts';

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, on: true, yes: true, false: false, off: false, no: false };

/**
 * Reads text as a key's type: numbers, booleans (`true on yes`, `false off no`), `null` where it is allowed,
 * lists (JSON, or parted by commas). What does not fit stays text, and the schema refuses it in its own words.
 */
export function coerceText(schema: z.ZodType, text: string): unknown {
  if (isNullable(schema) && text === 'null') return null;
  const { type, element, options } = definition(core(schema));
  switch (type) {
    case 'number':
    case 'int':
      return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return BOOLEANS[text.toLowerCase()] ?? text;
    case 'array':
      return json(text, '[') ?? (text === '' ? [] : text.split(',').map((part) => (element ? coerceText(element, part.trim()) : part.trim())));
    case 'union':
      return (
        (options ?? []).map((option) => ({ option, value: coerceText(option, text) })).find(({ option, value }) => option.safeParse(value).success)
          ?.value ?? text
      );
    default:
      return isScalar(schema) ? text : (json(text, '{[') ?? text);
  }
}

function json(text: string, starts: string): unknown {
  if (!starts.includes(text.trim().charAt(0) || ' ')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

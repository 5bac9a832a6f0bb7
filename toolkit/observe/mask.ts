/** What stands in the place of a person's data. */
export const MASK = '•••';

const SEPARATOR = '[\\s.()\\-\\u2010-\\u2015]*';

// The pattern errs towards masking: a line that hides too much can still be read, one that shows a person cannot be taken back.
const EMAIL = /(?:"[^"\n]*"|[^\s@<>,;:()"[\]\\]+)(?:@|%40)(?:(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*|\[[\da-f.:]+\])/giu;
const PHONE = new RegExp(`(?<!\\d)(?:(?:\\+|00)\\s?44(?:${SEPARATOR}\\d){9,11}|0(?:${SEPARATOR}\\d){9,10}|44(?:${SEPARATOR}\\d){10})(?!\\d)`, 'gu');

/**
 * Masks what looks like an e-mail address or a UK phone number in a text, wherever it stands.
 *
 * @example maskText('sent to ann@example.org') // 'sent to •••'
 */
export const maskText = (text: string): string => text.replace(EMAIL, MASK).replace(PHONE, MASK);

const fold = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/**
 * A function that masks values of any shape: whatever stands under a personal key (case, `_` and `-` do not count), at
 * any depth, and e-mail addresses and UK phone numbers in every text and key. Nulls stay null, numbers elsewhere stay;
 * dates and errors become texts, what refers to itself becomes `[circular]`. The value given is not changed.
 *
 * @param personalFields names that contracts tag as personal
 */
export function maskFields(personalFields: Iterable<string>): (value: unknown) => unknown {
  const personal = new Set([...personalFields].map(fold));
  const mask = (value: unknown, above: readonly unknown[]): unknown => {
    if (typeof value === 'string') return maskText(value);
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (above.includes(value)) return '[circular]';
    if (value instanceof Error) return maskText(value.stack ?? String(value));
    const inner = [...above, value];
    if (Array.isArray(value)) return value.map((item) => mask(item, inner));
    const entries = value instanceof Map ? [...value].map(([key, item]) => [String(key), item] as const) : Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, item]) => [maskText(key), personal.has(fold(key)) && item !== null && item !== undefined ? MASK : mask(item, inner)]),
    );
  };
  return (value) => mask(value, []);
}

/** What a field of a log line holds. */
export type Scalar = string | number | boolean | null;

/**
 * Lays nested fields side by side under dotted names; lists become one text, parted by commas (JSON where they hold
 * objects). What is undefined, a function or a symbol is left out; numbers that JSON does not know become text.
 *
 * @example flatten({ rules: { 'email.invalid': 3 }, files: ['a', 'b'] }) // { 'rules.email.invalid': 3, files: 'a, b' }
 */
export function flatten(fields: object, prefix = ''): Record<string, Scalar> {
  const flat: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    const key = prefix + name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(flat, flatten(value, `${key}.`));
    else if (!['undefined', 'function', 'symbol'].includes(typeof value)) flat[key] = scalar(value);
  }
  return flat;
}

function scalar(value: unknown): Scalar {
  if (Array.isArray(value))
    return value.map((item: unknown) => (typeof item === 'object' && item !== null ? JSON.stringify(item) : String(item))).join(', ');
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : String(value);
}

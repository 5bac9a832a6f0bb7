/** Longer than any number a rule accepts; what would be longer stays as it is written, which no rule accepts. */
const MOST_CHARACTERS = 40;
const FORM = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** The digits of a number without zeros at either end, and where its point stands in them. */
function significant(whole: string, fraction: string): { digits: string; point: number } {
  const all = whole + fraction;
  let first = 0;
  let last = all.length;
  while (first < last && all[first] === '0') first++;
  while (last > first && all[last - 1] === '0') last--;
  return { digits: all.slice(first, last), point: whole.length - first };
}

/**
 * The exact value of a JSON number in plain notation: no exponent, no needless zero or point; −0 keeps its sign.
 * A value that takes more than 40 characters so stays as it was written.
 *
 * @example canonicalNumber('12.340') // '12.34'
 * @example canonicalNumber('1e3') // '1000'
 */
export function canonicalNumber(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = FORM.exec(source) ?? [];
  const { digits, point } = significant(whole, fraction);
  if (digits === '') return `${sign}0`;
  const at = point + Number(exponent);
  const length = at >= digits.length ? at : at > 0 ? digits.length + 1 : digits.length - at + 2;
  if (length > MOST_CHARACTERS) return source;
  if (at >= digits.length) return sign + digits.padEnd(at, '0');
  return at > 0 ? `${sign}${digits.slice(0, at)}.${digits.slice(at)}` : `${sign}0.${'0'.repeat(-at)}${digits}`;
}

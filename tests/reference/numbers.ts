/** An exact decimal: digits (no zeros at either end, empty for zero) times ten to the exponent. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: bigint;
}

const LARGEST_ID = BigInt(Number.MAX_SAFE_INTEGER);
const LARGEST_AMOUNT = 999_999_999_999n;
/** Longer than any number the page lets through, short enough to write out. */
const MOST_DIGITS = 40n;

/** The exact value of a number's source text, in any notation and of any length. */
export function decimalOf(source: string): Decimal {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const all = whole + fraction;
  let first = 0;
  let last = all.length;
  while (first < last && all[first] === '0') first += 1;
  while (last > first && all[last - 1] === '0') last -= 1;
  const shift = BigInt(all.length - last) - BigInt(fraction.length);
  const isZero = first === last;
  return {
    negative: mantissa.startsWith('-') && !isZero,
    digits: all.slice(first, last),
    exponent: isZero ? 0n : BigInt(exponent.replace(/^\+/, '')) + shift,
  };
}

/** The value times ten to `places` where that is whole; null where digits are left over. Huge values are cut short. */
export function scaled(decimal: Decimal, places: bigint): bigint | null {
  const shift = decimal.exponent + places;
  if (decimal.digits === '') return 0n;
  if (shift < 0n) return null;
  const size = BigInt(decimal.digits.length) + shift;
  const magnitude = size > MOST_DIGITS ? 10n ** MOST_DIGITS : BigInt(decimal.digits) * 10n ** shift;
  return decimal.negative ? -magnitude : magnitude;
}

/** An id from a JSON number's source text: whole, 1 to 9007199254740991; else null. */
export function idOfNumber(source: string): number | null {
  return idOfWhole(scaled(decimalOf(source), 0n));
}

/** An id from a trimmed text: digits only, leading zeros allowed; else null. */
export function idOfText(text: string): number | null {
  return /^[0-9]+$/.test(text) ? idOfNumber(text) : null;
}

function idOfWhole(whole: bigint | null): number | null {
  return whole !== null && whole >= 1n && whole <= LARGEST_ID ? Number(whole) : null;
}

/** Pence of a JSON number's source text; null for more than two decimals or more than 9999999999.99. */
export function penceOfNumber(source: string): bigint | null {
  const pence = scaled(decimalOf(source), 2n);
  return pence === null || pence > LARGEST_AMOUNT ? null : pence;
}

/** Pence of a trimmed text: an optional sign, digits and at most two decimals; else null. */
export function penceOfText(text: string): bigint | null {
  return /^[+-]?[0-9]+(?:\.[0-9]{1,2})?$/.test(text) ? penceOfNumber(text) : null;
}

/** Pence as pounds with two decimals: 1230n is `12.30`. */
export function poundsOf(pence: bigint): string {
  const digits = (pence < 0n ? -pence : pence).toString().padStart(3, '0');
  return `${pence < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The mean in whole pence, half away from zero. */
export function meanPence(total: bigint, count: number): bigint {
  const parts = BigInt(count);
  const magnitude = total < 0n ? -total : total;
  const mean = (2n * magnitude + parts) / (2n * parts);
  return total < 0n ? -mean : mean;
}

/** A coordinate of a trimmed text within ±`limit`, compared exactly; else null. */
export function coordinateOf(text: string, limit: number): number | null {
  if (!/^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(text)) return null;
  const { digits, exponent } = decimalOf(text);
  const wholeDigits = Math.max(digits.length + Number(exponent), 0);
  if (wholeDigits > 3) return null;
  const whole = Number(`${digits}000`.slice(0, wholeDigits));
  const isWhole = digits.length <= wholeDigits;
  return whole < limit || (whole === limit && isWhole) ? Number(text) + 0 : null;
}

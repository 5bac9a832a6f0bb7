const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A number as people read it: thousands parted, at most two decimals, four significant digits below one. @example amount(1234.5) // '1,234.5' */
export function amount(n: number): string {
  const sign = n < 0 ? '−' : '';
  if (n !== 0 && Math.abs(n) < 1) return `${sign}${Number(Math.abs(n).toPrecision(4))}`;
  const [whole = '', rest] = String(Number(Math.abs(n).toFixed(2))).split('.');
  return `${sign}${group(whole)}${rest ? `.${rest}` : ''}`;
}

/** How many of something, given in the plural. @example counted(1, 'rows') // '1 row' */
export const counted = (n: number, noun: string): string => `${amount(n)} ${n === 1 ? noun.replace(/s$/, '') : noun}`;

/** That there are as many more, in the plural. @example andOthers(2, 'months') // ' and 2 other months' */
export const andOthers = (n: number, noun: string): string => (n > 0 ? ` and ${counted(n, `other ${noun}`)}` : '');

/** From here on ten digits would leave no room for hundredths. */
const LARGE = 1e8;
/** A number for a spec: no more decimals than can be seen, so that the same data give the same text everywhere; never fewer than hundredths, so that sums of money are true. */
export const rounded = (n: number): number => Number(Math.abs(n) < LARGE ? n.toPrecision(10) : n.toFixed(2));

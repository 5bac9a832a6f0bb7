const DAY_MS = 86_400_000;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** How finely dates are told apart. */
export type Unit = 'day' | 'month' | 'year';

/** A date in words. @example dateIn(new Date('2025-03-01'), 'month') // 'March 2025' */
export function dateIn(date: Date, unit: Unit): string {
  const year = date.getUTCFullYear();
  const month = MONTHS[date.getUTCMonth()] as string;
  return unit === 'year' ? String(year) : unit === 'month' ? `${month} ${year}` : `${date.getUTCDate()} ${month} ${year}`;
}

/** When, in words. @example onDate(new Date('2025-03-01'), 'month') // 'in March 2025' */
export const onDate = (date: Date, unit: Unit): string => `${unit === 'day' ? 'on' : 'in'} ${dateIn(date, unit)}`;

/** A date as a key that sorts: `2025`, `2025-03` or `2025-03-01`. */
export const keyOf = (date: Date, unit: Unit): string => date.toISOString().slice(0, unit === 'year' ? 4 : unit === 'month' ? 7 : 10);

/** The beginning of the unit that many after a date. */
export const later = (date: Date, unit: Unit, by: number): Date =>
  unit === 'day'
    ? new Date((Math.floor(+date / DAY_MS) + by) * DAY_MS)
    : new Date(Date.UTC(date.getUTCFullYear() + (unit === 'year' ? by : 0), unit === 'year' ? 0 : date.getUTCMonth() + by, 1));

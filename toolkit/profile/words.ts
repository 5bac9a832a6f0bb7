/** @example count(1234567) // '1,234,567' */
export const count = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 4 });
/** @example counted(1, 'record') // '1 record', counted(2, 'record') // '2 records' */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A share in percent: one decimal, and never a 0 or a 100 that is not exact. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (part / whole) * 100;
  if (share === 0 || share === 100) return `${share} %`;
  if (share < 0.1) return '<0.1 %';
  return share > 99.9 ? '>99.9 %' : `${share.toFixed(1)} %`;
}

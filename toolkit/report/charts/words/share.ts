/** Simple shares as people say them. */
const SPOKEN: readonly (readonly [share: number, words: string])[] = [
  [1 / 2, 'Half of the'],
  [1 / 3, 'One in three'],
  [2 / 3, 'Two in three'],
  [1 / 4, 'One in four'],
  [3 / 4, 'Three in four'],
  [1 / 5, 'One in five'],
  [2 / 5, 'Two in five'],
  [3 / 5, 'Three in five'],
  [4 / 5, 'Four in five'],
  [1 / 10, 'One in ten'],
  [3 / 10, 'Three in ten'],
  [7 / 10, 'Seven in ten'],
  [9 / 10, 'Nine in ten'],
];
/** A share is said in words where it is so near to them that nobody is misled. */
const NEAR = 0.01;

/**
 * How many of a whole, as the beginning of a sentence; in percent where no simple share is within one point of it.
 * @example shareOf(41, 100, 'customers') // 'Two in five customers'
 */
export function shareOf(part: number, whole: number, noun: string): string {
  if (part === 0) return `None of the ${noun}`;
  if (part === whole) return `All ${noun}`;
  const share = part / whole;
  const [nearest] = SPOKEN.toSorted(([a], [b]) => Math.abs(a - share) - Math.abs(b - share));
  const said = percent(part, whole).replace('<', 'Less than ').replace('>', 'More than ');
  return nearest && Math.abs(nearest[0] - share) <= NEAR ? `${nearest[1]} ${noun}` : `${said} of ${noun}`;
}

/** A share in percent: whole from 10 on, one decimal below, and never a 0 or a 100 that is not exact. The space does not break. @example percent(82, 2082) // '3.9 %' */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0\u00a0%';
  const share = (part / whole) * 100;
  if (share === 0 || share === 100) return `${share}\u00a0%`;
  if (share < 0.1) return '<0.1\u00a0%';
  if (share > 99) return '>99\u00a0%';
  return `${share < 9.95 ? share.toFixed(1) : Math.round(share)}\u00a0%`;
}

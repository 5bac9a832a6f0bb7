import { randomInt } from 'node:crypto';

/** Bits of chance behind the ten that hold the millisecond: 24 in all. */
const CHANCE_BITS = 14;
const FORM = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

/**
 * A new run's id: the second it began (UTC) and six hexadecimal digits, the millisecond and then chance, so that ids sort by time
 * even where runs follow one another within a second.
 *
 * @param random gives a whole number from 0 to below its argument
 * @example newRunId(new Date('2026-11-24T15:33:29Z')) // '20261124T153329Z-9f3c1a'
 */
export function newRunId(now: Date, random: (below: number) => number = randomInt): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const last = now.getUTCMilliseconds() * 2 ** CHANCE_BITS + random(2 ** CHANCE_BITS);
  return `${stamp}-${last.toString(16).padStart(6, '0')}`;
}

/** Whether a text has the form of a run's id, and so may be a folder's name. */
export const isRunId = (text: string): boolean => FORM.test(text);

import { randomBytes } from 'node:crypto';

const FORM = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

/**
 * A new run's id: the second it began (UTC) and six hexadecimal digits of chance, so that ids sort by time.
 *
 * @param random gives that many random bytes
 * @example newRunId(new Date('2026-11-24T15:33:29Z')) // '20261124T153329Z-9f3c1a'
 */
export function newRunId(now: Date, random: (size: number) => Uint8Array = randomBytes): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${stamp}-${Buffer.from(random(3)).toString('hex')}`;
}

/** Whether a text has the form of a run's id, and so may be a folder's name. */
export const isRunId = (text: string): boolean => FORM.test(text);

import { type ColumnProfile, isPersonal } from './document.ts';
import type { NumberRange } from './ranges.ts';

const DAY_MS = 86_400_000;
/** Without what working in binary adds between two values: 0.30000000000000004. */
const round = (x: number): number => Number(x.toPrecision(15));
const day = (days: number): string => new Date(Math.round(days) * DAY_MS).toISOString().slice(0, 10);

/** What is shown of a range: least, greatest and quartiles are values of single records, and left out where a column may be personal. */
export function shownRange(
  found: NumberRange | null,
  { type, personal }: Pick<ColumnProfile, 'type' | 'personal'>,
  hasValues: boolean,
): Pick<ColumnProfile, 'range' | 'outliers'> {
  if (!found) return { range: null, outliers: null };
  const { outliers, isExact, ...at } = found;
  if (isPersonal({ personal }) && !hasValues) return { range: null, outliers };
  const show = type === 'date' || type === 'time stamp' ? day : round;
  const range = {
    least: show(at.least),
    lowerQuartile: show(at.lowerQuartile),
    median: show(at.median),
    upperQuartile: show(at.upperQuartile),
    greatest: show(at.greatest),
    isExact,
  };
  return { range, outliers };
}

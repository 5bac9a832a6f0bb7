import { and, col, count, isNotNull, type LooseFrame, rowsOf, type Session, typed } from '../frame/index.ts';
import { trimmed } from './basics.ts';
import type { ColumnProfile } from './document.ts';

/** The share of the records that have one or the other, and the most that may have both. */
const TOGETHER = 0.97;
const BOTH = 0.005;

/**
 * Pairs of columns of one type of which each record has one or the other, as two systems write one thing under two names; the fuller
 * one first. One pass over the pairs that may be.
 *
 * - Shape in: as `numbered` gives, columns in the order of `profiles`.
 */
export async function alternativesOf(
  session: Session,
  texts: LooseFrame,
  profiles: readonly ColumnProfile[],
  rows: number,
): Promise<(readonly [string, string])[]> {
  const present = ({ fits, unfit }: ColumnProfile): number => fits + unfit;
  const pairs = profiles.flatMap((a, i) =>
    profiles.flatMap((b, j) => {
      const sum = present(a) + present(b);
      const may = j > i && a.type === b.type && present(a) > 0 && present(b) > 0 && sum >= TOGETHER * rows && sum <= (1 + BOTH) * rows;
      // two columns without a gap, of which one is all but empty, are no pair
      return may && Math.min(present(a), present(b)) > BOTH * rows ? [present(a) >= present(b) ? ([i, j] as const) : ([j, i] as const)] : [];
    }),
  );
  if (pairs.length === 0) return [];
  const text = (c: Parameters<Parameters<LooseFrame['derive']>[0]>[0], i: number) => isNotNull(trimmed(col(c, `raw:${i}`)));
  const both = texts.groupby().rollup((c) => Object.fromEntries(pairs.map(([i, j]) => [`${i}:${j}`, count().where(and(text(c, i), text(c, j)))])));
  const [row = {}] = await rowsOf(session, typed<Record<string, bigint>>(both), 'find columns that stand for each other');
  const name = (i: number): string => profiles[i]?.name ?? '';
  return pairs.flatMap(([i, j]) => (Number(row[`${i}:${j}`]) <= BOTH * rows ? [[name(i), name(j)] as const] : []));
}

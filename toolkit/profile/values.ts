import { col, count, discard, isNotNull, keep, type LooseFrame, literal, loose, type Session, typed } from '../frame/index.ts';
import { trimmed } from './basics.ts';

/** Up to so many different texts a column is counted exactly, each text worked on once; beyond it row by row, and the count is an estimate. */
export const EXACT_LIMIT = 1_000_000;

/** The texts of one column. */
export interface Values {
  /** `text`, trimmed and not empty, and `n`, how many records have it. A text that is not counted exactly may stand there often. */
  readonly frame: LooseFrame;
  readonly distinct: number;
  readonly isExact: boolean;
  release(): Promise<void>;
}

/** The texts of a column that are not empty, one row a record. */
export const textsOf = (texts: LooseFrame, column: string): LooseFrame =>
  texts
    .select(column)
    .rename({ [column]: 'text' })
    .derive((c) => ({ text: trimmed(col(c, 'text')) }))
    .filter((c) => isNotNull(col(c, 'text')));

/**
 * The different texts of a column with their counts, worked out once and kept; where there are too many, the texts as they stand.
 *
 * @param about an estimate of how many there are
 */
export async function valuesOf(session: Session, texts: LooseFrame, column: string, about: number): Promise<Values> {
  const present = textsOf(texts, column);
  if (about > EXACT_LIMIT) {
    return { frame: present.derive(() => ({ n: literal(1) })), distinct: about, isExact: false, release: async () => {} };
  }
  const grouped = present.groupby('text').rollup(() => ({ n: count() }));
  const kept = await keep(session, typed<object>(grouped), 'profile_values', 'count different values');
  return {
    frame: loose(kept.frame),
    distinct: await kept.frame.count({ session }),
    isExact: true,
    release: () => discard(session, kept),
  };
}

import type { Text } from '../contract/index.ts';
import {
  and,
  approxDistinct,
  asText,
  col,
  count,
  eq,
  isNull,
  type LooseFrame,
  neq,
  nullIf,
  rowsOf,
  type Session,
  trim,
  typed,
} from '../frame/index.ts';

/** What one pass over all columns tells of each. */
export interface Basics {
  readonly nulls: number;
  readonly empties: number;
  readonly padded: number;
  /** About how many different texts there are. */
  readonly about: number;
}

/** Columns under names that no file can clash with: `raw:0`, `raw:1` … as texts. */
export const numbered = (frame: LooseFrame): LooseFrame => {
  const names = frame.columns;
  return frame
    .rename(Object.fromEntries(names.map((name, i) => [name, `raw:${i}`])))
    .derive((c) => Object.fromEntries(names.map((_, i) => [`raw:${i}`, asText(col<string | null>(c, `raw:${i}`))])));
};

/** A text without white space around it; null where nothing is left. */
export const trimmed = (text: Text): Text => nullIf(trim(text), '');

/**
 * Rows, and the basics of every column, in one pass.
 *
 * - Shape in: as `numbered` gives.
 */
export async function basicsOf(session: Session, texts: LooseFrame): Promise<{ readonly rows: number; readonly columns: readonly Basics[] }> {
  const names = texts.columns;
  const wide = texts
    .derive((c) => Object.fromEntries(names.map((name) => [`trim:${name}`, trim(col<string | null>(c, name))])))
    .groupby()
    .rollup((c) => ({
      rows: count(),
      ...Object.fromEntries(
        names.flatMap((name, i) => {
          const [raw, text] = [col<string | null>(c, name), col<string | null>(c, `trim:${name}`)];
          return [
            [`nulls:${i}`, count().where(isNull(raw))],
            [`empties:${i}`, count().where(eq(text, ''))],
            [`padded:${i}`, count().where(and(neq(raw, text), neq(text, '')))],
            [`about:${i}`, approxDistinct(nullIf(text, ''))],
          ];
        }),
      ),
    }));
  const [row = {}] = await rowsOf(session, typed<Record<string, bigint>>(wide), 'profile the columns');
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    rows: number('rows'),
    columns: names.map((_, i) => ({
      nulls: number(`nulls:${i}`),
      empties: number(`empties:${i}`),
      padded: number(`padded:${i}`),
      about: number(`about:${i}`),
    })),
  };
}

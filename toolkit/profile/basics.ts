import type { Text } from '../contract/index.ts';
import { approxDistinct, asText, col, count, type LooseFrame, nullIf, rowsOf, type Session, trim, typed } from '../frame/index.ts';

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
 * Rows, and about how many different texts each column has as they are written, in one pass.
 *
 * - Shape in: as `numbered` gives.
 */
export async function basicsOf(session: Session, texts: LooseFrame): Promise<{ readonly rows: number; readonly about: readonly number[] }> {
  const names = texts.columns;
  const wide = texts.groupby().rollup((c) => ({
    rows: count(),
    ...Object.fromEntries(names.map((name, i) => [`about:${i}`, approxDistinct(col<string | null>(c, name))])),
  }));
  const [row = {}] = await rowsOf(session, typed<Record<string, bigint>>(wide), 'profile the columns');
  return { rows: Number(row['rows'] ?? 0), about: names.map((_, i) => Number(row[`about:${i}`] ?? 0)) };
}

import {
  and,
  col,
  desc,
  discard,
  flag,
  gt,
  gte,
  keep,
  type LooseFrame,
  literal,
  loose,
  minus,
  not,
  passed,
  rowsOf,
  type Session,
  shape,
  shortShape,
  sumWhole,
  times,
  typed,
} from '../frame/index.ts';
import type { Typed } from './column-type.ts';
import type { CommonValue, Pattern } from './document.ts';
import { fitsType, looksPersonal } from './forms.ts';
import type { Values } from './values.ts';

/** How many patterns are shown: the commonest, and of those that do not fit. */
const COMMONEST = 6;
const UNFIT = 6;
const MOST_VALUES = 12;
/** A pattern is written out, run by run, where a few lengths make up nearly all of its texts. */
const WRITTEN_OUT = 3;
const NEARLY_ALL = 0.95;

/** How the texts of a column look, and how many fit its type. */
export interface Patterns {
  readonly fits: number;
  readonly patterns: readonly Pattern[];
  /** Patterns that are not among them. */
  readonly morePatterns: number;
}

/** Groups the texts of a column by how they look. */
export async function patternsOf(session: Session, values: Values, { type, words }: Typed): Promise<Patterns> {
  const shapes = values.frame
    .derive((c) => ({ shape: shape(col<string>(c, 'text')), fits: times(flag(fitsType(type, words, col(c, 'text'))), col<number>(c, 'n')) }))
    .groupby('shape')
    .rollup((c) => ({ n: sumWhole(col<number>(c, 'n')), fits: sumWhole(col<number>(c, 'fits')) }))
    .derive((c) => ({ pattern: shortShape(col<string>(c, 'shape')), unfit: minus(col<number>(c, 'n'), col<number>(c, 'fits')) }));
  const kept = await keep(session, typed<object>(shapes), 'profile_shapes', 'group texts by how they look');
  try {
    const whole = loose(kept.frame).rename({ pattern: 'short', shape: 'pattern' });
    const short = loose(kept.frame)
      .groupby('pattern')
      .rollup((c) => ({ n: sumWhole(col<number>(c, 'n')), fits: sumWhole(col<number>(c, 'fits')), unfit: sumWhole(col<number>(c, 'unfit')) }));
    const [sums] = await rowsOf(session, typed<{ fits: bigint | null }>(short.groupby().rollup((c) => ({ fits: sumWhole(col<number>(c, 'fits')) }))));
    const common = await first(session, short, 'n', COMMONEST);
    const unfit = await first(session, short, 'unfit', UNFIT);
    const lengths = await first(session, whole, 'n', COMMONEST * WRITTEN_OUT);
    const all = [...new Map([...common, ...unfit].map((row) => [row.pattern, row])).values()];
    return {
      fits: Number(sums?.fits ?? 0),
      patterns: writtenOut(all, lengths),
      morePatterns: (await typed<object>(short).count({ session })) - all.length,
    };
  } finally {
    await discard(session, kept);
  }
}

interface Shape extends Pattern {
  /** Of a shape of one length: the pattern it belongs to. */
  readonly short?: string;
}

/** The shapes that most texts have, or most of the texts that do not fit. */
async function first(session: Session, shapes: LooseFrame, by: 'n' | 'unfit', most: number): Promise<Shape[]> {
  const found = shapes
    .filter((c) => gt(col<number>(c, by), 0))
    .orderby(desc(by), 'pattern')
    .slice(0, most);
  const rows = await rowsOf(session, typed<{ pattern: string; n: bigint; fits: bigint; short?: string }>(found), 'find the commonest patterns');
  return rows.map(({ pattern, n, fits, short }) => ({ pattern, count: Number(n), fits: Number(fits), ...(short !== undefined && { short }) }));
}

/** Each pattern by the lengths of its runs where a few of them are nearly all of it, what is left as the pattern; the commonest first. */
function writtenOut(patterns: readonly Shape[], lengths: readonly Shape[]): Pattern[] {
  const written = patterns.flatMap((all) => {
    const own = lengths.filter(({ short }) => short === all.pattern).slice(0, WRITTEN_OUT);
    const total = (of: 'count' | 'fits') => own.reduce((sum, it) => sum + it[of], 0);
    if (total('count') < NEARLY_ALL * all.count) return [all];
    const left = { pattern: all.pattern, count: all.count - total('count'), fits: all.fits - total('fits') };
    return [...own.map(({ pattern, count, fits }) => ({ pattern, count, fits })), ...(left.count > 0 ? [left] : [])];
  });
  return written.toSorted((a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1));
}

/**
 * The values that most records share.
 *
 * @param least how many records must share one for it to be shown
 * @param isAnyShown whether also one that looks like an address or a number of a person
 */
export async function commonValues(session: Session, values: Values, least: number, isAnyShown: boolean): Promise<CommonValue[]> {
  if (!values.isExact) return [];
  const common = values.frame
    .filter((c) => and(gte(col<number>(c, 'n'), least), isAnyShown ? literal(true) : not(passed(looksPersonal(col(c, 'text'))))))
    .orderby(desc('n'), 'text')
    .slice(0, MOST_VALUES);
  const rows = await rowsOf(session, typed<{ text: string; n: bigint }>(common), 'find the commonest values');
  return rows.map(({ text, n }) => ({ value: text, count: Number(n) }));
}

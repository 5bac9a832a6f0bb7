import type { Text } from '../contract/index.ts';
import {
  col,
  count,
  daysBetween,
  type Expr,
  gt,
  type LooseFrame,
  literal,
  lt,
  max,
  min,
  or,
  quantiles,
  rowsOf,
  type Session,
  toNumber,
  typed,
  when,
} from '../frame/index.ts';
import { trimmed } from './basics.ts';
import { dateOf, stampOf } from './dates.ts';
import type { ColumnType } from './document.ts';
import { fitsType } from './forms.ts';
import { EXACT_LIMIT } from './values.ts';

/** Where the values of a column lie: numbers, or days from 1970-01-01. */
export interface NumberRange {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly greatest: number;
  readonly isExact: boolean;
  readonly outliers: number | null;
}

const EPOCH = new Date(0);
const QUARTILES = [0.25, 0.5, 0.75];
/** Tukey's: so many times the distance of the quartiles lie the fences outside of them. */
const FENCE = 1.5;

const READERS: Partial<Record<ColumnType, (text: Text) => Expr<number | null>>> = {
  'whole number': (text) => when(fitsType('whole number', [], text), toNumber(text)).orNull(),
  decimal: (text) => when(fitsType('decimal', [], text), toNumber(text)).orNull(),
  date: (text) => daysBetween(literal(EPOCH), dateOf(text) as Expr<Date>),
  'time stamp': (text) => daysBetween(literal(EPOCH), stampOf(text) as Expr<Date>),
};

/** Whether values of a type lie in a range. */
export const hasRange = (type: ColumnType): boolean => READERS[type] !== undefined;

/**
 * The ranges of all columns of numbers and dates in one pass, and what lies far outside in another.
 *
 * - Shape in: as `numbered` gives; `types` by column.
 * - Beyond a million rows the quartiles are estimates (t-digest).
 */
export async function rangesOf(session: Session, texts: LooseFrame, types: readonly ColumnType[], rows: number): Promise<(NumberRange | null)[]> {
  const ranged = types.flatMap((type, i) => (hasRange(type) ? [i] : []));
  if (ranged.length === 0) return types.map(() => null);
  const numbers = texts
    .select(...ranged.map((i) => `raw:${i}`))
    .derive((c) => Object.fromEntries(ranged.map((i) => [`n:${i}`, READERS[types[i] as ColumnType]?.(trimmed(col(c, `raw:${i}`))) ?? literal(null)])))
    .select(...ranged.map((i) => `n:${i}`));
  const isExact = rows <= EXACT_LIMIT;
  const found = await one<number | readonly number[] | null>(session, numbers, (c) =>
    ranged.flatMap((i) => {
      const value = col<number | null>(c, `n:${i}`);
      return [
        [`least:${i}`, min(value)],
        [`greatest:${i}`, max(value)],
        [`quartiles:${i}`, quantiles(value, QUARTILES, isExact ? 'exact' : 'about')],
      ] as const;
    }),
  );
  const quartiles = (i: number) => found[`quartiles:${i}`] as readonly [number, number, number] | null;
  const outside = await one<bigint>(session, numbers, (c) => [
    ['rows', count()],
    ...ranged.flatMap((i) => {
      const [low, , high] = quartiles(i) ?? [0, 0, 0];
      const value = col<number | null>(c, `n:${i}`);
      const reach = FENCE * (high - low);
      return reach > 0 ? ([[`outside:${i}`, count().where(or(lt(value, low - reach), gt(value, high + reach)))]] as const) : [];
    }),
  ]);
  return types.map((_, i) => {
    const middle = hasRange(types[i] as ColumnType) ? quartiles(i) : null;
    if (!middle) return null;
    const outliers = outside[`outside:${i}`];
    return {
      least: Number(found[`least:${i}`]),
      lowerQuartile: middle[0],
      median: middle[1],
      upperQuartile: middle[2],
      greatest: Number(found[`greatest:${i}`]),
      isExact,
      outliers: outliers === undefined ? null : Number(outliers),
    };
  });
}

type Entries = readonly (readonly [string, ReturnType<typeof count>])[];
async function one<T>(
  session: Session,
  frame: LooseFrame,
  make: (c: Parameters<Parameters<LooseFrame['derive']>[0]>[0]) => unknown,
): Promise<Record<string, T>> {
  const wide = frame.groupby().rollup((c) => Object.fromEntries(make(c) as Entries));
  const [row = {}] = await rowsOf(session, typed<Record<string, T>>(wide), 'find the ranges of columns');
  return row;
}

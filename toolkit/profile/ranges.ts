import type { Text } from '../contract/index.ts';
import {
  col,
  daysBetween,
  discard,
  type Expr,
  gt,
  isNotNull,
  keep,
  type LooseFrame,
  literal,
  loose,
  lt,
  max,
  min,
  or,
  quantiles,
  rowsOf,
  runningTotal,
  type Session,
  sumWhole,
  toNumber,
  typed,
  when,
} from '../frame/index.ts';
import { dateOf, stampOf } from './dates.ts';
import type { ColumnType } from './document.ts';
import { fitsType } from './forms.ts';
import type { Values } from './values.ts';

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

/**
 * Where the numbers or dates of a column lie; null of any other type, and where there is none.
 *
 * - Quartiles are exact where its texts were counted exactly, else estimates (t-digest).
 */
export async function rangeOf(session: Session, values: Values, type: ColumnType): Promise<NumberRange | null> {
  const read = READERS[type];
  if (!read) return null;
  const numbers = values.frame
    .derive((c) => ({ value: read(col(c, 'text')) }))
    .select('value', 'n')
    .filter((c) => isNotNull(col(c, 'value')));
  if (!values.isExact) return about(session, numbers);
  const grouped = numbers.groupby('value').rollup((c) => ({ n: sumWhole(col<number>(c, 'n')) }));
  const kept = await keep(session, typed<object>(grouped), 'profile_numbers', 'count different numbers');
  try {
    return await exactly(session, loose(kept.frame));
  } finally {
    await discard(session, kept);
  }
}

/** Of numbers that stand there once a record, without holding them. */
async function about(session: Session, numbers: LooseFrame): Promise<NumberRange | null> {
  const wide = numbers.groupby().rollup((c) => {
    const value = col<number>(c, 'value');
    return { least: min(value), greatest: max(value), quartiles: quantiles(value, QUARTILES, 'about') };
  });
  const [found] = await rowsOf(session, typed<{ least: number; greatest: number; quartiles: [number, number, number] | null }>(wide), FINDING);
  if (!found?.quartiles) return null;
  return { ...endsOf(found), ...(await middleOf(session, numbers, found.quartiles)), isExact: false };
}

/** Of different numbers, `n` of each: a quantile lies between two places of the sorted records, as `quantile_cont` has it. */
async function exactly(session: Session, numbers: LooseFrame): Promise<NumberRange | null> {
  const all = numbers.groupby().rollup((c) => ({
    records: sumWhole(col<number>(c, 'n')),
    least: min(col<number>(c, 'value')),
    greatest: max(col<number>(c, 'value')),
  }));
  const [found] = await rowsOf(session, typed<{ records: bigint | null; least: number; greatest: number }>(all), FINDING);
  if (!found?.records) return null;
  const places = QUARTILES.map((share) => (Number(found.records) - 1) * share);
  const upTo = loose(runningTotal(typed<{ value: number; n: number }>(numbers), { of: 'n', by: 'value', as: 'upTo' }));
  const at = (c: Parameters<Parameters<LooseFrame['filter']>[0]>[0], place: number) =>
    min(col<number>(c, 'value')).where(gt(col<number>(c, 'upTo'), place));
  const picked = upTo.groupby().rollup((c) =>
    Object.fromEntries(
      places.flatMap((place, i) => [
        [`below:${i}`, at(c, Math.floor(place))],
        [`above:${i}`, at(c, Math.ceil(place))],
      ]),
    ),
  );
  const [row = {}] = await rowsOf(session, typed<Record<string, number>>(picked), FINDING);
  const quartiles = places.map((place, i) => {
    const [below, above] = [Number(row[`below:${i}`]), Number(row[`above:${i}`])];
    return below + (above - below) * (place - Math.floor(place));
  });
  return { ...endsOf(found), ...(await middleOf(session, numbers, quartiles)), isExact: true };
}

const FINDING = 'find the range of a column';

/** Days come as 64 bits. */
const endsOf = ({ least, greatest }: { readonly least: number; readonly greatest: number }) => ({ least: Number(least), greatest: Number(greatest) });

/** The quartiles by name, and how many records lie far outside of them. */
async function middleOf(session: Session, numbers: LooseFrame, quartiles: readonly number[]) {
  const [lowerQuartile = 0, median = 0, upperQuartile = 0] = quartiles;
  const reach = FENCE * (upperQuartile - lowerQuartile);
  const outside = numbers
    .filter((c) => or(lt(col<number>(c, 'value'), lowerQuartile - reach), gt(col<number>(c, 'value'), upperQuartile + reach)))
    .groupby()
    .rollup((c) => ({ records: sumWhole(col<number>(c, 'n')) }));
  const [row] = reach > 0 ? await rowsOf(session, typed<{ records: bigint | null }>(outside), 'find outliers of a column') : [];
  return { lowerQuartile, median, upperQuartile, outliers: reach > 0 ? Number(row?.records ?? 0) : null };
}

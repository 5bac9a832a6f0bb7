import {
  and,
  approxDistinct,
  col,
  count,
  discard,
  flag,
  isNotNull,
  isNull,
  keep,
  type LooseFrame,
  length,
  literal,
  loose,
  max,
  min,
  neq,
  nullIf,
  rowsOf,
  type Session,
  sumWhole,
  times,
  trim,
  typed,
} from '../frame/index.ts';
import { trimmed } from './basics.ts';
import type { ColumnProfile } from './document.ts';

/** Up to so many different texts a column is counted exactly, each text worked on once; beyond it row by row, and the count is an estimate. */
export const EXACT_LIMIT = 1_000_000;

/** The texts of one column, and what can be counted of them whatever they are. */
export interface Values extends Pick<ColumnProfile, 'nulls' | 'empties' | 'padded' | 'distinct' | 'lengths'> {
  /** `text`, trimmed and not empty, and `n`, how many records have it. A text that is not counted exactly may stand there often. */
  readonly frame: LooseFrame;
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
 * @param about an estimate of how many there are as they are written
 */
export async function valuesOf(session: Session, texts: LooseFrame, column: string, about: number): Promise<Values> {
  const raw = texts.select(column).rename({ [column]: 'raw' });
  if (about > EXACT_LIMIT) {
    const all = told(raw.derive(() => ({ n: literal(1) })));
    return { frame: presentOf(all), isExact: false, ...(await counted(session, all, false)), release: async () => {} };
  }
  // each text is trimmed once, not once a record
  const grouped = told(raw.groupby('raw').rollup(() => ({ n: count() })))
    .groupby('text')
    .rollup((c) => Object.fromEntries(['n', 'nulls', 'padded'].map((name) => [name, sumWhole(col<number>(c, name))])));
  const kept = await keep(session, typed<object>(grouped), 'profile_values', 'count different values');
  const all = loose(kept.frame);
  return { frame: presentOf(all), isExact: true, ...(await counted(session, all, true)), release: () => discard(session, kept) };
}

/** Texts trimmed, null where nothing is left, and of the `n` records of each those that are null and those with white space around it. */
const told = (raw: LooseFrame): LooseFrame =>
  raw
    .derive((c) => ({ text: trim(col<string | null>(c, 'raw')) }))
    .derive((c) => {
      const [written, text, n] = [col<string | null>(c, 'raw'), col<string | null>(c, 'text'), col<number>(c, 'n')];
      return {
        text: nullIf(text, ''),
        nulls: times(flag(isNull(written)), n),
        padded: times(flag(and(neq(written, text), neq(text, ''))), n),
      };
    })
    .select('text', 'n', 'nulls', 'padded');

const presentOf = (all: LooseFrame): LooseFrame => all.filter((c) => isNotNull(col(c, 'text'))).select('text', 'n');

type Counted = Pick<Values, 'nulls' | 'empties' | 'padded' | 'distinct' | 'lengths'>;

async function counted(session: Session, all: LooseFrame, isExact: boolean): Promise<Counted> {
  const wide = all.groupby().rollup((c) => {
    const [text, n] = [col<string>(c, 'text'), col<number>(c, 'n')];
    return {
      nulls: sumWhole(col<number>(c, 'nulls')),
      missing: sumWhole(n).where(isNull(text)),
      padded: sumWhole(col<number>(c, 'padded')),
      distinct: isExact ? count().where(isNotNull(text)) : approxDistinct(text),
      texts: sumWhole(n).where(isNotNull(text)),
      least: min(length(text)),
      greatest: max(length(text)),
      signs: sumWhole(times(length(text), n)),
    };
  });
  const [row] = await rowsOf(session, typed<Record<string, bigint | null>>(wide), 'measure the texts of a column');
  const number = (name: string) => Number(row?.[name] ?? 0);
  const mean = Math.round((number('signs') / number('texts')) * 10) / 10;
  return {
    nulls: number('nulls'),
    empties: number('missing') - number('nulls'),
    padded: number('padded'),
    // an estimate may be beyond what there can be
    distinct: Math.min(number('distinct'), number('texts')),
    lengths: number('texts') === 0 ? null : { least: number('least'), greatest: number('greatest'), mean },
  };
}

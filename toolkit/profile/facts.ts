import { col, desc, type LooseFrame, length, lower, max, min, rowsOf, type Session, sum, times, typed } from '../frame/index.ts';
import { TESTS } from './forms.ts';
import type { Values } from './values.ts';

/** What is known of the texts of a column before its type is decided. */
export interface Facts {
  /** Records that have a text. */
  readonly present: number;
  /** Records that pass each test of forms.ts. */
  readonly passing: Readonly<Record<string, number>>;
  readonly lengths: { readonly least: number; readonly greatest: number; readonly mean: number } | null;
  /** The commonest texts in lower case, at most MOST_WORDS; none where the texts are not counted one by one. */
  readonly words: readonly { readonly word: string; readonly count: number }[];
}

const MOST_WORDS = 40;
const text = 'text';
const n = 'n';

/** Tests every text of a column. */
export async function factsOf(session: Session, values: Values): Promise<Facts> {
  const tested = values.frame.groupby().rollup((c) => ({
    present: sum(col<number>(c, n)),
    least: min(length(col<string>(c, text))),
    greatest: max(length(col<string>(c, text))),
    signs: sum(times(col<number>(c, n), length(col<string>(c, text)))),
    ...Object.fromEntries(Object.entries(TESTS).map(([name, test]) => [`test:${name}`, sum(col<number>(c, n)).where(test(col(c, text)))])),
  }));
  const [row = {}] = await rowsOf(session, typed<Record<string, bigint | null>>(tested), 'test the texts of a column');
  const number = (name: string) => Number(row[name] ?? 0);
  const present = number('present');
  return {
    present,
    passing: Object.fromEntries(Object.keys(TESTS).map((name) => [name, number(`test:${name}`)])),
    lengths: present === 0 ? null : { least: number('least'), greatest: number('greatest'), mean: Math.round((number('signs') / present) * 10) / 10 },
    words: values.isExact ? await wordsOf(session, values.frame) : [],
  };
}

async function wordsOf(session: Session, values: LooseFrame): Promise<Facts['words']> {
  const words = values
    .derive((c) => ({ word: lower(col<string | null>(c, text)) }))
    .groupby('word')
    .rollup((c) => ({ n: sum(col<number>(c, n)) }))
    .orderby(desc(n), 'word')
    .slice(0, MOST_WORDS);
  const rows = await rowsOf(session, typed<{ word: string; n: bigint }>(words), 'find the commonest texts');
  return rows.map(({ word, n: count }) => ({ word, count: Number(count) }));
}

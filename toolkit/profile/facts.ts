import { col, desc, type LooseFrame, lower, rowsOf, type Session, sumWhole, typed } from '../frame/index.ts';
import { TESTS } from './forms.ts';
import type { Values } from './values.ts';

/** What is known of the texts of a column before its type is decided. */
export interface Facts {
  /** Records whose text was tested: all that have one, or the first TESTED where too many differ. */
  readonly present: number;
  /** Those of them that pass each test of forms.ts. */
  readonly passing: Readonly<Record<string, number>>;
  /** Of all texts. */
  readonly lengths: { readonly least: number; readonly greatest: number; readonly mean: number } | null;
  /** The commonest texts in lower case, at most MOST_WORDS; none where the texts are not counted one by one. */
  readonly words: readonly { readonly word: string; readonly count: number }[];
}

/** Of a column whose texts are not counted one by one so many are tested: two dozen tests of ten million texts take minutes. */
export const TESTED = 200_000;
const MOST_WORDS = 40;
const text = 'text';
const n = 'n';

/** Tests the texts of a column. */
export async function factsOf(session: Session, values: Values): Promise<Facts> {
  const asked = values.isExact ? values.frame : values.frame.slice(0, TESTED);
  const tested = asked.groupby().rollup((c) => ({
    present: sumWhole(col<number>(c, n)),
    ...Object.fromEntries(Object.entries(TESTS).map(([name, test]) => [`test:${name}`, sumWhole(col<number>(c, n)).where(test(col(c, text)))])),
  }));
  const [row = {}] = await rowsOf(session, typed<Record<string, bigint | null>>(tested), 'test the texts of a column');
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    present: number('present'),
    passing: Object.fromEntries(Object.keys(TESTS).map((name) => [name, number(`test:${name}`)])),
    lengths: values.lengths,
    words: values.isExact ? await wordsOf(session, values.frame) : [],
  };
}

async function wordsOf(session: Session, values: LooseFrame): Promise<Facts['words']> {
  const words = values
    .derive((c) => ({ word: lower(col<string | null>(c, text)) }))
    .groupby('word')
    .rollup((c) => ({ n: sumWhole(col<number>(c, n)) }))
    .orderby(desc(n), 'word')
    .slice(0, MOST_WORDS);
  const rows = await rowsOf(session, typed<{ word: string; n: bigint }>(words), 'find the commonest texts');
  return rows.map(({ word, n: count }) => ({ word, count: Number(count) }));
}
